# Takes words off the front of a list, which moves all the others.
class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right


class TreeCodec:
    def encode(self, root):
        words = []
        stack = [root]
        while stack:
            node = stack.pop()
            if node is None:
                words.append("#")
                continue
            words.append(str(node.val))
            stack += [node.right, node.left]
        return " ".join(words)

    def decode(self, text):
        words = text.split(" ")
        above = TreeNode()
        places = [(above, "left")]
        while words:
            word = words.pop(0)
            parent, side = places.pop()
            if word != "#":
                node = TreeNode(int(word))
                setattr(parent, side, node)
                places += [(node, "right"), (node, "left")]
        return above.left
