package sandbox

import (
	"bytes"
	"context"
	"path"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
	"github.com/docketjudge/docket/sandbox/wire"
)

// python has no compiler: its run box checks the syntax.
var python = &language{runtime: pythonRun, build: buildPython, lay: layPython, command: commandPython, fate: fatePython}

var pythonRun = &role{
	name: images.Python, command: append([]string{runner, "--helper", "zygote", "--"}, images.Zygote()...),
	memory: judge.DefaultMemory, headroom: 48 * judge.MiB, pids: runPids,
	work: 64 * judge.MiB, inodes: 8192, named: true,
}

// pythonSpace is how much memory a Python program may reserve. What it touches
// is charged, as in the other languages; a program that asks for more than any
// could use meets MemoryError on every host.
const pythonSpace = 64 * judge.GiB

func layPython(b *box, a judge.Artifact) error { return b.putSources("/box", a.Files) }

func commandPython(e *wire.Exec, a judge.Artifact, r judge.Run, _ judge.Limits) {
	e.Mode = wire.Fork
	e.Argv = append([]string{path.Join("/box", a.Entry)}, r.Args...)
	e.AddressSpace = uint64(pythonSpace)
}

// fatePython makes a traceback name the files as their author does.
func fatePython(r *judge.Result, _ judge.Limits) {
	r.Stderr = bytes.ReplaceAll(r.Stderr, []byte(`File "/box/`), []byte(`File "`))
}

// buildPython compiles the sources in the run box, so that a syntax error is
// a compile error, and keeps the box for the run that follows.
func buildPython(ctx context.Context, s *slot, src judge.Source, key string) (judge.Build, error) {
	b, err := s.take(ctx, pythonRun)
	if err != nil {
		return judge.Build{}, err
	}
	files := allSources(src)
	r, err := b.check(ctx, files)
	if err != nil {
		s.give(b)
		return judge.Build{}, err
	}
	if r.ExitCode != 0 || toolFate(r) != "" {
		s.give(b)
		return failedBuild(r, pythonWords(string(r.Stderr))), nil
	}
	if s.checked != nil {
		s.give(s.checked)
	}
	s.checked, s.checkedKey = b, key
	entry := judge.Python.MainFile()
	switch {
	case src.Entry != "":
		entry = src.Entry
	case len(src.Files) == 1:
		entry = src.Files[0].Name
	}
	return judge.Build{OK: true, Artifact: judge.Artifact{Entry: entry, Files: files}}, nil
}

func (b *box) check(ctx context.Context, files []judge.File) (judge.Result, error) {
	if err := b.putSources("/box", files); err != nil {
		return judge.Result{}, err
	}
	var argv []string
	for _, f := range files {
		argv = append(argv, path.Join("/box", f.Name))
	}
	e := toolExec(argv, []string{"LANG=C.UTF-8"}, judge.WorkDir)
	e.Mode = wire.Check
	e.MemoryStop = uint64(judge.DefaultMemory)
	e.Keep = false
	r, err := b.exec(ctx, e, nil, nil)
	if err == nil {
		err = ctx.Err()
	}
	return r, err
}

// pythonWords tidies a syntax error: the user's own file names.
func pythonWords(s string) string {
	return capWords(strings.TrimSpace(strings.ReplaceAll(s, `"/box/`, `"`)))
}
