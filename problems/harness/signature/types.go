package signature

import (
	"fmt"
	"strings"

	"github.com/docketjudge/docket/problems/harness/jsonline"
)

// Kind is a constructor of types.
type Kind string

// The kinds. Array, Optional and Map have an element type; Task and Fetch have
// that of their result.
const (
	Int      Kind = "int"
	Long     Kind = "long"
	Double   Kind = "double"
	Bool     Kind = "bool"
	String   Kind = "string"
	ListNode Kind = "list_node"
	TreeNode Kind = "tree_node"
	Token    Kind = "token"
	Deadline Kind = "deadline"
	Array    Kind = "array"
	Optional Kind = "optional"
	Map      Kind = "map"
	Task     Kind = "task"  // a callable without arguments
	Fetch    Kind = "fetch" // a callable of a string
)

// Type is a type of the signature language.
type Type struct {
	Kind Kind
	Elem *Type
}

// maxDepth bounds how deeply types nest; real ones are at most three deep.
const maxDepth = 8

// ParseType reads a type such as "int", "string[][]" or "map<long?>".
func ParseType(text string) (Type, error) {
	return parseType(text, 0)
}

func parseType(text string, depth int) (Type, error) {
	if depth > maxDepth {
		return Type{}, fmt.Errorf("the type is nested too deeply")
	}
	wrap := func(k Kind, inner string) (Type, error) {
		t, err := parseType(inner, depth+1)
		if err != nil {
			return Type{}, err
		}
		if k == Optional {
			switch t.Kind {
			case Optional, ListNode, TreeNode, Token:
				return Type{}, fmt.Errorf("%s may be absent as it is; it takes no ?", t)
			}
		}
		return Type{Kind: k, Elem: &t}, nil
	}
	if inner, ok := strings.CutSuffix(text, "[]"); ok {
		return wrap(Array, inner)
	}
	if inner, ok := strings.CutSuffix(text, "?"); ok {
		return wrap(Optional, inner)
	}
	for _, k := range []Kind{Map, Task, Fetch} {
		if inner, ok := strings.CutPrefix(text, string(k)+"<"); ok {
			if inner, ok = strings.CutSuffix(inner, ">"); ok {
				return wrap(k, inner)
			}
		}
	}
	switch k := Kind(text); k {
	case Int, Long, Double, Bool, String, ListNode, TreeNode, Token, Deadline:
		return Type{Kind: k}, nil
	}
	return Type{}, fmt.Errorf("%q is not a type: those are int, long, double, bool, string, list_node, tree_node, token, T[], T?, map<T>, task<T>, fetch<T> and deadline", jsonline.Clip([]byte(text), 60))
}

// String writes a type as ParseType reads it.
func (t Type) String() string {
	switch t.Kind {
	case Array:
		return t.Elem.String() + "[]"
	case Optional:
		return t.Elem.String() + "?"
	case Map, Task, Fetch:
		return string(t.Kind) + "<" + t.Elem.String() + ">"
	}
	return string(t.Kind)
}

// Has reports whether a kind occurs in the type.
func (t Type) Has(k Kind) bool {
	return t.Kind == k || t.Elem != nil && t.Elem.Has(k)
}

// callable reports whether the type is one that the driver makes, not JSON.
func (t Type) callable() bool { return t.Kind == Task || t.Kind == Fetch || t.Kind == Deadline }

// HasCallable reports whether anything that the driver makes is part of the type.
func (t Type) HasCallable() bool { return t.Has(Task) || t.Has(Fetch) || t.Has(Deadline) }
