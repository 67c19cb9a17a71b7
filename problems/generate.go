package problems

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/docketjudge/docket/judge"
)

// LoadDraft reads a package that is being written: answers of committed
// inputs and digests of generated ones, which [Generate] makes, may be missing.
// Its tests cannot be judged.
func LoadDraft(dir string) (*Package, error) {
	abs, err := absolute(dir)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return nil, fmt.Errorf("loading problem: %w", err)
	}
	pkg, err := load(root.FS(), judge.Slug(filepath.Base(abs)), true)
	if err != nil {
		_ = root.Close()
	}
	return pkg, err
}

// GenerateOptions say how tests are made.
type GenerateOptions struct {
	Forge   *Forge
	Sandbox judge.Sandbox
	// Answers makes the answers of all committed inputs anew, not only those
	// that are missing.
	Answers bool
	// Done is called for each test as it is made, from one goroutine at a time.
	// Optional.
	Done func(Generated)
}

// Generated is a test that was made.
type Generated struct {
	Test      string      `json:"test"`
	Input     Digest      `json:"sha256"`
	Answer    Digest      `json:"answer_sha256"`
	InputSize judge.Bytes `json:"input_bytes"`
	Size      judge.Bytes `json:"answer_bytes"`
	Committed bool        `json:"committed"` // its files are in the package; else only its digests
	Changed   bool        `json:"changed"`   // from what the package had
}

// Generate makes the tests of the package in a directory, as its generators
// and its reference have it now, and pins them: digests go into docket.yaml, of
// which every other byte stays as it is, and answers of committed inputs beside
// these. Nothing is written unless everything could be made and the input
// validators accept every input.
func Generate(ctx context.Context, dir string, opts GenerateOptions) ([]Generated, error) {
	pkg, err := LoadDraft(dir)
	if err != nil {
		return nil, err
	}
	if pkg.Reference == nil {
		return nil, fmt.Errorf("problem %s: there is no accepted submission that could make answers", pkg.Problem.Slug)
	}
	jobs := committedWithout(pkg, opts.Answers)
	generated := len(pkg.Generate)
	out := make([]Generated, generated+len(jobs))
	answers := make([]made, len(jobs))
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	one := func(i int, test string, build func(slot judge.Slot) (Generated, error)) {
		g.Go(func() error {
			slot, err := opts.Sandbox.Acquire(ctx)
			if err != nil {
				return err
			}
			defer slot.Release()
			if out[i], err = build(slot); err != nil {
				return fmt.Errorf("test %s: %w", test, err)
			}
			if opts.Done != nil {
				mu.Lock()
				defer mu.Unlock()
				opts.Done(out[i])
			}
			return nil
		})
	}
	for i, gen := range pkg.Generate {
		one(i, gen.Test, func(slot judge.Slot) (Generated, error) { return opts.Forge.generate(ctx, slot, pkg, gen) })
	}
	for i, t := range jobs {
		one(generated+i, t.Name, func(slot judge.Slot) (_ Generated, err error) {
			answers[i], err = opts.Forge.answerCommitted(ctx, slot, pkg, t)
			return Generated{Test: t.Name, Answer: answers[i].digest, InputSize: t.Input.Size, Size: answers[i].size, Committed: true}, err
		})
	}
	err = g.Wait()
	defer func() {
		for _, a := range answers {
			if a.path != "" {
				_ = os.Remove(a.path) // what was written is a copy
			}
		}
	}()
	if err != nil {
		return nil, fmt.Errorf("generating %s: %w", pkg.Problem.Slug, err)
	}
	for i, t := range jobs {
		changed, err := writeAnswer(filepath.Join(dir, "data", filepath.FromSlash(t.Name)+".ans"), answers[i].path)
		if err != nil {
			return nil, fmt.Errorf("generating %s: %w", pkg.Problem.Slug, err)
		}
		out[generated+i].Changed = changed
	}
	return out, pin(dir, pkg, out[:generated])
}

