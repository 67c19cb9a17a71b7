package forge

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// GenerateOptions say how tests are made.
type GenerateOptions struct {
	// Pin writes digests and missing answers into the package. Without it
	// Generate only tells how the package differs from what it makes.
	Pin bool
	// Answers makes the answers of all committed inputs anew, not only those
	// that are missing.
	Answers bool
	// Done is called for each test as it is made, from one goroutine at a time.
	// Optional.
	Done func(Generated)
}

// GenerateReport is what came of generating the tests of a package.
type GenerateReport struct {
	Problem judge.Slug  `json:"problem"`
	Tests   []Generated `json:"tests"`
	// Faults are the package's own: programs that failed and inputs that an
	// input validator refuses. With any of them nothing is written.
	Faults []problems.Check `json:"faults,omitempty"`
}

// Pinned reports whether every test is as the package has it.
func (r GenerateReport) Pinned() bool {
	return !slices.ContainsFunc(r.Tests, func(g Generated) bool { return g.State != Unchanged })
}

// GeneratedState tells how a test that was made differs from the package's.
type GeneratedState string

// The states of a test.
const (
	Unchanged GeneratedState = "unchanged"
	Changed   GeneratedState = "changed" // the package has other data
	Added     GeneratedState = "new"     // the package has no digest or answer yet
)

// Generated is a test that was made.
type Generated struct {
	Test      string          `json:"test"`
	Input     problems.Digest `json:"sha256,omitempty"` // of generated tests, as the next
	Answer    problems.Digest `json:"answer_sha256,omitempty"`
	InputSize judge.Bytes     `json:"input_bytes"`
	Size      judge.Bytes     `json:"answer_bytes"`
	Committed bool            `json:"committed"` // its files are in the package; else only its digests
	State     GeneratedState  `json:"state"`
}

// Generate makes the tests of the package in a directory anew, as its
// generators and its reference are now, on every slot of the sandbox. With Pin it
// writes the digests into docket.yaml, whose other bytes stay as they are, and
// writes the answers of committed inputs beside the inputs. Nothing is
// written unless everything could be made and the input validators accept
// every input, committed ones too. An error means that generating failed, or
// that the package is refused.
func (f *Forge) Generate(ctx context.Context, dir string, opts GenerateOptions) (GenerateReport, error) {
	pkg, err := problems.LoadDraft(dir)
	if err != nil {
		return GenerateReport{}, err
	}
	r := GenerateReport{Problem: pkg.Problem.Slug, Tests: []Generated{}}
	wrap := func(err error) error { return fmt.Errorf("generating tests of %s: %w", pkg.Problem.Slug, err) }
	if f.sb == nil {
		return r, wrap(errors.New("the forge has no sandbox"))
	}
	g := &generateRun{forge: f, opts: opts, pkg: pkg}
	defer g.discard()
	if err := g.all(ctx); err != nil {
		return r, wrap(err)
	}
	for _, j := range g.jobs {
		if j.fault != nil {
			r.Faults = append(r.Faults, problems.Check{Name: j.test.Name, Reason: j.fault.Error()})
		} else if j.makes() {
			r.Tests = append(r.Tests, j.out)
		}
	}
	if !opts.Pin || len(r.Faults) > 0 {
		return r, nil
	}
	for _, j := range g.jobs {
		if j.gen != nil || j.answer.path == "" || j.out.State == Unchanged {
			continue
		}
		if err := writeAnswer(dir, answerFile(j), j.answer.path); err != nil {
			return r, wrap(err)
		}
	}
	if err := pin(dir, r.Tests); err != nil {
		return r, wrap(err)
	}
	return r, nil
}

// generateRun is one run of Generate.
type generateRun struct {
	forge *Forge
	opts  GenerateOptions
	pkg   *problems.Package
	jobs  []*generateJob
	mu    sync.Mutex // over opts.Done
}

// generateJob is one test to be made, or only to be shown to the input
// validators.
type generateJob struct {
	test   judge.Test
	gen    *problems.Generation // nil for a committed input
	want   bool                 // its answer is wanted, always so of a generated one
	answer output               // of a committed input
	out    Generated
	fault  error
}

func (j *generateJob) makes() bool { return j.gen != nil || j.want }

