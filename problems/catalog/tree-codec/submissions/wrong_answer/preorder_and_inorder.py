# Rebuilds the tree from its preorder and inorder, which works only while
# values differ.
import json


class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right


class TreeCodec:
    def encode(self, root):
        def preorder(node):
            return [node.val] + preorder(node.left) + preorder(node.right) if node else []

        def inorder(node):
            return inorder(node.left) + [node.val] + inorder(node.right) if node else []

        return json.dumps([preorder(root), inorder(root)])

    def decode(self, text):
        def build(pre, ino):
            if not pre:
                return None
            left = ino.index(pre[0])
            return TreeNode(pre[0], build(pre[1 : left + 1], ino[:left]), build(pre[left + 1 :], ino[left + 1 :]))

        return build(*json.loads(text))
