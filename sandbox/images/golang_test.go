//go:build !quick

package images

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// compileGo compiles and links sources the way a worker does.
func compileGo(t *testing.T, sources map[string]string) (compiled outcome, executable string) {
	t.Helper()
	files := map[string]string{}
	for name, content := range sources {
		files["/box/src/"+name] = content
	}
	main := GoPackage{Path: "main", Dir: "/box/src"}
	argv, env := GoCompile(main, slices.Sorted(maps.Keys(sources)))
	compiled = try{image: GoBuild, argv: argv, env: env, dir: main.Dir, files: files}.run(t)
	if compiled.code != 0 {
		return compiled, ""
	}
	argv, env = GoLink("/work/a", main)
	linked := try{image: GoBuild, argv: argv, env: env, files: map[string]string{main.Object(): compiled.read(t, main.Object())}}.run(t)
	if linked.code != 0 {
		return linked, ""
	}
	return compiled, linked.read(t, "/work/a")
}

func TestGoProgramOfTwoFilesRuns(t *testing.T) {
	_, exe := compileGo(t, map[string]string{
		"main.go": `package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"time"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	var a, b int
	fmt.Fscan(in, &a, &b)
	s := []int{b, a}
	sort.Ints(s)
	zone, err := time.LoadLocation("Europe/Paris")
	fmt.Println(Sum(s), zone, err)
	if a == 7 {
		panic("seven")
	}
}
`,
		"sum.go": `package main

import ("slices"; "unsafe")

func Sum(s []int) (n int) {
	for v := range slices.Values(s) {
		n += v
	}
	return n + int(unsafe.Sizeof(n)) - 8
}
`,
	})
	r := try{image: GoRun, argv: []string{"/box/a"}, files: map[string]string{"/box/a": exe}, stdin: "40 2\n"}
	if o := r.run(t).ok(t); o.stdout != "42 Europe/Paris <nil>\n" {
		t.Errorf("got %q", o.stdout)
	}
	r.stdin = "7 2\n"
	o := r.run(t)
	if o.code != 2 || !strings.Contains(o.stderr, "panic: seven") || !strings.Contains(o.stderr, "\tmain.go:20") {
		t.Errorf("a panic: exit code %d, %q", o.code, o.stderr)
	}
	if strings.Contains(o.stderr, "/box/src") || strings.Contains(o.stderr, "/usr/local") {
		t.Errorf("the panic tells paths of the build: %s", o.stderr)
	}
}

func TestGoReachesNothingButPublicPackages(t *testing.T) {
	program := func(imports, rest string) string {
		return "package main\n" + imports + "\n" + rest + "\nfunc main() {}\n"
	}
	for name, c := range map[string]struct{ source, want string }{
		"C":                {program(`import "C"`, ""), `could not import C`},
		"embed":            {program(`import _ "embed"`, "//go:embed main.go\nvar s string"), "could not import embed"},
		"directive alone":  {program("", "//go:embed main.go\nvar s string"), "go:embed requires import"},
		"internal":         {program(`import "internal/abi"`, "var _ abi.Kind"), "could not import internal/abi"},
		"nested internal":  {program(`import _ "net/http/internal"`, ""), "could not import net/http/internal"},
		"vendored":         {program(`import _ "golang.org/x/net/dns/dnsmessage"`, ""), "could not import golang.org"},
		"plugin":           {program(`import _ "plugin"`, ""), "could not import plugin"},
		"runtime/cgo":      {program(`import _ "runtime/cgo"`, ""), "could not import runtime/cgo"},
		"runtime/race":     {program(`import _ "runtime/race"`, ""), "could not import runtime/race"},
		"module":           {program(`import _ "example.com/m"`, ""), "could not import example.com/m"},
		"relative":         {program(`import _ "./sub"`, ""), "could not import"},
		"absolute":         {program(`import _ "/docket/go/pkg/fmt"`, ""), "import path cannot be absolute"},
		"assembly":         {program("", "func f()\nvar _ = f"), "missing function body"},
		"cgo directive":    {program("", "//go:cgo_ldflag \"-lc\""), "only allowed in cgo-generated code"},
		"type error":       {program("", "var x int = \"s\""), "main.go:3:13: cannot use \"s\""},
		"no main function": {"package main\n", "function main is undeclared in the main package"},
		"other package":    {"package solution\nfunc F() {}\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o, exe := compileGo(t, map[string]string{"main.go": c.source})
			if exe != "" {
				t.Fatal("it was built")
			}
			said := o.stdout + o.stderr
			if o.code == 0 || !strings.Contains(said, c.want) {
				t.Errorf("exit code %d, %q; want it to say %q", o.code, said, c.want)
			}
			if strings.Contains(said, "/box/src") {
				t.Errorf("it tells a path of the box: %q", said)
			}
		})
	}
}

// Every public package can be imported: the archives fit together.
func TestGoWholeStandardLibraryLinks(t *testing.T) {
	out, err := goCommand(t.Context(), "list", "std")
	must(t, err)
	var b strings.Builder
	b.WriteString("package main\n")
	n := 0
	for p := range strings.FieldsSeq(out) {
		if public(p) {
			b.WriteString("import _ \"" + p + "\"\n")
			n++
		}
	}
	b.WriteString("func main() { println(\"linked\") }\n")
	if n < 150 {
		t.Fatalf("only %d packages", n)
	}
	o, exe := compileGo(t, map[string]string{"main.go": b.String()})
	if exe == "" {
		t.Fatal(o.stdout, o.stderr)
	}
	if o := (try{image: GoRun, argv: []string{"/box/a"}, files: map[string]string{"/box/a": exe}}).run(t).ok(t); o.stderr != "linked\n" {
		t.Errorf("got %q", o.stderr)
	}
}
