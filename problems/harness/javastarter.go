package harness

import (
	"fmt"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/signature"
)

// javaClass is the class that a solution declares.
func (h *Harness) javaClass() string {
	if h.sig.Class {
		return h.sig.Calls[0].Name
	}
	return "Solution"
}

func javaType(t signature.Type) string {
	switch t.Kind {
	case signature.Bool:
		return "boolean"
	case signature.String, signature.Token:
		return "String"
	case signature.ListNode:
		return "ListNode"
	case signature.TreeNode:
		return "TreeNode"
	case signature.Array:
		if javaPrimitive(*t.Elem) {
			return javaType(*t.Elem) + "[]"
		}
		return "List<" + javaBoxed(*t.Elem) + ">"
	case signature.Map:
		return "Map<String, " + javaBoxed(*t.Elem) + ">"
	case signature.Task:
		return "Callable<" + javaBoxed(*t.Elem) + ">"
	case signature.Fetch:
		return "Function<String, CompletableFuture<" + javaBoxed(*t.Elem) + ">>"
	case signature.Deadline:
		return "CompletableFuture<Void>"
	case signature.Optional:
		return javaBoxed(*t.Elem)
	}
	return string(t.Kind)
}

func javaBoxed(t signature.Type) string {
	switch t.Kind {
	case signature.Int:
		return "Integer"
	case signature.Long:
		return "Long"
	case signature.Double:
		return "Double"
	case signature.Bool:
		return "Boolean"
	}
	return javaType(t)
}

func javaZero(t signature.Type) string {
	switch t.Kind {
	case signature.Int, signature.Long, signature.Double:
		return "0"
	case signature.Bool:
		return "false"
	case signature.String, signature.Token:
		return `""`
	case signature.Array:
		if !javaPrimitive(t) {
			return "List.of()"
		}
		base, dims := t, ""
		for base.Kind == signature.Array {
			base, dims = *base.Elem, dims+"[]"
		}
		return "new " + javaType(base) + "[0]" + dims[2:]
	case signature.Map:
		return "Map.of()"
	}
	return "null"
}

func javaParams(c signature.Call) string {
	var out []string
	for _, p := range c.Params {
		out = append(out, javaType(p.Type)+" "+p.Name)
	}
	return strings.Join(out, ", ")
}

func javaResult(c signature.Call) string {
	if c.Result == nil {
		return "void"
	}
	return javaType(*c.Result)
}

func (h *Harness) javaSignature() string {
	var b strings.Builder
	if h.sig.Uses(signature.ListNode) {
		b.WriteString("class ListNode {\n    int val;\n    ListNode next;\n    ListNode(int val)\n}\n\n")
	}
	if h.sig.Uses(signature.TreeNode) {
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
	if h.sig.Uses(signature.ListNode) {
		b.WriteString("/** A node of a singly linked list; null is the empty list. */\nclass ListNode {\n    int val;\n    ListNode next;\n\n    ListNode(int val) {\n        this.val = val;\n    }\n}\n\n")
	}
	if h.sig.Uses(signature.TreeNode) {
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

// javaPrimitive reports whether Java has arrays of the type that programmers use.
func javaPrimitive(t signature.Type) bool {
	switch t.Kind {
	case signature.Int, signature.Long, signature.Double, signature.Bool:
		return true
	case signature.Array:
		return javaPrimitive(*t.Elem)
	}
	return false
}
