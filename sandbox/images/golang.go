package images

// GoCompile is how sources are compiled in a go-build box: the files, named
// as the user named them, lie in the working directory /box/src. Panics of
// the program name them without a path.
//
// -complete refuses functions without a body, whose code could only come from
// assembly; the importcfg has public packages only.
func GoCompile(object string, files []string) (argv, env []string) {
	argv = []string{
		goDir + "/compile", "-o", object, "-p", "main", "-complete", "-pack",
		"-importcfg", goImports, "-trimpath", goSources,
		// One CPU is all there is, and debug information is never linked.
		"-c=1", "-dwarf=false", "-buildid=",
	}
	return append(argv, files...), goToolEnv()
}

// GoLink is how an object is linked into a static executable.
func GoLink(executable, object string) (argv, env []string) {
	return []string{
		goDir + "/link", "-o", executable, "-importcfg", goLinkImports,
		"-buildmode=exe", "-s", "-w", "-buildid=", object,
	}, goToolEnv()
}

// goSources is where the sources of a build lie.
const goSources = "/box/src"

// goToolEnv lets the tools collect garbage only when they near the memory of
// their box: they are short.
func goToolEnv() []string {
	return []string{"GOGC=off", "GOMEMLIMIT=768MiB", "GOMAXPROCS=1"}
}
