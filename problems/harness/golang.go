package harness

import (
	"embed"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/signature"
)

//go:embed golang/stdio/stdio.go golang/driver/decode.go golang/driver/encode.go golang/driver/run.go golang/sim/sim.go golang/sim/clock.go golang/sim/deadline.go golang/sim/waits.go golang/sim/watch.go golang/nodes.go.tmpl
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
	types := h.sig.Types()
	index := make(map[string]int, len(types))
	for i, t := range types {
		index[t.String()] = i
	}
	if h.sig.Uses(signature.ListNode) || h.sig.Uses(signature.TreeNode) {
		for part := range strings.SplitSeq(embedded(goFiles, "golang/nodes.go.tmpl"), "---\n") {
			if strings.Contains(part, "ListNode") && h.sig.Uses(signature.ListNode) || strings.Contains(part, "TreeNode") && h.sig.Uses(signature.TreeNode) {
				b.WriteString(part)
			}
		}
	}
	for i, t := range types {
		if !t.HasCallable() {
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
func goConverters(b *strings.Builder, i int, t signature.Type, index map[string]int) {
	inner := -1
	if t.Elem != nil {
		inner = index[t.Elem.String()]
	}
	read, write := "", ""
	switch t.Kind {
	case signature.Int, signature.Long, signature.Double, signature.Bool, signature.String:
		m := strings.ToUpper(string(t.Kind)[:1]) + string(t.Kind)[1:]
		read, write = "d."+m+"()", "e."+m+"(v)"
	case signature.Token:
		read, write = "d.String()", "e.Null()" // not used: see goClass
	case signature.ListNode:
		read, write = "readList(d)", "writeList(e, v)"
	case signature.TreeNode:
		read, write = "readTree(d)", "writeTree(e, v)"
	case signature.Array:
		read, write = fmt.Sprintf("driver.Slice(d, read%d)", inner), fmt.Sprintf("driver.WriteSlice(e, v, write%d)", inner)
	case signature.Map:
		read, write = fmt.Sprintf("driver.Map(d, read%d)", inner), fmt.Sprintf("driver.WriteMap(e, v, write%d)", inner)
	case signature.Optional:
		if t.Elem.Kind == signature.Array || t.Elem.Kind == signature.Map {
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
	if h.sig.Uses(signature.Token) {
		b.WriteString("tokens := map[int]string{}\n")
	}
	b.WriteString("d.Open()\ne.Raw('[')\nfor i := 0; d.Another(); i++ {\ne.Separate(i)\nd.Open()\nswitch string(d.Bytes()) {\n")
	for n, c := range h.sig.Calls {
		fmt.Fprintf(b, "case %q:\n", c.Name)
		var names []string
		for i, p := range c.Params {
			names = append(names, fmt.Sprintf("a%d", i))
			if p.Type.Kind == signature.Token {
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
		case c.Result.Kind == signature.Token:
			fmt.Fprintf(b, "tokens[i] = %s\ne.Token(tokens[i], d.HandedOn())\n", call)
		default:
			fmt.Fprintf(b, "write%d(e, %s)\n", index[c.Result.String()], call)
		}
	}
	b.WriteString("}\nd.Close()\n}\ne.Raw(']')\n}\n")
}

// goConcurrent writes runCase of a concurrency problem.
func (h *Harness) goConcurrent(b *strings.Builder, index map[string]int, named map[string]bool) {
	c := h.sig.Calls[0]
	var types, names []string
	types = append(types, "context.Context")
	for i, p := range c.Params {
		if p.Type.Kind == signature.Deadline {
			continue // the context has it
		}
		types = append(types, goType(p.Type, true))
		names = append(names, fmt.Sprintf("a%d", i))
	}
	fmt.Fprintf(b, "var call func(%s) (%s, error) = %s\n\n", strings.Join(types, ", "), goType(*c.Result, true), h.goFitted(0, named, "solution."+goName(c.Name)))
	b.WriteString("func runCase(w *sim.World) {\nw.Open()\n")
	for i, p := range c.Params {
		switch t := p.Type; {
		case t.Kind == signature.Deadline:
			b.WriteString("w.Deadline()\n")
		case t.Kind == signature.Task:
			fmt.Fprintf(b, "a%d := sim.Task(w, read%d)\n", i, index[t.Elem.String()])
		case t.Kind == signature.Fetch:
			fmt.Fprintf(b, "a%d := sim.Fetch(w, read%d)\n", i, index[t.Elem.String()])
		case t.Kind == signature.Array && t.Elem.Kind == signature.Task:
			fmt.Fprintf(b, "a%d := driver.Slice(w.Decoder, func(*driver.Decoder) %s { return sim.Task(w, read%d) })\n",
				i, goType(*t.Elem, true), index[t.Elem.Elem.String()])
		default:
			fmt.Fprintf(b, "a%d := read%d(w.Decoder)\n", i, index[t.String()])
		}
	}
	fmt.Fprintf(b, `w.Close()
w.Do(func(ctx context.Context) (func(*driver.Encoder), error) {
	v, err := call(%s)
	return func(e *driver.Encoder) { write%d(e, v) }, err
})
}
`, strings.Join(append([]string{"ctx"}, names...), ", "), index[c.Result.String()])
}
