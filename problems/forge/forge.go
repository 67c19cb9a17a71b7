package forge

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// ProgramLimits are what generators and reference solutions may use: more than a
// submission, because they run once.
var ProgramLimits = judge.Limits{
	CPU: judge.MaxCPU, Wall: 2 * judge.MaxCPU, Memory: 1 * judge.GiB, Output: judge.MaxOutput,
}

// Forge makes generated tests in boxes and keeps them in a directory, named
// by their digests, so that they are made once per host and anew when the
// package's generator or reference changes.
type Forge struct {
	dir string
	sb  judge.Sandbox

	mu      sync.Mutex
	checked map[problems.Digest]judge.Bytes // files whose content was seen to be right
	batches map[string]*batch               // by revision, so that one package is made once
}

// New makes a forge that keeps its files in a directory, which it
// creates. An empty name stands for docket/tests in the user's cache directory.
// Without a sandbox, as in an API process, the forge only finds what others have
// made.
func New(dir string, sb judge.Sandbox) *Forge {
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			// A service without a home still has a place of its own.
			cache = os.TempDir()
		}
		dir = cache + "/docket/tests"
	}
	return &Forge{dir: dir, sb: sb, checked: map[problems.Digest]judge.Bytes{}, batches: map[string]*batch{}}
}

// Problem is the package's problem with all its data in place. Generated
// tests that are missing are made, which takes a slot of the sandbox: callers
// must not hold one. A caller who asks for a package that is being made waits
// until the tests are made or ctx ends.
func (f *Forge) Problem(ctx context.Context, pkg *problems.Package) (*judge.Problem, error) {
	if len(pkg.Generate) == 0 {
		return pkg.Problem, nil
	}
	if err := f.wait(ctx, f.join(ctx, pkg), pkg.Problem.Revision); err != nil {
		return nil, fmt.Errorf("making tests of problem %s: %w", pkg.Problem.Slug, err)
	}
	return f.fill(pkg), nil
}

// fill copies the problem with the data of its generated tests.
func (f *Forge) fill(pkg *problems.Package) *judge.Problem {
	by := make(map[string]problems.Generation, len(pkg.Generate))
	for _, g := range pkg.Generate {
		by[g.Test] = g
	}
	p := *pkg.Problem
	p.Groups = make([]judge.Group, len(pkg.Problem.Groups))
	for i, g := range pkg.Problem.Groups {
		g.Tests = append([]judge.Test(nil), g.Tests...)
		for j, t := range g.Tests {
			if gen, ok := by[t.Name]; ok {
				g.Tests[j].Input, g.Tests[j].Answer = f.data(gen.Input), f.data(gen.Answer)
			}
		}
		p.Groups[i] = g
	}
	return &p
}

// gap is a test of which something is not there, or was made by what the
// package no longer has.
type gap struct {
	problems.Generation
	input, answer             bool // which of it
	inputRecipe, answerRecipe problems.Digest
}

// gaps finds the tests that have to be made.
func (f *Forge) gaps(pkg *problems.Package) ([]gap, error) {
	var all []gap
	for _, g := range pkg.Generate {
		m := gap{Generation: g}
		var err error
		if m.inputRecipe, m.answerRecipe, err = recipes(pkg, g, g.Input); err != nil {
			return nil, fmt.Errorf("test %s: %w", g.Test, err)
		}
		m.input = !f.has(g.Input) || !f.madeBy(m.inputRecipe, g.Input)
		m.answer = !f.has(g.Answer) || !f.madeBy(m.answerRecipe, g.Answer)
		if m.input || m.answer {
			all = append(all, m)
		}
	}
	return all, nil
}

