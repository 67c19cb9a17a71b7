package strictyaml

import (
	"slices"

	"github.com/goccy/go-yaml/ast"
)

// Value is a node of a document. The zero node stands for an absent one.
type Value struct {
	doc  *document
	node ast.Node
}

// Present reports whether there is a value, other than null.
func (v Value) Present() bool {
	if v.node == nil {
		return false
	}
	_, null := v.node.(*ast.NullNode)
	return !null
}

// Line is the line of the value, counted from 1, or 0 when it is absent.
func (v Value) Line() int {
	if v.node == nil || v.node.GetToken() == nil {
		return 0
	}
	// The token of a mapping is its first colon or brace.
	return v.node.GetToken().Position.Line
}

// Fail calls refuse for the line of the value.
func (v Value) Fail(format string, args ...any) { v.doc.fail(v.Line(), format, args...) }

// IsMap tells a map from the other forms where several are taken.
func (v Value) IsMap() bool {
	switch v.node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

// Mapping reads a node with keys. With allowed given, other keys are refused.
// Messages call the map what.
func (v Value) Mapping(what string, allowed ...string) Mapping {
	m := Mapping{doc: v.doc, line: v.Line(), vals: map[string]Value{}, at: map[string]int{}, node: map[string]ast.Node{}}
	if !v.Present() {
		return m
	}
	var pairs []*ast.MappingValueNode
	switch n := v.node.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	default:
		v.Fail("%s must be a map of keys to values", what)
		return m
	}
	for _, p := range pairs {
		line := p.Key.GetToken().Position.Line
		key, ok := scalar(p.Key)
		switch {
		case !ok:
			m.doc.fail(line, "%s has a key that is not a plain string", what)
		case len(allowed) > 0 && !slices.Contains(allowed, key):
			m.doc.fail(line, "unknown key %q in %s", clip(key), what)
		case m.at[key] > 0:
			m.doc.fail(line, "key %q is given twice in %s", clip(key), what)
		default:
			m.Keys = append(m.Keys, key)
			m.at[key] = line
			m.node[key] = p.Key
			m.vals[key] = Value{doc: m.doc, node: p.Value}
		}
	}
	return m
}

// Texts reads a string or a sequence of strings. Messages call the value what.
func (v Value) Texts(what string) []string {
	if !v.Present() {
		return nil
	}
	seq, ok := v.node.(*ast.SequenceNode)
	if !ok {
		s, ok := scalar(v.node)
		if !ok {
			v.Fail("%s must be a string or a list of strings", what)
			return nil
		}
		return []string{s}
	}
	out := make([]string, 0, len(seq.Values))
	for _, n := range seq.Values {
		s, ok := scalar(n)
		if !ok {
			Value{doc: v.doc, node: n}.Fail("%s must hold strings only", what)
			return nil
		}
		out = append(out, s)
	}
	return out
}

// List reads a sequence, or a single item as a list of one.
func (v Value) List() []Value {
	if !v.Present() {
		return nil
	}
	seq, ok := v.node.(*ast.SequenceNode)
	if !ok {
		return []Value{v}
	}
	out := make([]Value, len(seq.Values))
	for i, n := range seq.Values {
		out[i] = Value{doc: v.doc, node: n}
	}
	return out
}

// scalar is the text of a node that holds one value.
func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	case *ast.MappingKeyNode:
		return scalar(n.Value)
	}
	return "", false
}
