"""Writes a tree as a table of its nodes and the numbers of their children."""

import json


class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right


class TreeCodec:
    """The text is JSON: a list of [value, left, right], the root in front.

    Children are given by their position in the list; no child is at
    position 0, which therefore means that there is none.
    """

    def encode(self, root):
        if root is None:
            return "[]"
        nodes = [root]
        rows = []
        for node in nodes:  # grows while it is walked through
            row = [node.val, 0, 0]
            for at, child in enumerate((node.left, node.right), 1):
                if child is not None:
                    row[at] = len(nodes)
                    nodes.append(child)
            rows.append(row)
        return json.dumps(rows)

    def decode(self, text):
        rows = json.loads(text)
        nodes = [TreeNode(val) for val, _, _ in rows]
        for node, (_, left, right) in zip(nodes, rows):
            if left:
                node.left = nodes[left]
            if right:
                node.right = nodes[right]
        return nodes[0] if nodes else None
