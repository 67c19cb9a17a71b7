// Package solution turns binary trees into bytes and back, level by level. A Go
// string holds any bytes, but what is not UTF-8 is no text.
package solution

import "encoding/binary"

// TreeNode is a node of a binary tree.
type TreeNode struct {
	Val   int
	Left  *TreeNode
	Right *TreeNode
}

// TreeCodec writes one byte for every place of a node in level order, which
// says whether there is one, and behind it the value as a varint.
type TreeCodec struct{}

// NewTreeCodec returns a codec. It keeps nothing between calls.
func NewTreeCodec() *TreeCodec {
	return &TreeCodec{}
}

// Encode returns the bytes of a tree, which may be nil.
func (*TreeCodec) Encode(root *TreeNode) string {
	var text []byte
	level := []*TreeNode{root}
	for len(level) > 0 {
		var next []*TreeNode
		for _, n := range level {
			if n == nil {
				text = append(text, 0)
				continue
			}
			text = append(text, 1)
			text = binary.AppendVarint(text, int64(n.Val))
			next = append(next, n.Left, n.Right)
		}
		level = next
	}
	return string(text)
}

// Decode returns the tree of a text that Encode made.
func (*TreeCodec) Decode(text string) *TreeNode {
	var root *TreeNode
	rest := []byte(text)
	level := []**TreeNode{&root} // the places that the next nodes belong into
	for len(level) > 0 {
		var next []**TreeNode
		for _, place := range level {
			present := rest[0] == 1
			rest = rest[1:]
			if !present {
				continue
			}
			val, size := binary.Varint(rest)
			rest = rest[size:]
			n := &TreeNode{Val: int(val)}
			*place = n
			next = append(next, &n.Left, &n.Right)
		}
		level = next
	}
	return root
}
