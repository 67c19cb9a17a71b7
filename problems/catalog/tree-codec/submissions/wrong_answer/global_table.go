// Package solution keeps all trees in a table of the process and hands out
// their numbers, which tell another process nothing.
package solution

import "strconv"

// TreeNode is a node of a binary tree.
type TreeNode struct {
	Val         int
	Left, Right *TreeNode
}

var trees = map[string]*TreeNode{}

// TreeCodec shares its table with all others.
type TreeCodec struct{}

// NewTreeCodec returns a codec.
func NewTreeCodec() *TreeCodec { return &TreeCodec{} }

// Encode stores the tree.
func (*TreeCodec) Encode(root *TreeNode) string {
	key := strconv.Itoa(len(trees))
	trees[key] = root
	return key
}

// Decode looks the tree up.
func (*TreeCodec) Decode(text string) *TreeNode { return trees[text] }
