package mutate

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// goEdits lists the changes of a Go file.
func goEdits(text string) ([]edit, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	g := &goFile{fset: fset, text: text}
	for _, d := range file.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			continue
		}
		ast.PreorderStack(d, nil, g.visit)
	}
	return g.edits, nil
}

type goFile struct {
	fset  *token.FileSet
	text  string
	edits []edit
}

func (g *goFile) at(p token.Pos) int { return g.fset.Position(p).Offset }

func (g *goFile) source(n ast.Node) string { return g.text[g.at(n.Pos()):g.at(n.End())] }

func (g *goFile) add(from, to token.Pos, text string, op Operator) {
	g.edits = append(g.edits, edit{g.at(from), g.at(to), text, op})
}

// replace makes another expression of n.
func (g *goFile) replace(n ast.Node, text string, op Operator) { g.add(n.Pos(), n.End(), text, op) }

// operator makes the changes of an operator that stands at p.
func (g *goFile) operator(p token.Pos, op string, length bool) {
	for _, c := range changes[op] {
		if !length || !grows(op) {
			g.add(p, p+token.Pos(len(op)), c.to, c.kind)
		}
	}
}

// visit makes the changes of one node, and returns false where there are none
// below it.
func (g *goFile) visit(n ast.Node, stack []ast.Node) bool {
	use := useOf(n, stack)
	if use == hint {
		return false
	}
	switch n := n.(type) {
	case *ast.ImportSpec, *ast.StructType, *ast.InterfaceType:
		return false
	case *ast.BasicLit:
		if n.Kind == token.INT || n.Kind == token.FLOAT {
			for _, other := range lengths(wiggle(n.Value), use) {
				g.replace(n, other, Constant)
			}
		}
	case *ast.Ident:
		if other := opposite(n.Name); other != "" {
			g.replace(n, other, Constant)
		}
	case *ast.BinaryExpr:
		g.operator(n.OpPos, n.Op.String(), use == length)
		if n.Op == token.LAND || n.Op == token.LOR {
			g.negate(n.X)
			g.negate(n.Y)
		}
	case *ast.UnaryExpr:
		if n.Op == token.NOT || n.Op == token.SUB {
			g.add(n.OpPos, n.X.Pos(), "", Negation)
		}
	case *ast.IncDecStmt:
		g.operator(n.TokPos, n.Tok.String(), false)
	case *ast.AssignStmt:
		g.operator(n.TokPos, n.Tok.String(), false)
	case *ast.IfStmt:
		g.negate(n.Cond)
	case *ast.ForStmt:
		if n.Cond != nil {
			g.negate(n.Cond)
		}
	case *ast.BranchStmt:
		g.jump(n)
	case *ast.ReturnStmt:
		g.results(n, stack)
	case *ast.BlockStmt:
		g.drop(n.List)
	case *ast.CaseClause:
		g.drop(n.Body)
		if s, ok := stack[len(stack)-2].(*ast.SwitchStmt); ok && s.Tag == nil {
			for _, cond := range n.List {
				g.negate(cond)
			}
		}
	case *ast.CommClause:
		g.drop(n.Body)
	}
	return true
}

// use is what a number in some place is good for.
type use int

const (
	value  use = iota
	length     // too much of it does no harm
	hint       // any of it will do
)

// useOf tells the use of an expression by the nearest of the nodes around it
// that decides it.
func useOf(n ast.Node, stack []ast.Node) use {
	for _, parent := range slices.Backward(stack) {
		switch p := parent.(type) {
		case *ast.CallExpr:
			for i, arg := range p.Args {
				if arg.Pos() <= n.Pos() && n.End() <= arg.End() {
					if u := argumentUse(p, i); u != value {
						return u
					}
				}
			}
		case *ast.ArrayType:
			if p.Len != nil && p.Len.Pos() <= n.Pos() && n.End() <= p.Len.End() {
				return length
			}
		case ast.Stmt, ast.Decl, *ast.FuncLit:
			return value
		}
	}
	return value
}

// argumentUse tells what a call does with an argument.
func argumentUse(call *ast.CallExpr, i int) use {
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		if fun.Name == "panic" {
			return hint // the words of a message
		}
		if fun.Name != "make" || i == 0 {
			return value
		}
		switch call.Args[0].(type) {
		case *ast.MapType:
			return hint
		case *ast.ChanType:
			return value // how many sends do not wait can be seen
		}
		if i == 1 {
			return length
		}
		return hint
	case *ast.SelectorExpr:
		switch fun.Sel.Name {
		case "Grow":
			return hint
		case "NewReaderSize", "NewWriterSize", "Buffer":
			if i > 0 {
				return hint
			}
		}
	}
	return value
}

