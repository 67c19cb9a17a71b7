package harness

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/signature"
)

// goNamed finds the calls whose functions in the solution name types of their
// own, such as type Grid [][]int. Go lets nobody call those through a function
// type of the signature, so the driver fits them to it; see goFit. Files that
// do not parse do not compile either.
func (h *Harness) goNamed(files []judge.File) map[string]bool {
	var parsed []*ast.File
	types := map[string]bool{}
	for _, f := range files {
		p, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Content, parser.SkipObjectResolution)
		if err != nil {
			return nil
		}
		parsed = append(parsed, p)
		for _, d := range p.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
				for _, s := range g.Specs {
					types[s.(*ast.TypeSpec).Name.Name] = true
				}
			}
		}
	}
	for _, known := range []string{"ListNode", "TreeNode", h.sig.Calls[0].Name} {
		delete(types, known)
	}
	named := map[string]bool{}
	for _, p := range parsed {
		for _, d := range p.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && namesTypes(f.Type, types) {
				for i, c := range h.sig.Calls {
					name, method := goName(c.Name), h.sig.Class && i > 0
					if h.sig.Class && i == 0 {
						name = "New" + c.Name
					}
					if f.Name.Name == name && method == (f.Recv != nil) {
						named[c.Name] = true
					}
				}
			}
		}
	}
	return named
}

// namesTypes reports whether a function's type mentions any of these types, or
// one of the library, but for contexts.
func namesTypes(f *ast.FuncType, types map[string]bool) (found bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			pkg, ok := n.X.(*ast.Ident)
			found = found || !ok || pkg.Name != "context" || n.Sel.Name != "Context"
			return false
		case *ast.Ident:
			found = found || types[n.Name]
		}
		return true
	})
	return found
}

// goFit writes a function that takes one of the solution's and returns it as
// one of the signature's type. Its type parameters accept what has the same
// structure. Types of one structure lie in memory, and are passed, alike, so
// that the function itself can stay as it is.
func (h *Harness) goFit(b *strings.Builder, n int, c signature.Call) {
	var s goShapes
	var theirs, ours []string
	both := func(t string) { theirs, ours = append(theirs, t), append(ours, t) }
	if h.sig.Class && n > 0 {
		both("*solution." + h.sig.Calls[0].Name)
	}
	if h.sig.Concurrent() {
		both("context.Context")
	}
	for _, p := range c.Params {
		if p.Type.Kind != signature.Deadline {
			theirs, ours = append(theirs, s.of(p.Type)), append(ours, goType(p.Type, true))
		}
	}
	their, our := "", ""
	switch {
	case h.sig.Class && n == 0:
		their = "*solution." + c.Name
		our = their
	case c.Result != nil:
		their, our = s.of(*c.Result), goType(*c.Result, true)
	}
	if h.sig.Concurrent() {
		their, our = "("+their+", error)", "("+our+", error)"
	}
	their = "func(" + strings.Join(theirs, ", ") + ") " + their
	our = "func(" + strings.Join(ours, ", ") + ") " + our
	fmt.Fprintf(b, "func fit%d[%s](f %s) %s {\nreturn *(*%[4]s)(unsafe.Pointer(&f))\n}\n\n", n, strings.Join(s.params, ", "), their, our)
}

// goShapes collects the type parameters of a function.
type goShapes struct{ params []string }

// with adds a type parameter with a constraint, and returns its name.
func (s *goShapes) with(constraint string) string {
	name := fmt.Sprintf("T%d", len(s.params))
	s.params = append(s.params, name+" "+constraint)
	return name
}

// of adds what accepts all types of the structure of t.
func (s *goShapes) of(t signature.Type) string {
	switch t.Kind {
	case signature.Array:
		return s.with("~[]" + s.of(*t.Elem))
	case signature.Map:
		return s.with("~map[" + s.with("~string") + "]" + s.of(*t.Elem))
	case signature.Task:
		return s.with("~func(context.Context) (" + s.of(*t.Elem) + ", error)")
	case signature.Fetch:
		return s.with("~func(context.Context, " + s.with("~string") + ") (" + s.of(*t.Elem) + ", error)")
	case signature.Optional:
		if t.Elem.Kind == signature.Array || t.Elem.Kind == signature.Map {
			return s.of(*t.Elem)
		}
		return s.with("~*" + s.of(*t.Elem))
	default:
		return s.with("~" + goType(t, true))
	}
}

// goFitted is an expression for a function of the solution as the driver calls
// it.
func (h *Harness) goFitted(n int, named map[string]bool, function string) string {
	if named[h.sig.Calls[n].Name] {
		return fmt.Sprintf("fit%d(%s)", n, function)
	}
	return function
}