// makeGaps runs generators and the reference for the tests that are not
// there.
func (f *Forge) makeGaps(ctx context.Context, pkg *problems.Package) error {
	gaps, err := f.gaps(pkg)
	if err != nil {
		return err
	}
	if len(gaps) == 0 {
		return nil
	}
	if f.sb == nil {
		return problems.ErrNotMade
	}
	slot, err := f.sb.Acquire(ctx)
	if err != nil {
		return err
	}
	defer slot.Release()
	var wrong DigestErrors
	for _, g := range gaps {
		if err := ctx.Err(); err != nil {
			return err
		}
		if g.input {
			m, err := f.produce(ctx, slot, g.Program.Source, judge.Run{Args: g.Args}, nil)
			if err == nil {
				err = wrong.take(f.keepPinned(m, g.Test, "sha256", g.Input, g.inputRecipe))
			}
			if err != nil {
				return fmt.Errorf("test %s: generator %s: %w", g.Test, g.Program.Name, err)
			}
		}
		if !g.answer || !f.has(g.Input) {
			continue
		}
		m, err := f.answer(ctx, slot, pkg, g.Test, f.data(g.Input))
		if err == nil {
			err = wrong.take(f.keepPinned(m, g.Test, "answer_sha256", g.Answer, g.answerRecipe))
		}
		if err != nil {
			return fmt.Errorf("test %s: reference %s: %w", g.Test, pkg.Reference.Name, err)
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// answer runs the reference on an input, as it would be judged on the test.
func (f *Forge) answer(ctx context.Context, slot judge.Slot, pkg *problems.Package, test string, input judge.Data) (output, error) {
	src, err := referenceSource(pkg)
	if err != nil {
		return output{}, err
	}
	in, err := input.Open()
	if err != nil {
		return output{}, err
	}
	defer func() { _ = in.Close() }()
	return f.produce(ctx, slot, src, judge.Run{Stdin: in, Args: testArgs(pkg, test)}, pkg.Problem.Interactor)
}

// referenceSource is what is built of the reference.
func referenceSource(p *problems.Package) (judge.Source, error) {
	ref := p.Reference
	if p.Problem.Harness == nil {
		return judge.Source{Language: ref.Language, Files: ref.Files}, nil
	}
	src, err := p.Problem.Harness.Source(ref.Language, ref.Files)
	if judge.CodeOf(err) == judge.CodeInvalid {
		err = &faultError{err.Error()}
	}
	return src, err
}

// testArgs are the arguments of a test's submissions.
func testArgs(p *problems.Package, name string) []string {
	for _, g := range p.Problem.Groups {
		for _, t := range g.Tests {
			if t.Name == name {
				return t.Args
			}
		}
	}
	return nil
}

// sink remembers the error of a writer, which a box would only stop at.
type sink struct {
	w   io.Writer
	n   judge.Bytes
	err error
}

func (s *sink) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.n += judge.Bytes(n)
	if err != nil {
		s.err = err
	}
	return n, err
}

// produce runs a program and gathers what it prints, or what an interactor
// makes of that.
func (f *Forge) produce(ctx context.Context, slot judge.Slot, src judge.Source, run judge.Run, with judge.Interactor) (m output, err error) {
	if err := os.MkdirAll(f.dir, 0o750); err != nil {
		return output{}, err
	}
	tmp, err := os.CreateTemp(f.dir, ".making-*")
	if err != nil {
		return output{}, err
	}
	defer func() {
		_ = tmp.Close()
		if err != nil {
			_ = os.Remove(tmp.Name())
		}
	}()
	h := sha256.New()
	out := &sink{w: io.MultiWriter(tmp, h)}
	run.Stdout = out
	res, err := Run(ctx, slot, src, run, ProgramLimits, with)
	if err != nil {
		return output{}, err
	}
	if out.err != nil {
		return output{}, out.err
	}
	if v := judge.Classify(res, ProgramLimits.WithAllowance(src.Language)); v != judge.AC {
		return output{}, faultf("%s: %s", v.Name(), judge.LastWords(res.Stderr))
	}
	if err := errors.Join(tmp.Chmod(0o640), tmp.Sync(), tmp.Close()); err != nil {
		return output{}, err
	}
	return output{digest: problems.Digest(hex.EncodeToString(h.Sum(nil))), size: out.n, path: tmp.Name()}, nil
}
