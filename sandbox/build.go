package sandbox

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/wire"
)

// Bounds of a build. A source that passes one of them does not compile.
const (
	buildCPU     = 20 * time.Second
	buildWall    = 30 * time.Second
	buildMemory  = 1 * judge.GiB
	buildOutput  = 64 * judge.KiB // what is shown of the compiler's words
	maxArtifact  = 64 * judge.MiB
	tooSlow      = "compilation was stopped: it took too long"
	tooHungry    = "compilation was stopped: the compiler ran out of memory"
	compilerDied = "compilation was stopped: the compiler crashed on this source"
)

// Build compiles sources, or finds what an equal build produced.
func (s *slot) Build(ctx context.Context, src judge.Source) (judge.Build, error) {
	begin := time.Now()
	lang := s.docker.languages[src.Language]
	if lang == nil {
		return judge.Build{}, fmt.Errorf("building %s: no language %q", src.Language.Name(), src.Language)
	}
	key := s.docker.buildKey(src)
	if a, ok := s.docker.cache.get(key); ok {
		s.docker.stats.cacheHits.Add(1)
		return judge.Build{OK: true, Cached: true, Artifact: a}, nil
	}
	s.docker.stats.cacheMisses.Add(1)
	b, err := lang.build(ctx, s, src, key)
	if err != nil {
		return judge.Build{}, fmt.Errorf("building %s: %w", src.Language.Name(), err)
	}
	b.Took = time.Since(begin)
	if b.OK {
		b.Artifact.Language, b.Artifact.Key = src.Language, key
		s.docker.cache.put(b.Artifact)
	}
	return b, nil
}

// buildKey is the digest of everything that a build depends on.
func (d *Docker) buildKey(src judge.Source) string {
	h := sha256.New()
	add := func(s string) { _, _ = fmt.Fprintf(h, "%d:%s", len(s), s) }
	add(string(src.Language))
	add(src.Entry)
	for _, r := range d.rolesOf(src.Language) {
		add(d.set.Image(r.name))
	}
	for _, files := range [][]judge.File{src.Files, src.Driver} {
		add(fmt.Sprint(len(files)))
		for _, f := range files {
			add(f.Name)
			add(f.Content)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// toolExec is an Exec of a compiler, whose work must survive for the next
// step.
func toolExec(argv, env []string, dir string) wire.Exec {
	return wire.Exec{
		Argv: argv, Env: env, Dir: dir,
		CPUStop: buildCPU, WallStop: buildWall,
		MemoryStop: uint64(buildMemory),
		OutputStop: uint64(1 * judge.MiB),
		StderrCap:  uint32(buildOutput),
		Keep:       true,
	}
}

// tool runs a compiler in a directory and returns all it said.
func (b *box) tool(ctx context.Context, argv, env []string, dir string) (judge.Result, string, error) {
	var out bytes.Buffer
	r, err := b.exec(ctx, toolExec(argv, env, dir), nil, &head{w: &out, left: int(buildOutput)})
	if err != nil {
		return r, "", fmt.Errorf("running %s: %w", path.Base(argv[0]), err)
	}
	if err := ctx.Err(); err != nil {
		return r, "", fmt.Errorf("running %s: %w", path.Base(argv[0]), err)
	}
	return r, out.String() + string(r.Stderr), nil
}

// toolFate says in the user's words why a compiler did not finish, or "".
func toolFate(r judge.Result) string {
	switch {
	case r.OutOfMemory || r.Stopped == judge.StoppedForMemory:
		return tooHungry
	case r.Stopped == judge.StoppedForCPU || r.Stopped == judge.StoppedForWall:
		return tooSlow
	case r.Stopped == judge.StoppedForOutput:
		return "" // it said more than enough
	case r.Signal != 0:
		return compilerDied
	}
	return ""
}

// failedBuild is the outcome of a compiler that rejected the sources.
func failedBuild(r judge.Result, words string) judge.Build {
	if fate := toolFate(r); fate != "" {
		if words != "" {
			words += "\n"
		}
		words += fate
	}
	return judge.Build{Output: words}
}

// capWords bounds what is kept of a compiler's output.
func capWords(s string) string {
	if len(s) <= int(buildOutput) {
		return strings.ToValidUTF8(s, "�")
	}
	s = s[:buildOutput]
	if i := strings.LastIndexByte(s, '\n'); i > 0 {
		s = s[:i]
	}
	return strings.ToValidUTF8(s, "�") + "\n(more was cut)"
}

// head keeps the first bytes written to it and drops the rest.
type head struct {
	w    *bytes.Buffer
	left int
}

func (h *head) Write(p []byte) (int, error) {
	n := min(len(p), h.left)
	h.w.Write(p[:n])
	h.left -= n
	return len(p), nil
}

// allSources joins the user's files and the driver's.
func allSources(src judge.Source) []judge.File {
	if len(src.Driver) == 0 {
		return src.Files
	}
	return append(append([]judge.File(nil), src.Files...), src.Driver...)
}

// putSources lays source files below a directory of the box.
func (b *box) putSources(dir string, files []judge.File) error {
	for _, f := range files {
		if err := b.put(path.Join(dir, f.Name), []byte(f.Content), false); err != nil {
			return err
		}
	}
	return nil
}

// asRefusal finds the runner's word that it could not do what it was asked,
// with the box still in order.
func asRefusal(err error) (*refusal, bool) {
	var r *refusal
	ok := errors.As(err, &r)
	return r, ok
}
