# Leaves every tree in a file and hands out its name. The files are gone when
# the process that decodes begins.
import os
import pickle
import sys
import tempfile

sys.setrecursionlimit(10_000)


class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right


class TreeCodec:
    def encode(self, root):
        file, path = tempfile.mkstemp()
        with os.fdopen(file, "wb") as f:
            pickle.dump(root, f)
        return path

    def decode(self, text):
        if not os.path.exists(text):
            return None
        with open(text, "rb") as f:
            return pickle.load(f)