// lengths keeps of the numbers around a literal those that make a difference.
func lengths(around []string, u use) []string {
	if u == length && len(around) == 2 {
		return around[:1]
	}
	return around
}

// negate negates a condition that is neither a comparison, which has changes
// of its own, nor made of other conditions.
func (g *goFile) negate(cond ast.Expr) {
	switch c := cond.(type) {
	case *ast.BinaryExpr, *ast.BasicLit:
		return
	case *ast.UnaryExpr:
		if c.Op == token.NOT {
			return
		}
	case *ast.Ident:
		if opposite(c.Name) != "" {
			return
		}
	case *ast.ParenExpr:
		g.negate(c.X)
		return
	}
	g.replace(cond, "!("+g.source(cond)+")", Negation)
}

func (g *goFile) jump(n *ast.BranchStmt) {
	other := map[token.Token]string{token.BREAK: "continue", token.CONTINUE: "break"}[n.Tok]
	if other != "" {
		g.add(n.TokPos, n.TokPos+token.Pos(len(n.Tok.String())), other, Jump)
	}
}

// drop takes out each of the statements of a list that only do something.
func (g *goFile) drop(list []ast.Stmt) {
	for _, s := range list {
		if droppable(s) {
			g.replace(s, hollow(g.source(s)), Statement)
		}
	}
}

func droppable(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return true // a receive
		}
		fun, ok := call.Fun.(*ast.Ident)
		return !ok || fun.Name != "panic"
	case *ast.AssignStmt:
		return s.Tok != token.DEFINE && !slices.ContainsFunc(s.Lhs, isBlank)
	case *ast.ReturnStmt:
		return len(s.Results) == 0
	case *ast.IncDecStmt, *ast.SendStmt, *ast.DeferStmt, *ast.GoStmt:
		return true
	}
	return false
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// results changes what a return statement hands back, as far as the declared
// type tells of another value.
func (g *goFile) results(n *ast.ReturnStmt, stack []ast.Node) {
	types := resultTypes(stack)
	if len(types) != len(n.Results) {
		return
	}
	for i, x := range n.Results {
		if other := g.other(x, types[i]); other != "" {
			g.replace(x, other, Result)
		}
	}
}

// resultTypes are the types of the results of the innermost function.
func resultTypes(stack []ast.Node) []ast.Expr {
	var typ *ast.FuncType
	for _, n := range slices.Backward(stack) {
		switch n := n.(type) {
		case *ast.FuncLit:
			typ = n.Type
		case *ast.FuncDecl:
			typ = n.Type
		}
		if typ != nil {
			break
		}
	}
	if typ == nil || typ.Results == nil {
		return nil
	}
	var out []ast.Expr
	for _, f := range typ.Results.List {
		for range max(len(f.Names), 1) {
			out = append(out, f.Type)
		}
	}
	return out
}

// other is an expression of a type that differs from x, or "".
func (g *goFile) other(x, typ ast.Expr) string {
	switch x := x.(type) {
	case *ast.BasicLit:
		if x.Kind == token.INT || x.Kind == token.FLOAT || strings.Trim(x.Value, "\"`") == "" {
			return ""
		}
	case *ast.UnaryExpr:
		if _, literal := x.X.(*ast.BasicLit); literal || x.Op == token.NOT {
			return ""
		}
	case *ast.BinaryExpr:
		if isComparison(x.Op.String()) || x.Op == token.LAND || x.Op == token.LOR {
			return ""
		}
	case *ast.Ident:
		if x.Name == "nil" || opposite(x.Name) != "" {
			return ""
		}
	}
	switch t := typ.(type) {
	case *ast.Ident:
		switch t.Name {
		case "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64",
			"byte", "rune", "float32", "float64":
			return "(" + g.source(x) + ") + 1"
		case "bool":
			return "!(" + g.source(x) + ")"
		case "string":
			return `""`
		case "any":
			return "nil"
		}
	case *ast.ArrayType:
		if t.Len == nil {
			return "nil"
		}
	case *ast.StarExpr, *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.InterfaceType:
		return "nil"
	}
	return ""
}
