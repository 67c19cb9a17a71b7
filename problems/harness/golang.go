package harness

import (
	"embed"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
)

//go:embed golang/stdio/stdio.go golang/driver/decode.go golang/driver/encode.go golang/driver/run.go golang/sim/sim.go golang/sim/clock.go golang/sim/deadline.go golang/sim/waits.go golang/sim/watch.go golang/nodes.txt
var goFiles embed.FS

// goPackages are the parts of a Go driver that are the same for all problems,
// under the import paths that the generated part knows them by.
var goPackages = []struct{ from, to string }{
	{"golang/stdio/stdio.go", "docket/stdio/stdio.go"},
	{"golang/driver/decode.go", "docket/driver/decode.go"},
	{"golang/driver/encode.go", "docket/driver/encode.go"},
	{"golang/driver/run.go", "docket/driver/run.go"},
	// Of concurrency problems only.
	{"golang/sim/sim.go", "docket/sim/sim.go"},
	{"golang/sim/clock.go", "docket/sim/clock.go"},
	{"golang/sim/deadline.go", "docket/sim/deadline.go"},
	{"golang/sim/waits.go", "docket/sim/waits.go"},
	{"golang/sim/watch.go", "docket/sim/watch.go"},
}

// goOwn is where those packages lie in this module.
const goOwn = "github.com/docketjudge/docket/problems/harness/golang/"

// goSource checks the package clause, since the compiler's own words for a
// wrong one speak of files that the author never saw.
func (h *Harness) goSource(files []judge.File) (judge.Source, error) {
	for _, f := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Content, parser.PackageClauseOnly)
		if err == nil && parsed.Name.Name != "solution" {
			return judge.Source{}, judge.Invalid("files", "%s: a solution begins with `package solution`, not `package %s`", f.Name, parsed.Name.Name)
		}
	}
	src := judge.Source{Language: judge.Go, Files: files, Mismatch: mismatch(h.goSignature()), Entry: "main"}
	for _, p := range goPackages {
		if strings.Contains(p.to, "/sim/") && !h.sig.Concurrent() {
			continue
		}
		text := strings.ReplaceAll(embedded(goFiles, p.from), goOwn, "docket/")
		src.Driver = append(src.Driver, judge.File{Name: p.to, Content: text})
	}
	main, err := h.goMain(h.goNamed(files))
	if err != nil {
		return judge.Source{}, err
	}
	src.Driver = append(src.Driver, judge.File{Name: "main.go", Content: main})
	return src, nil
}

// goType is a type as the starter code has it; qualified, as the driver does.
func goType(t Type, qualified bool) string {
	pkg := ""
	if qualified {
		pkg = "solution."
	}
	switch t.Kind {
	case Int, Bool, String:
		return string(t.Kind)
	case Token:
		return "string"
	case Long:
		return "int64"
	case Double:
		return "float64"
	case ListNode:
		return "*" + pkg + "ListNode"
	case TreeNode:
		return "*" + pkg + "TreeNode"
	case Array:
		return "[]" + goType(*t.Elem, qualified)
	case Map:
		return "map[string]" + goType(*t.Elem, qualified)
	case Task:
		return "func(context.Context) (" + goType(*t.Elem, qualified) + ", error)"
	case Fetch:
		return "func(context.Context, string) (" + goType(*t.Elem, qualified) + ", error)"
	default:
		if t.Elem.Kind == Array || t.Elem.Kind == Map {
			return goType(*t.Elem, qualified)
		}
		return "*" + goType(*t.Elem, qualified)
	}
}

// goZero is what starter code returns.
func goZero(t Type) string {
	switch t.Kind {
	case Int, Long, Double:
		return "0"
	case Bool:
		return "false"
	case String, Token:
		return `""`
	default:
		return "nil"
	}
}