// committedWithout lists committed tests whose answers are to be made.
func committedWithout(pkg *Package, all bool) []judge.Test {
	var out []judge.Test
	for _, g := range pkg.Problem.Groups {
		for _, t := range g.Tests {
			d := pkg.Tests[t.Name]
			if !d.Generated && (d.NoAnswer || all) {
				out = append(out, t)
			}
		}
	}
	return out
}

// generate makes one generated test and keeps it.
func (f *Forge) generate(ctx context.Context, slot judge.Slot, pkg *Package, g Generation) (Generated, error) {
	in, err := f.produce(ctx, slot, g.Program.Source, judge.Run{Args: g.Args}, nil)
	if err != nil {
		return Generated{}, fmt.Errorf("generator %s: %w", g.Program.Name, err)
	}
	if err := f.keep(in); err != nil {
		return Generated{}, err
	}
	if err := f.valid(ctx, slot, pkg, g.Test, f.data(in.digest)); err != nil {
		return Generated{}, err
	}
	ans, err := f.answer(ctx, slot, pkg, g.Test, f.data(in.digest))
	if err != nil {
		return Generated{}, fmt.Errorf("reference %s: %w", pkg.Reference.Name, err)
	}
	if err := f.keep(ans); err != nil {
		return Generated{}, err
	}
	return Generated{
		Test: g.Test, Input: in.digest, Answer: ans.digest, InputSize: in.size, Size: ans.size,
		Changed: in.digest != g.Input || ans.digest != g.Answer,
	}, nil
}

func (f *Forge) answerCommitted(ctx context.Context, slot judge.Slot, pkg *Package, t judge.Test) (made, error) {
	if err := f.valid(ctx, slot, pkg, t.Name, t.Input); err != nil {
		return made{}, err
	}
	m, err := f.answer(ctx, slot, pkg, t.Name, t.Input)
	if err != nil {
		return m, fmt.Errorf("reference %s: %w", pkg.Reference.Name, err)
	}
	return m, nil
}

// valid runs the input validators on an input, so that no test is pinned that
// the package itself would refuse.
func (f *Forge) valid(ctx context.Context, slot judge.Slot, pkg *Package, test string, input judge.Data) error {
	v := &dataVerifier{slot: slot, pkg: pkg, p: pkg.Problem}
	for _, prog := range pkg.InputValidators {
		box, err := v.open(ctx, "input validator "+prog.Name, prog.Source)
		if err != nil {
			return err
		}
		if box == nil {
			last := v.checks[len(v.checks)-1]
			return faultf("%s %s", last.Name, last.Reason)
		}
		args := append(flagsFor(pkg.Tests[test].InputFlags, prog.Name), pkg.testArgs(test)...)
		res, err := v.run(ctx, box, input, judge.Run{Args: args})
		if err := errors.Join(err, box.Close()); err != nil {
			return err
		}
		if why := v.answered(res, exitAccept); why != "" {
			return faultf("input validator %s: %s", prog.Name, why)
		}
	}
	return nil
}

// writeAnswer puts an answer beside its input and reports whether that changed
// anything.
func writeAnswer(to, from string) (bool, error) {
	text, err := os.ReadFile(from) //nolint:gosec // the forge's own file
	if err != nil {
		return false, err
	}
	if old, err := os.ReadFile(to); err == nil && string(old) == string(text) { //nolint:gosec // the author's own directory
		return false, nil
	}
	return true, os.WriteFile(to, text, 0o644) //nolint:gosec // a package is for everybody to read
}

// pin writes the digests of generated tests into docket.yaml.
func pin(dir string, pkg *Package, all []Generated) error {
	want := map[string]pins{}
	for _, one := range all {
		if one.Changed {
			want[one.Test] = pins{one.Input, one.Answer}
		}
	}
	if len(want) == 0 {
		return nil
	}
	name := filepath.Join(dir, docketFile)
	text, err := os.ReadFile(name) //nolint:gosec // the author's own directory
	if err != nil {
		return fmt.Errorf("pinning tests of %s: %w", pkg.Problem.Slug, err)
	}
	if text, err = setPins(text, want); err != nil {
		return fmt.Errorf("pinning tests of %s: %w", pkg.Problem.Slug, err)
	}
	return os.WriteFile(name, text, 0o644) //nolint:gosec // a package is for everybody to read
}
