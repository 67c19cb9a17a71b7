package images

import "strings"

// GoPackage is one run of the compiler in a go-build box.
type GoPackage struct {
	// Path is the import path; that of a program is "main".
	Path string
	// Dir is the working directory, where the files lie. Panics of the program
	// name them without it.
	Dir string
	// Driver lets the package import the other packages of a driver, and the
	// solution, beside the standard library.
	Driver bool
	// Settings are those of GODEBUG that a program starts with, unless its
	// environment has others: "panicnil=1,zipinsecurepath=0".
	Settings string
}

// GoSolution is the import path of the solution of a function problem.
const GoSolution = "solution"

// GoStack is the import path of a package that a program without a driver is
// given: it bounds the stack. See package sandbox.
const GoStack = "docket/stack"

// goDriverPackages are the import paths that a driver may have.
var goDriverPackages = []string{"docket/stdio", "docket/driver", "docket/sim"}

// Object is where the compiler puts the package.
func (p GoPackage) Object() string {
	return "/work/" + strings.ReplaceAll(p.Path, "/", "-") + ".a"
}

// Archive is where a package of a driver is looked for. It is put there by the
// worker, since those packages are compiled once for many builds.
func (p GoPackage) Archive() string {
	return "/box/lib/" + strings.ReplaceAll(p.Path, "/", "-") + ".a"
}

// GoCompile is how a package is compiled in a go-build box. The files are
// named as they are in the package's directory.
//
// -complete refuses functions without a body, whose code could only come from
// assembly; the importcfg has public packages only.
func GoCompile(p GoPackage, files []string) (argv, env []string) {
	imports := goImports
	if p.Driver {
		imports = goDriverImports
	}
	argv = []string{
		goDir + "/compile", "-o", p.Object(), "-p", p.Path, "-complete", "-pack",
		"-importcfg", imports, "-trimpath", p.Dir,
		// One CPU is all there is, and debug information is never linked.
		"-c=1", "-dwarf=false", "-buildid=",
	}
	return append(argv, files...), goToolEnv()
}

// GoLink is how a program is linked into a static executable. One that has a
// driver may refer to parts of the runtime that are not public: the driver of
// concurrency problems does.
func GoLink(executable string, p GoPackage) (argv, env []string) {
	argv = []string{
		goDir + "/link", "-o", executable, "-importcfg", goLinkImports,
		"-buildmode=exe", "-s", "-w", "-buildid=",
	}
	if p.Driver {
		argv = append(argv, "-checklinkname=0")
	}
	if p.Settings != "" {
		argv = append(argv, "-X=runtime.godebugDefault="+p.Settings)
	}
	return append(argv, p.Object()), goToolEnv()
}

// goToolEnv lets the tools collect garbage only when they near the memory of
// their box: they are short.
func goToolEnv() []string {
	return []string{"GOGC=off", "GOMEMLIMIT=768MiB", "GOMAXPROCS=1"}
}
