// Package solution turns binary trees into text and back, level by level.
package solution

import (
	"encoding/base64"
	"encoding/binary"
)

// TreeNode is a node of a binary tree.
type TreeNode struct {
	Val   int
	Left  *TreeNode
	Right *TreeNode
}

// TreeCodec writes one byte for every place of a node in level order, which
// says whether there is one, and behind it the value as a varint. Bytes of any
// kind are no text, so they travel in base 64.
type TreeCodec struct{}

// NewTreeCodec returns a codec. It keeps nothing between calls.
func NewTreeCodec() *TreeCodec {
	return &TreeCodec{}
}

// Encode returns the text of a tree, which may be nil.
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
	return base64.StdEncoding.EncodeToString(text)
}

// Decode returns the tree of a text that Encode made.
func (*TreeCodec) Decode(text string) *TreeNode {
	var root *TreeNode
	rest, _ := base64.StdEncoding.DecodeString(text) // it is always one of ours
	level := []**TreeNode{&root}                     // the places that the next nodes belong into
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
