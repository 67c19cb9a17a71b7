// Package solution returns the text of every subtree and joins them, which
// copies the text of a deep tree once per level.
package solution

import (
	"strconv"
	"strings"
)

// TreeNode is a node of a binary tree.
type TreeNode struct {
	Val         int
	Left, Right *TreeNode
}

// TreeCodec writes trees in preorder.
type TreeCodec struct{}

// NewTreeCodec returns a codec.
func NewTreeCodec() *TreeCodec { return &TreeCodec{} }

// Encode returns the text of a tree.
func (c *TreeCodec) Encode(root *TreeNode) string {
	if root == nil {
		return "#"
	}
	return strconv.Itoa(root.Val) + "," + c.Encode(root.Left) + "," + c.Encode(root.Right)
}

// Decode returns the tree of a text.
func (*TreeCodec) Decode(text string) *TreeNode {
	words := strings.Split(text, ",")
	var walk func() *TreeNode
	walk = func() *TreeNode {
		word := words[0]
		words = words[1:]
		if word == "#" {
			return nil
		}
		val, _ := strconv.Atoi(word)
		return &TreeNode{Val: val, Left: walk(), Right: walk()}
	}
	return walk()
}
