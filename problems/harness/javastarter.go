package harness

import (
	"fmt"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// javaClass is the class that a solution declares.
func (h *Harness) javaClass() string {
	if h.sig.Class {
		return h.sig.Calls[0].Name
	}
	return "Solution"
}

func javaType(t Type) string {
	switch t.Kind {
	case Bool:
		return "boolean"
	case String, Token:
		return "String"
	case ListNode:
		return "ListNode"
	case TreeNode:
		return "TreeNode"
	case Array:
		if t.Elem.primitive() {
			return javaType(*t.Elem) + "[]"
		}
		return "List<" + javaBoxed(*t.Elem) + ">"
	case Map:
		return "Map<String, " + javaBoxed(*t.Elem) + ">"
	case Task:
		return "Callable<" + javaBoxed(*t.Elem) + ">"
	case Fetch:
		return "Function<String, CompletableFuture<" + javaBoxed(*t.Elem) + ">>"
	case Deadline:
		return "CompletableFuture<Void>"
	case Optional:
		return javaBoxed(*t.Elem)
	}
	return string(t.Kind)
}

func javaBoxed(t Type) string {
	switch t.Kind {
	case Int:
		return "Integer"
	case Long:
		return "Long"
	case Double:
		return "Double"
	case Bool:
		return "Boolean"
	}
	return javaType(t)
}

func javaZero(t Type) string {
	switch t.Kind {
	case Int, Long, Double:
		return "0"
	case Bool:
		return "false"
	case String, Token:
		return `""`
	case Array:
		if !t.primitive() {
			return "List.of()"
		}
		base, dims := t, ""
		for base.Kind == Array {
			base, dims = *base.Elem, dims+"[]"
		}
		return "new " + javaType(base) + "[0]" + dims[2:]
	case Map:
		return "Map.of()"
	}
	return "null"
}

func javaParams(c Call) string {
	var out []string
	for _, p := range c.Params {
		out = append(out, javaType(p.Type)+" "+p.Name)
	}
	return strings.Join(out, ", ")
}

func javaResult(c Call) string {
	if c.Result == nil {
		return "void"
	}
	return javaType(*c.Result)
}

func (h *Harness) javaSignature() string {
	var b strings.Builder
	if h.sig.uses(ListNode) {
		b.WriteString("class ListNode {\n    int val;\n    ListNode next;\n    ListNode(int val)\n}\n\n")
	}
	if h.sig.uses(TreeNode) {
		b.WriteString("class TreeNode {\n    int val;\n    TreeNode left;\n    TreeNode right;\n    TreeNode(int val)\n}\n\n")
	}
	fmt.Fprintf(&b, "class %s {\n", h.javaClass())
	for i, c := range h.sig.Calls {
		if h.sig.Class && i == 0 {
			fmt.Fprintf(&b, "    %s(%s)\n", c.Name, javaParams(c))
		} else {
			fmt.Fprintf(&b, "    %s %s(%s)\n", javaResult(c), c.Name, javaParams(c))
		}
	}
	b.WriteString("}\n")
	return b.String()
}

// javaImports are the types that signatures may need, in their usual order.
var javaImports = []string{
	"java.util.List", "java.util.Map", "java.util.concurrent.Callable", "java.util.concurrent.CompletableFuture",
	"java.util.function.Function",
}

func (h *Harness) javaStarter() judge.File {
	var b, imports strings.Builder
	for _, one := range javaImports {
		if strings.Contains(h.javaSignature(), one[strings.LastIndex(one, ".")+1:]+"<") {
			fmt.Fprintf(&imports, "import %s;\n", one)
		}
	}
	if imports.Len() > 0 {
		b.WriteString(imports.String() + "\n")
	}
	if h.sig.uses(ListNode) {
		b.WriteString("/** A node of a singly linked list; null is the empty list. */\nclass ListNode {\n    int val;\n    ListNode next;\n\n    ListNode(int val) {\n        this.val = val;\n    }\n}\n\n")
	}
	if h.sig.uses(TreeNode) {
		b.WriteString("/** A node of a binary tree; null is the empty tree. */\nclass TreeNode {\n    int val;\n    TreeNode left;\n    TreeNode right;\n\n    TreeNode(int val) {\n        this.val = val;\n    }\n}\n\n")
	}
	fmt.Fprintf(&b, "public class %s {\n", h.javaClass())
	for i, c := range h.sig.Calls {
		if i > 0 {
			b.WriteString("\n")
		}
		if h.sig.Class && i == 0 {
			fmt.Fprintf(&b, "    public %s(%s) {\n    }\n", c.Name, javaParams(c))
			continue
		}
		throws := ""
		if h.sig.Concurrent() {
			throws = " throws Exception"
		}
		fmt.Fprintf(&b, "    public %s %s(%s)%s {\n", javaResult(c), c.Name, javaParams(c), throws)
		if c.Result != nil {
			fmt.Fprintf(&b, "        return %s;\n", javaZero(*c.Result))
		}
		b.WriteString("    }\n")
	}
	b.WriteString("}\n")
	return judge.File{Name: h.javaClass() + ".java", Content: b.String()}
}
