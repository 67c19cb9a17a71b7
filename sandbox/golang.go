package sandbox

import (
	"bytes"
	"context"
	"debug/elf"
	"fmt"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
	"github.com/docketjudge/docket/sandbox/wire"
)

var golang = &language{compiler: goBuild, runtime: goRun, build: buildGo, lay: layGo, command: commandGo}

var (
	goBuild = &role{
		name: images.GoBuild, command: []string{runner},
		memory: 1 * judge.GiB, headroom: 32 * judge.MiB, pids: 128,
		work: 256 * judge.MiB, inodes: 4096,
	}
	goRun = &role{
		name: images.GoRun, command: []string{runner},
		memory: judge.DefaultMemory, headroom: 32 * judge.MiB, pids: runPids,
		work: 64 * judge.MiB, inodes: 8192, named: true,
	}
)

// Where a Go build happens in its box.
const (
	goSrc    = "/box/src"
	goDriver = "/box/driver"
	goLinked = "/work/a"
)

// goBinary is the artifact in a run box.
const goBinary = "/box/main"

func layGo(b *box, a judge.Artifact) error { return b.put(goBinary, a.Data, true) }

func commandGo(e *wire.Exec, _ judge.Artifact, r judge.Run, l judge.Limits) {
	e.Argv = append([]string{goBinary}, r.Args...)
	// The collector works harder before the program meets its limit, as it
	// would on a host of that size.
	e.Env = append(e.Env, fmt.Sprintf("GOMEMLIMIT=%d", l.Memory-l.Memory/10))
}

// buildGo compiles and links without the go command: the compiler sees the
// user's files and the public packages of the standard library, and there is
// no step that could fetch a module, run a generator or call a C compiler.
func buildGo(ctx context.Context, s *slot, src judge.Source, _ string) (judge.Build, error) {
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
		if why, ok := asRefusal(err); ok {
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
