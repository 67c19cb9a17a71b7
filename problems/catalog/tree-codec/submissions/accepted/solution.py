"""Turns binary trees into text and back."""

from __future__ import annotations

from typing import Optional


class TreeNode:
    def __init__(
        self,
        val: int = 0,
        left: Optional[TreeNode] = None,
        right: Optional[TreeNode] = None,
    ):
        self.val = val
        self.left = left
        self.right = right


class TreeCodec:
    """Writes trees in preorder, with a mark for every child that is absent.

    Both ways use a stack of their own: a chain of nodes would be too deep
    for Python's.
    """

    def encode(self, root: Optional[TreeNode]) -> str:
        words = []
        stack = [root]
        while stack:
            node = stack.pop()
            if node is None:
                words.append("#")
                continue
            words.append(str(node.val))
            stack.append(node.right)
            stack.append(node.left)
        return " ".join(words)

    def decode(self, text: str) -> Optional[TreeNode]:
        above = TreeNode()  # whose left child is the root
        places = [(above, "left")]
        for word in text.split(" "):
            parent, side = places.pop()
            if word == "#":
                continue
            node = TreeNode(int(word))
            setattr(parent, side, node)
            places.append((node, "right"))
            places.append((node, "left"))
        return above.left