// goParams lists parameters. Adjacent parameters of the same type share one type
// name. Concurrency problems have a context, which also carries the deadline.
func (h *Harness) goParams(params []Param) string {
	var b strings.Builder
	params = slices.DeleteFunc(slices.Clone(params), func(p Param) bool { return p.Type.Kind == Deadline })
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
func (h *Harness) goResult(c Call) string {
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
	if h.sig.uses(ListNode) {
		b.WriteString(goListNode + "\n")
	}
	if h.sig.uses(TreeNode) {
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
	if h.sig.uses(ListNode) {
		b.WriteString("\n// ListNode is a node of a singly linked list; nil is the empty list.\n" + goListNode)
	}
	if h.sig.uses(TreeNode) {
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

// goMain is the part of the driver that knows the problem, and which of the
// solution's functions name types of their own.
func (h *Harness) goMain(named map[string]bool) (string, error) {
	var b strings.Builder
	imports, run := "", "driver"
	if h.sig.Concurrent() {
		imports, run = "\"context\"\n\"docket/sim\"\n", "sim"
	}
	if len(named) > 0 {
		imports += "\"unsafe\"\n"
	}
	fmt.Fprintf(&b, "package main\n\nimport (\n%s\"docket/driver\"\n\"docket/stdio\"\n\"solution\"\n)\n\n", imports)
	fmt.Fprintf(&b, "func main() {\ndriver.Signature = %q\n%s.Run(stdio.Input(), stdio.Results(), runCase)\n}\n\n", h.goSignature(), run)
	types := h.sig.types()
	index := make(map[string]int, len(types))
	for i, t := range types {
		index[t.String()] = i
	}
	if h.sig.uses(ListNode) || h.sig.uses(TreeNode) {
		for part := range strings.SplitSeq(embedded(goFiles, "golang/nodes.txt"), "---\n") {
			if strings.Contains(part, "ListNode") && h.sig.uses(ListNode) || strings.Contains(part, "TreeNode") && h.sig.uses(TreeNode) {
				b.WriteString(part)
			}
		}
	}
	for i, t := range types {
		if !h.sig.hasCallable(t) {
			goConverters(&b, i, t, index)
		}
	}
	for n, c := range h.sig.Calls {
		if named[c.Name] {
			h.goFit(&b, n, c)
		}
	}
	switch {
	case h.sig.Concurrent():
		h.goConcurrent(&b, index, named)
	case h.sig.Class:
		h.goClass(&b, index, named)
	default:
		h.goFunction(&b, index, named)
	}
	out, err := format.Source([]byte(b.String()))
	if err != nil {
		return "", fmt.Errorf("formatting the driver: %w", err)
	}
	return string(out), nil
}

// goConverters writes the reader and the writer of a type.
func goConverters(b *strings.Builder, i int, t Type, index map[string]int) {
	inner := -1
	if t.Elem != nil {
		inner = index[t.Elem.String()]
	}
	read, write := "", ""
	switch t.Kind {
	case Int, Long, Double, Bool, String:
		m := strings.ToUpper(string(t.Kind)[:1]) + string(t.Kind)[1:]
		read, write = "d."+m+"()", "e."+m+"(v)"
	case Token:
		read, write = "d.String()", "e.Null()" // not used: see goClass
	case ListNode:
		read, write = "readList(d)", "writeList(e, v)"
	case TreeNode:
		read, write = "readTree(d)", "writeTree(e, v)"
	case Array:
		read, write = fmt.Sprintf("driver.Slice(d, read%d)", inner), fmt.Sprintf("driver.WriteSlice(e, v, write%d)", inner)
	case Map:
		read, write = fmt.Sprintf("driver.Map(d, read%d)", inner), fmt.Sprintf("driver.WriteMap(e, v, write%d)", inner)
	case Optional:
		if t.Elem.Kind == Array || t.Elem.Kind == Map {
			read = fmt.Sprintf("driver.OrNil(d, read%d)", inner)
			write = fmt.Sprintf("if v == nil {\ne.Null()\nreturn\n}\nwrite%d(e, v)", inner)
		} else {
			read = fmt.Sprintf("driver.Optional(d, read%d)", inner)
			write = fmt.Sprintf("driver.WriteOptional(e, v, write%d)", inner)
		}
	}
	fmt.Fprintf(b, "// %s\nfunc read%d(d *driver.Decoder) %s { return %s }\n", t, i, goType(t, true), read)
	fmt.Fprintf(b, "func write%d(e *driver.Encoder, v %s) {\n%s\n}\n\n", i, goType(t, true), write)
}

func (h *Harness) goFunction(b *strings.Builder, index map[string]int, named map[string]bool) {
	c := h.sig.Calls[0]
	var types, names []string
	for i, p := range c.Params {
		types = append(types, goType(p.Type, true))
		names = append(names, fmt.Sprintf("a%d", i))
	}
	fmt.Fprintf(b, "var call func(%s) %s = %s\n\n", strings.Join(types, ", "), goType(*c.Result, true), h.goFitted(0, named, "solution."+goName(c.Name)))
	b.WriteString("func runCase(d *driver.Decoder, e *driver.Encoder) {\nd.Open()\n")
	for i, p := range c.Params {
		fmt.Fprintf(b, "a%d := read%d(d)\n", i, index[p.Type.String()])
	}
	fmt.Fprintf(b, "d.Close()\nwrite%d(e, call(%s))\n}\n", index[c.Result.String()], strings.Join(names, ", "))
}

func (h *Harness) goClass(b *strings.Builder, index map[string]int, named map[string]bool) {
	class := h.sig.Calls[0].Name
	object := class
	// The interface makes the compiler name the method that is missing or has
	// another type.
	fmt.Fprintf(b, "type %s interface {\n", class)
	for _, c := range h.sig.Calls[1:] {
		if named[c.Name] {
			object = "*solution." + class // whose methods are fitted
			continue
		}
		var types []string
		for _, p := range c.Params {
			types = append(types, goType(p.Type, true))
		}
		result := ""
		if c.Result != nil {
			result = goType(*c.Result, true)
		}
		fmt.Fprintf(b, "%s(%s) %s\n", goName(c.Name), strings.Join(types, ", "), result)
	}
	b.WriteString("}\n\n")
	for n, c := range h.sig.Calls {
		function := "solution.New" + class
		if n > 0 {
			function = fmt.Sprintf("(*solution.%s).%s", class, goName(c.Name))
		}
		if named[c.Name] {
			fmt.Fprintf(b, "var call%d = %s\n", n, h.goFitted(n, named, function))
		}
	}
	fmt.Fprintf(b, "\nfunc runCase(d *driver.Decoder, e *driver.Encoder) {\nvar object %s\n", object)
	if object != class {
		fmt.Fprintf(b, "var _ %s = object\n", class)
	}
	if h.sig.uses(Token) {
		b.WriteString("tokens := map[int]string{}\n")
	}
	b.WriteString("d.Open()\ne.Raw('[')\nfor i := 0; d.Another(); i++ {\ne.Separate(i)\nd.Open()\nswitch string(d.Bytes()) {\n")
	for n, c := range h.sig.Calls {
		fmt.Fprintf(b, "case %q:\n", c.Name)
		var names []string
		for i, p := range c.Params {
			names = append(names, fmt.Sprintf("a%d", i))
			if p.Type.Kind == Token {
				fmt.Fprintf(b, "a%d := d.Token(tokens)\n", i)
			} else {
				fmt.Fprintf(b, "a%d := read%d(d)\n", i, index[p.Type.String()])
			}
		}
		args := strings.Join(names, ", ")
		call := fmt.Sprintf("object.%s(%s)", goName(c.Name), args)
		switch {
		case n == 0 && !named[c.Name]:
			call = fmt.Sprintf("solution.New%s(%s)", class, args)
		case n == 0:
			call = fmt.Sprintf("call0(%s)", args)
		case named[c.Name]:
			call = fmt.Sprintf("call%d(%s)", n, strings.Join(append([]string{"object"}, names...), ", "))
		}
		switch {
		case n == 0:
			fmt.Fprintf(b, "object = %s\nif object == nil {\npanic(driver.Misfit(\"New%s returned nil\"))\n}\ne.Null()\n", call, class)
		case c.Result == nil:
			fmt.Fprintf(b, "%s\ne.Null()\n", call)
		case c.Result.Kind == Token:
			fmt.Fprintf(b, "tokens[i] = %s\ne.Token(tokens[i], d.HandedOn())\n", call)
		default:
			fmt.Fprintf(b, "write%d(e, %s)\n", index[c.Result.String()], call)
		}
	}
	b.WriteString("}\nd.Close()\n}\ne.Raw(']')\n}\n")
}

// embedded reads a file that is part of the program.
func embedded(fsys embed.FS, name string) string {
	b, err := fsys.ReadFile(name)
	if err != nil {
		panic("harness: " + path.Base(name) + " is not embedded") // cannot happen: go:embed names it
	}
	return string(b)
}

func indent(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if strings.TrimSpace(line) != "" {
			b.WriteString("    ")
		}
		b.WriteString(line)
	}
	return b.String()
}
