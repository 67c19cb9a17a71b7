package sandboxtest

import (
	"fmt"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// goMain is a program with something before its empty main function.
func goMain(before string) string { return "package main\n\n" + before + "\n\nfunc main() {}\n" }

// explodingGenerics instantiates a function with types that double in size
// with each step.
func explodingGenerics(n int) string {
	var b strings.Builder
	b.WriteString("package main\n\ntype P[A, B any] struct {\n\ta A\n\tb B\n}\n\nfunc f0[T any](t T) int { return 1 }\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "func f%d[T any](t T) int { return f%d(P[T, T]{}) + f%d(P[*T, T]{}) }\n", i, i-1, i-1)
	}
	fmt.Fprintf(&b, "func main() { println(f%d(1)) }\n", n)
	return b.String()
}

// goBuildAttacks are hostile to the Go compiler, or try to reach beyond it.
func goBuildAttacks() []attack {
	list := []attack{
		compiles("flood", judge.Go, "package main\n\nfunc main() {\n"+lines(12000, "\tundefined%d()")+"}\n", rejected("undefined: undefined0")),
		compiles("generics", judge.Go, explodingGenerics(16), whicheverBuild),
		compiles("endless-generics", judge.Go, "package main\n\ntype T[A any] struct{}\n\nfunc f[A any](n int) {\n\tif n > 0 {\n\t\tf[T[A]](n - 1)\n\t}\n}\n\nfunc main() { f[int](3) }\n", rejected("main.go")),
		compiles("huge-array", judge.Go, "package main\n\nvar a = [1 << 30]int{1<<30 - 1: 1}\n\nfunc main() { println(a[0]) }\n", whicheverBuild),
		compiles("huge-array-used", judge.Go, "package main\n\nfunc main() {\n\ta := [1 << 31]int{1<<30 - 1: 1}\n\tprintln(a[5])\n}\n", whicheverBuild),
		compiles("huge-zero-array", judge.Go, "package main\n\nvar a [1 << 36]byte\n\nfunc main() { a[5] = 1 }\n", whicheverBuild),
		compiles("doubling-constant", judge.Go, "package main\n\nconst c0 = \"0123456789abcdef\"\n"+doubling(26)+"\nfunc main() { println(len(c26)) }\n", whicheverBuild),
		compiles("big-literal", judge.Go, "package main\n\nvar a = []int{\n"+lines(30000, "\t%d,")+"}\n\nfunc main() { println(len(a)) }\n", builds),
		compiles("big-map-literal", judge.Go, "package main\n\nvar a = map[int]string{\n"+lines(10000, "\t%d: \"x\",")+"}\n\nfunc main() { println(len(a)) }\n", builds),
		compiles("nested-parentheses", judge.Go, "package main\n\nfunc main() { println("+nested(100000, "(", "1", ")")+") }\n", whicheverBuild),
		compiles("nested-blocks", judge.Go, "package main\n\nfunc main() { "+nested(10000, "{", "", "}")+" }\n", whicheverBuild),
		compiles("nested-closures", judge.Go, "package main\n\nfunc main() { "+nested(1000, "func() { ", "", " }()")+" }\n", whicheverBuild),
		compiles("long-sum", judge.Go, "package main\n\nvar x = 1\n\nfunc main() { println(x"+strings.Repeat(" + x", 2000)+") }\n", whicheverBuild),
		compiles("huge-shift", judge.Go, goMain("const c = 1 << 100000000\nvar x = c >> 99999999"), whicheverBuild),
		compiles("null-byte", judge.Go, goMain("var s = \"a\x00b\""), rejected("main.go:3")),
		compiles("not-utf-8", judge.Go, goMain("var s = \"\xff\""), rejected("main.go:3")),
		compiles("byte-order-mark", judge.Go, "\ufeff"+goMain(""), builds),
		compiles("empty", judge.Go, "", rejected("main.go:1")),
		compiles("no-main", judge.Go, "package main\n", rejected("main")),
		compiles("another-package", judge.Go, "package solution\n\nfunc main() {}\n", rejected("not of package main")),
		compiles("line-directive", judge.Go, "package main\n\n//line /docket/runner:7\nvar x = y\n\nfunc main() {}\n", verdictIs(judge.CE)),
		compiles("unsafe", judge.Go, goProgram("fmt unsafe", "\tfmt.Println(unsafe.Sizeof(0))"), prints("8\n")),
		compilesFiles("two-packages", judge.Go, rejected("b.go"), "a.go", "package main\n\nfunc main() {}\n", "b.go", "package other\n"),
		compilesFiles("two-files", judge.Go, prints("3\n"), "a.go", "package main\n\nfunc main() { print3() }\n", "b.go", "package main\n\nimport \"fmt\"\n\nfunc print3() { fmt.Println(3) }\n"),
		compilesFiles("two-mains", judge.Go, rejected("main redeclared"), "a.go", "package main\n\nfunc main() {}\n", "b.go", "package main\n\nfunc main() {}\n"),
	}
	for name, c := range map[string]struct {
		source string
		want   check
	}{
		"c":                {goMain("import \"C\""), rejected("main.go:3", "cannot be imported")},
		"embed":            {goMain("import _ \"embed\"\n\n//go:embed main.go\nvar s string"), rejected("main.go:3")},
		"embed-bare":       {goMain("//go:embed /etc/passwd\nvar s string"), rejected("main.go:3")},
		"linkname":         {"package main\n\nimport _ \"unsafe\"\n\n//go:linkname schedinit runtime.schedinit\nfunc schedinit()\n\nfunc main() { schedinit() }\n", rejected("schedinit")},
		"linkname-var":     {"package main\n\nimport _ \"unsafe\"\n\n//go:linkname allgs runtime.allgs\nvar allgs []uintptr\n\nfunc main() { println(len(allgs)) }\n", rejected("allgs")},
		"assembly":         {goMain("func f() int\n\nvar _ = f()"), rejected("main.go:3", "missing function body")},
		"internal":         {goMain("import _ \"internal/abi\""), rejected("internal/abi")},
		"runtime-cgo":      {goMain("import _ \"runtime/cgo\""), rejected("runtime/cgo")},
		"plugin":           {goMain("import _ \"plugin\""), rejected("plugin")},
		"module":           {goMain("import _ \"example.com/module\""), rejected("main.go:3", "only the public packages")},
		"relative-import":  {goMain("import _ \"../other\""), rejected("main.go:3")},
		"absolute-import":  {goMain("import _ \"/etc\""), rejected("main.go:3")},
		"import-main":      {goMain("import _ \"main\""), rejected("main.go:3")},
		"cgo-ldflag":       {goMain("//go:cgo_ldflag \"-fplugin=x\""), rejected("main.go:3")},
		"cgo-dynimport":    {goMain("//go:cgo_import_dynamic x x \"libc.so.6\""), rejected("dynamic linker")},
		"build-constraint": {"//go:build ignore\n\n" + goMain(""), whicheverBuild},
		"generate":         {goMain("//go:generate touch /tmp/x"), builds},
		"systemstack":      {goMain("//go:systemstack\nfunc f() {}"), rejected("main.go")},
	} {
		list = append(list, compiles("reach-"+name, judge.Go, c.source, c.want))
	}
	return list
}

// doubling is a chain of constants, each twice as long as the one before.
func doubling(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "const c%d = c%d + c%d\n", i+1, i, i)
	}
	return b.String()
}
