# Takes a node with the value 0 for no node.
class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right


class TreeCodec:
    def encode(self, root):
        words = []

        def walk(node):
            value = node.val if node else 0
            words.append(str(value))
            if value:
                walk(node.left)
                walk(node.right)

        walk(root)
        return ",".join(words)

    def decode(self, text):
        words = map(int, text.split(","))

        def walk():
            value = next(words)
            if not value:
                return None
            return TreeNode(value, walk(), walk())

        return walk()
