package harness

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// ErrNotAlone is why a concurrency problem has no programs that stand alone:
// their callables are supplied by the worker.
var ErrNotAlone = errors.New("the callables of a concurrency problem are supplied by a worker of Docket, which other judges do not have")

// Standalone makes a program of a solution that needs nothing of Docket: it
// reads a test from standard input and prints results, as any judge has it. It
// is one process also where Docket runs a test in several, see package passes: other
// judges do not find out what a class with tokens keeps outside of them.
func (h *Harness) Standalone(lang judge.Language, files []judge.File) ([]judge.File, error) {
	if h.sig.Concurrent() {
		return nil, ErrNotAlone
	}
	src, err := h.Source(lang, files)
	if err != nil {
		return nil, err
	}
	switch lang {
	case judge.Go:
		return flatGo(src)
	case judge.Python:
		out := append([]judge.File(nil), src.Files...)
		return append(out, judge.File{Name: "__main__.py", Content: src.Driver[0].Content}), nil
	default:
		return append(append([]judge.File(nil), src.Files...), src.Driver...), nil
	}
}

// flatGo puts the packages of a Go program into one, package main, which is
// what other judges compile. Names of the driver get a prefix, so that they do
// not meet those of the solution; the names of its files sort before most
// others, so that prints of a solution's init functions stay apart here too.
func flatGo(src judge.Source) ([]judge.File, error) {
	var out []judge.File
	for _, f := range src.Files {
		text, err := flatten(f.Content, false)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		name := f.Name
		if name == "main.go" {
			name = "solution.go"
		}
		out = append(out, judge.File{Name: name, Content: text})
	}
	for i, f := range src.Driver {
		text, err := flatten(f.Content, true)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		out = append(out, judge.File{Name: fmt.Sprintf("docket%d.go", i), Content: text})
	}
	return out, nil
}

// flatten makes a file one of package main. Of the driver, every name that is
// its own is prefixed: those declared at the top, and those that it takes from
// its other packages.
func flatten(text string, driver bool) (string, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	file.Name.Name = "main"
	if driver {
		own := driverNames(file)
		dropImports(file)
		rename(file, own)
	}
	var b bytes.Buffer
	if err := format.Node(&b, set, file); err != nil {
		return "", err
	}
	return b.String(), nil
}

// prefixed keeps apart what differs in case alone.
func prefixed(name string) string {
	if ast.IsExported(name) {
		return "docket" + name
	}
	return "docketOwn" + strings.ToUpper(name[:1]) + name[1:]
}

// driverNames are the names that the driver declares at the top of any of its
// files. They are the same for every file, so that all agree.
func driverNames(file *ast.File) map[string]bool {
	names := map[string]bool{}
	add := func(f *ast.File) {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.Name != "main" && d.Name.Name != "init" {
					names[d.Name.Name] = true
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						names[s.Name.Name] = true
					case *ast.ValueSpec:
						for _, n := range s.Names {
							names[n.Name] = true
						}
					}
				}
			}
		}
	}
	add(file)
	for _, p := range goPackages {
		if strings.Contains(p.to, "/sim/") {
			continue
		}
		if f, err := parser.ParseFile(token.NewFileSet(), "", embedded(goFiles, p.from), parser.SkipObjectResolution); err == nil {
			add(f)
		}
	}
	return names
}

// dropImports removes what is in the same package now.
func dropImports(file *ast.File) {
	gone := func(path string) bool {
		return strings.HasPrefix(path, `"docket/`) || path == `"solution"`
	}
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			var kept []ast.Spec
			for _, s := range g.Specs {
				if i, ok := s.(*ast.ImportSpec); !ok || !gone(i.Path.Value) {
					kept = append(kept, s)
				}
			}
			g.Specs = kept
		}
	}
	var decls []ast.Decl
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT && len(g.Specs) == 0 {
			continue
		}
		decls = append(decls, d)
	}
	file.Decls = decls
}

// rename prefixes the driver's names and resolves what it takes from packages
// that are the same package now. Fields and methods keep their names.
func rename(file *ast.File, own map[string]bool) {
	kept := map[*ast.Ident]bool{}
	replace := func(e ast.Expr) ast.Expr {
		s, ok := e.(*ast.SelectorExpr)
		if !ok {
			return e
		}
		if x, ok := s.X.(*ast.Ident); ok {
			switch x.Name {
			case "driver", "stdio":
				n := &ast.Ident{NamePos: s.Pos(), Name: prefixed(s.Sel.Name)}
				kept[n] = true
				return n
			case "solution":
				n := &ast.Ident{NamePos: s.Pos(), Name: s.Sel.Name}
				kept[n] = true
				return n
			}
		}
		kept[s.Sel] = true
		return e
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv != nil {
				kept[n.Name] = true
			}
		case *ast.Field:
			n.Type = replace(n.Type)
		case *ast.InterfaceType:
			for _, m := range n.Methods.List {
				for _, name := range m.Names {
					kept[name] = true
				}
			}
		case *ast.StarExpr:
			n.X = replace(n.X)
		case *ast.ArrayType:
			n.Elt = replace(n.Elt)
		case *ast.MapType:
			n.Value = replace(n.Value)
		case *ast.CallExpr:
			n.Fun = replace(n.Fun)
			for i := range n.Args {
				n.Args[i] = replace(n.Args[i])
			}
		case *ast.ValueSpec:
			if n.Type != nil {
				n.Type = replace(n.Type)
			}
			for i := range n.Values {
				n.Values[i] = replace(n.Values[i])
			}
		case *ast.AssignStmt:
			for i := range n.Lhs {
				n.Lhs[i] = replace(n.Lhs[i])
			}
			for i := range n.Rhs {
				n.Rhs[i] = replace(n.Rhs[i])
			}
		case *ast.CompositeLit:
			if n.Type != nil {
				n.Type = replace(n.Type)
			}
		case *ast.UnaryExpr:
			n.X = replace(n.X)
		case *ast.SelectorExpr:
			kept[n.Sel] = true
		}
		return true
	})
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && own[id.Name] && !kept[id] {
			id.Name = prefixed(id.Name)
		}
		return true
	})
}