// all makes every test, or says why it cannot be made.
func (g *generateRun) all(ctx context.Context) error {
	for _, group := range g.pkg.Problem.Groups {
		for _, t := range group.Tests {
			d := g.pkg.Tests[t.Name]
			j := &generateJob{test: t, want: !g.pkg.Interactive && (d.NoAnswer || g.opts.Answers)}
			if i := slices.IndexFunc(g.pkg.Generate, func(gen problems.Generation) bool { return gen.Test == t.Name }); i >= 0 {
				j.gen = &g.pkg.Generate[i]
			}
			if j.makes() && g.pkg.Reference == nil {
				j.fault = faultf("there is no accepted submission that could make its answer")
			}
			g.jobs = append(g.jobs, j)
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	for _, j := range g.jobs {
		if j.fault != nil {
			continue
		}
		group.Go(func() error { return g.one(ctx, j) })
	}
	return group.Wait()
}

// one takes a slot for a test. What the package does wrong is set aside, so
// that its author hears of everything at once.
func (g *generateRun) one(ctx context.Context, j *generateJob) error {
	slot, err := g.forge.sb.Acquire(ctx)
	if err != nil {
		return err
	}
	defer slot.Release()
	switch {
	case j.gen != nil:
		j.out, err = g.forge.generate(ctx, slot, g.pkg, *j.gen)
	case j.want:
		err = g.answerCommitted(ctx, slot, j)
	default:
		err = g.forge.valid(ctx, slot, g.pkg, j.test.Name, j.test.Input)
	}
	if IsFault(err) {
		j.fault = err
		return nil
	}
	if err != nil {
		return fmt.Errorf("test %s: %w", j.test.Name, err)
	}
	if g.opts.Done != nil && j.makes() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.opts.Done(j.out)
	}
	return nil
}

func (g *generateRun) answerCommitted(ctx context.Context, slot judge.Slot, j *generateJob) error {
	f, t := g.forge, j.test
	if err := f.valid(ctx, slot, g.pkg, t.Name, t.Input); err != nil {
		return err
	}
	m, err := f.answer(ctx, slot, g.pkg, t.Name, t.Input)
	if err != nil {
		return faulty(err, "reference "+g.pkg.Reference.Name)
	}
	j.answer = m
	j.out = Generated{Test: t.Name, InputSize: t.Input.Size, Size: m.size, Committed: true, State: Added}
	if g.pkg.Tests[t.Name].NoAnswer {
		return nil
	}
	old, err := digestOf(t.Answer)
	if err != nil {
		return err
	}
	if j.out.State = Changed; old == m.digest {
		j.out.State = Unchanged
	}
	return nil
}

// discard removes what was made of committed tests, of which the package has
// copies.
func (g *generateRun) discard() {
	for _, j := range g.jobs {
		if j.answer.path != "" {
			_ = os.Remove(j.answer.path)
		}
	}
}

// answerFile is below the package's directory.
func answerFile(j *generateJob) string {
	return filepath.Join("data", filepath.FromSlash(j.test.Name)+".ans")
}

// digestOf reads data for its digest.
func digestOf(d judge.Data) (problems.Digest, error) {
	r, err := d.Open()
	if err != nil {
		return "", err
	}
	defer func() { _ = r.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return "", err
	}
	return problems.Digest(hex.EncodeToString(h.Sum(nil))), nil
}

// faulty names the program that an error is about.
func faulty(err error, program string) error { return fmt.Errorf("%s: %w", program, err) }

// generate makes one generated test and keeps it.
func (f *Forge) generate(ctx context.Context, slot judge.Slot, pkg *problems.Package, g problems.Generation) (Generated, error) {
	in, err := f.produce(ctx, slot, g.Program.Source, judge.Run{Args: g.Args}, nil)
	if err != nil {
		return Generated{}, faulty(err, "generator "+g.Program.Name)
	}
	if err := f.keep(in); err != nil {
		return Generated{}, err
	}
	if err := f.valid(ctx, slot, pkg, g.Test, f.data(in.digest)); err != nil {
		return Generated{}, err
	}
	ans, err := f.answer(ctx, slot, pkg, g.Test, f.data(in.digest))
	if err != nil {
		return Generated{}, faulty(err, "reference "+pkg.Reference.Name)
	}
	if err := f.keep(ans); err != nil {
		return Generated{}, err
	}
	fromProgram, fromReference, err := recipes(pkg, g, in.digest)
	if err != nil {
		return Generated{}, err
	}
	if err := errors.Join(f.note(fromProgram, in.digest), f.note(fromReference, ans.digest)); err != nil {
		return Generated{}, err
	}
	out := Generated{Test: g.Test, Input: in.digest, Answer: ans.digest, InputSize: in.size, Size: ans.size, State: Unchanged}
	switch {
	case g.Input == problems.Unpinned || g.Answer == problems.Unpinned:
		out.State = Added
	case in.digest != g.Input || ans.digest != g.Answer:
		out.State = Changed
	}
	return out, nil
}

// writeAnswer puts an answer beside its input.
func writeAnswer(dir, to, from string) error {
	text, err := os.ReadFile(from) //nolint:gosec // the forge's own file
	if err != nil {
		return err
	}
	return writeIn(dir, to, text)
}

// writeIn writes a file of a package, and none outside.
func writeIn(dir, name string, text []byte) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	return errors.Join(root.WriteFile(name, text, 0o644), root.Close())
}

// pin writes the digests of generated tests into docket.yaml.
func pin(dir string, all []Generated) error {
	want := map[string]pins{}
	for _, one := range all {
		if !one.Committed && one.State != Unchanged {
			want[one.Test] = pins{one.Input, one.Answer}
		}
	}
	if len(want) == 0 {
		return nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	text, err := root.ReadFile(problems.DocketFile)
	if err := errors.Join(err, root.Close()); err != nil {
		return err
	}
	if text, err = setPins(text, want); err != nil {
		return err
	}
	return writeIn(dir, problems.DocketFile, text)
}
