# Follows the tree by recursion, deeper than Python goes.
class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right


class TreeCodec:
    def encode(self, root):
        words = []

        def walk(node):
            if node is None:
                words.append("#")
                return
            words.append(str(node.val))
            walk(node.left)
            walk(node.right)

        walk(root)
        return ",".join(words)

    def decode(self, text):
        words = iter(text.split(","))

        def walk():
            word = next(words)
            if word == "#":
                return None
            return TreeNode(int(word), walk(), walk())

        return walk()
