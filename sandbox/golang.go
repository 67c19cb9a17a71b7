package sandbox

import (
	"bytes"
	"context"
	"debug/elf"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
)

// Where a Go build happens in its box.
const (
	goSrc    = "/box/src"
	goDriver = "/box/driver"
	goLinked = "/work/a"
)

// buildGo compiles and links without the go command: the compiler sees the
// user's files and the public packages of the standard library, and there is
// no step that could fetch a module, run a generator or call a C compiler.
func (s *slot) buildGo(ctx context.Context, src judge.Source) (judge.Build, error) {
	b, err := s.take(ctx, goBuild)
	if err != nil {
		return judge.Build{}, err
	}
	defer s.give(b)
	settings, wrong, err := s.docker.goSettings(src)
	if wrong != "" || err != nil {
		return judge.Build{Output: wrong}, err
	}
	program := images.GoPackage{Path: "main", Dir: goSrc, Settings: settings}
	var said string
	if len(src.Driver) > 0 {
		program = images.GoPackage{Path: "main", Dir: goDriver, Driver: true}
		failed, ok, err := s.compileGoDriver(ctx, b, program, src)
		if !ok || err != nil {
			return failed, err
		}
	} else {
		bound, err := s.boundGoStack(ctx, b, src.Files)
		if err != nil {
			return judge.Build{}, err
		}
		r, out, err := b.compileGo(ctx, program, src.Files, bound)
		if err != nil || r.ExitCode != 0 || toolFate(r) != "" {
			return failedBuild(r, goWords(out)), err
		}
		said = out
	}
	argv, env := images.GoLink(goLinked, program)
	r, out, err := b.tool(ctx, argv, env, program.Dir)
	if err != nil || r.ExitCode != 0 || toolFate(r) != "" {
		return failedBuild(r, goWords(out)), err
	}
	data, err := b.get(goLinked, maxArtifact)
	if err != nil {
		if why, ok := isRefused(err); ok {
			return judge.Build{Output: "the executable cannot be used: " + why.reason}, nil
		}
		return judge.Build{}, err
	}
	if dynamic(data) {
		return judge.Build{Output: "the executable cannot be used: a //go:cgo_ directive makes it need a dynamic linker"}, nil
	}
	return judge.Build{OK: true, Output: goWords(said + out), Artifact: judge.Artifact{Data: data}}, nil
}

// dynamic reports whether an executable needs a dynamic linker, which no box
// has. The compiler leaves one directive that asks for it to all programs.
func dynamic(executable []byte) bool {
	f, err := elf.NewFile(bytes.NewReader(executable))
	if err != nil {
		return true // the linker writes nothing like that
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			return true
		}
	}
	return false
}

// noImport begins what the compiler says of an import that it has no file for.
const noImport = "could not import "

// goWords tidies what the Go tools say: the user's own file names, no paths
// of the box.
func goWords(s string) string {
	s = strings.ReplaceAll(s, goSrc+"/", "")
	var lines []string
	for line := range strings.Lines(s) {
		line = strings.TrimPrefix(line, "./")
		line = strings.Replace(line, "/work/main.a: not package main", "the sources are not of package main", 1)
		// The linker prefixes its words with its own path.
		if _, rest, ok := strings.Cut(line, "/link: "); ok {
			line = rest
		}
		if before, name, ok := strings.Cut(line, noImport); ok {
			// The compiler looked for a file, of which the user knows nothing.
			name, _, _ = strings.Cut(name, " (open")
			line = before + "package " + name + " cannot be imported: only the public packages of the standard library can be\n"
		}
		lines = append(lines, line)
	}
	return capWords(strings.TrimSpace(strings.Join(lines, "")))
}
