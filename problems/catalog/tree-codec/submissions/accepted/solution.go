// Package solution turns binary trees into text and back.
package solution

import (
	"strconv"
	"strings"
)

// TreeNode is a node of a binary tree.
type TreeNode struct {
	Val   int
	Left  *TreeNode
	Right *TreeNode
}

// TreeCodec writes a tree in preorder, one word per node and one for every
// child that is absent, which makes the shape unambiguous.
type TreeCodec struct{}

// NewTreeCodec returns a codec. It keeps nothing between calls.
func NewTreeCodec() *TreeCodec {
	return &TreeCodec{}
}

// Encode returns the text of a tree, which may be nil.
func (*TreeCodec) Encode(root *TreeNode) string {
	var text strings.Builder
	write(&text, root)
	return text.String()
}

// write appends a subtree. Deep trees are no trouble: goroutine stacks grow.
func write(text *strings.Builder, n *TreeNode) {
	if n == nil {
		text.WriteString("# ")
		return
	}
	text.WriteString(strconv.Itoa(n.Val))
	text.WriteByte(' ')
	write(text, n.Left)
	write(text, n.Right)
}

// Decode returns the tree of a text that Encode made.
func (*TreeCodec) Decode(text string) *TreeNode {
	return read(&text)
}

// read takes one subtree from the front of the text.
func read(text *string) *TreeNode {
	word, rest, _ := strings.Cut(*text, " ")
	*text = rest
	val, err := strconv.Atoi(word)
	if err != nil { // the mark of an absent child
		return nil
	}
	n := &TreeNode{Val: val}
	n.Left = read(text)
	n.Right = read(text)
	return n
}
