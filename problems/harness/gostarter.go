package harness

import (
	"fmt"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/signature"
)

// goType is a type as the starter code has it; qualified, as the driver does.
func goType(t signature.Type, qualified bool) string {
	pkg := ""
	if qualified {
		pkg = "solution."
	}
	switch t.Kind {
	case signature.Int, signature.Bool, signature.String:
		return string(t.Kind)
	case signature.Token:
		return "string"
	case signature.Long:
		return "int64"
	case signature.Double:
		return "float64"
	case signature.ListNode:
		return "*" + pkg + "ListNode"
	case signature.TreeNode:
		return "*" + pkg + "TreeNode"
	case signature.Array:
		return "[]" + goType(*t.Elem, qualified)
	case signature.Map:
		return "map[string]" + goType(*t.Elem, qualified)
	case signature.Task:
		return "func(context.Context) (" + goType(*t.Elem, qualified) + ", error)"
	case signature.Fetch:
		return "func(context.Context, string) (" + goType(*t.Elem, qualified) + ", error)"
	default:
		if t.Elem.Kind == signature.Array || t.Elem.Kind == signature.Map {
			return goType(*t.Elem, qualified)
		}
		return "*" + goType(*t.Elem, qualified)
	}
}

// goZero is what starter code returns.
func goZero(t signature.Type) string {
	switch t.Kind {
	case signature.Int, signature.Long, signature.Double:
		return "0"
	case signature.Bool:
		return "false"
	case signature.String, signature.Token:
		return `""`
	default:
		return "nil"
	}
}

// goParams lists parameters. Adjacent parameters of the same type share one type
// name. Concurrency problems have a context, which also carries the deadline.
func (h *Harness) goParams(params []signature.Param) string {
	var b strings.Builder
	params = slices.DeleteFunc(slices.Clone(params), func(p signature.Param) bool { return p.Type.Kind == signature.Deadline })
	if h.sig.Concurrent() {
		b.WriteString("ctx context.Context")
		if len(params) > 0 {
			b.WriteString(", ")
		}
	}
	for i, p := range params {
		b.WriteString(goParam(p.Name))
		if i+1 < len(params) {
			if params[i+1].Type.String() != p.Type.String() {
				b.WriteString(" " + goType(p.Type, false))
			}
			b.WriteString(", ")
			continue
		}
		b.WriteString(" " + goType(p.Type, false))
	}
	return b.String()
}

// goResult is the result of a function. Those of concurrency problems may
// fail.
func (h *Harness) goResult(c signature.Call) string {
	switch {
	case c.Result == nil:
		return ""
	case h.sig.Concurrent():
		return " (" + goType(*c.Result, false) + ", error)"
	}
	return " " + goType(*c.Result, false)
}

// The node types, which a solution declares itself.
const (
	goListNode = "type ListNode struct {\n\tVal  int\n\tNext *ListNode\n}\n"
	goTreeNode = "type TreeNode struct {\n\tVal         int\n\tLeft, Right *TreeNode\n}\n"
)

// goSignature is what a solution must declare.
func (h *Harness) goSignature() string {
	var b strings.Builder
	b.WriteString("package solution\n\n")
	if h.sig.Uses(signature.ListNode) {
		b.WriteString(goListNode + "\n")
	}
	if h.sig.Uses(signature.TreeNode) {
		b.WriteString(goTreeNode + "\n")
	}
	for i, c := range h.sig.Calls {
		switch {
		case !h.sig.Class:
			fmt.Fprintf(&b, "func %s(%s)%s\n", goName(c.Name), h.goParams(c.Params), h.goResult(c))
		case i == 0:
			fmt.Fprintf(&b, "func New%s(%s) *%s\n", c.Name, h.goParams(c.Params), c.Name)
		default:
			fmt.Fprintf(&b, "func (*%s) %s(%s)%s\n", h.sig.Calls[0].Name, goName(c.Name), h.goParams(c.Params), h.goResult(c))
		}
	}
	return b.String()
}

func (h *Harness) goStarter() judge.File {
	var b strings.Builder
	b.WriteString("package solution\n")
	if h.sig.Concurrent() {
		b.WriteString("\nimport \"context\"\n")
	}
	if h.sig.Uses(signature.ListNode) {
		b.WriteString("\n// ListNode is a node of a singly linked list; nil is the empty list.\n" + goListNode)
	}
	if h.sig.Uses(signature.TreeNode) {
		b.WriteString("\n// TreeNode is a node of a binary tree; nil is the empty tree.\n" + goTreeNode)
	}
	class := h.sig.Calls[0].Name
	receiver := strings.ToLower(class[:1])
	for i, c := range h.sig.Calls {
		switch {
		case !h.sig.Class:
			zero := goZero(*c.Result)
			if h.sig.Concurrent() {
				zero += ", nil"
			}
			fmt.Fprintf(&b, "\n// %s is called for each case of a test.\nfunc %[1]s(%s)%s {\n\treturn %s\n}\n",
				goName(c.Name), h.goParams(c.Params), h.goResult(c), zero)
		case i == 0:
			fmt.Fprintf(&b, "\n// %s is what the calls of a case are made on.\ntype %[1]s struct {\n}\n", class)
			fmt.Fprintf(&b, "\n// New%s begins a case.\nfunc New%[1]s(%s) *%[1]s {\n\treturn &%[1]s{}\n}\n", class, h.goParams(c.Params))
		default:
			self := receiver
			for _, p := range c.Params {
				if goParam(p.Name) == self {
					self = "this"
				}
			}
			fmt.Fprintf(&b, "\nfunc (%s *%s) %s(%s)%s {\n", self, class, goName(c.Name), h.goParams(c.Params), h.goResult(c))
			if c.Result != nil {
				fmt.Fprintf(&b, "\treturn %s\n", goZero(*c.Result))
			}
			b.WriteString("}\n")
		}
	}
	return judge.File{Name: "solution.go", Content: b.String()}
}
