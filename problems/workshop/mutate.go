package workshop

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/mutate"
)

// MutateOptions say how a package's hidden tests are put to the proof.
type MutateOptions struct {
	// Only selects accepted submissions whose name contains it. Empty selects
	// all.
	Only string
	// Sample is how many mutants of each submission are tried. 0 is all.
	Sample int
	// Seed chooses the sample.
	Seed uint64
	// Parallel is how many mutants are judged side by side. More than the sandbox
	// has slots only wait. Defaults to twice the number of CPUs.
	Parallel int
	// Done hears of progress, one call at a time.
	Done func(MutateProgress)
}

// MutateProgress is told after every mutant.
type MutateProgress struct {
	Done, Total, Survived int
}

// Mutate tries the mutants of a package's accepted submissions on its hidden
// tests. Mutants are judged as submissions are, but in another order of tests and
// only up to the first test that fails. Small tests come first, under smaller
// limits. An error means that mutating failed, or that the accepted submissions
// are not accepted: verify the package first.
func (b *Bench) Mutate(ctx context.Context, pkg *problems.Package, opts MutateOptions) (MutateReport, error) {
	report, err := b.mutate(ctx, pkg, opts)
	if err != nil {
		return report, fmt.Errorf("mutating %s: %w", pkg.Problem.Slug, err)
	}
	return report, nil
}

func (b *Bench) mutate(ctx context.Context, pkg *problems.Package, opts MutateOptions) (MutateReport, error) {
	r := MutateReport{Problem: pkg.Problem.Slug, Submissions: []MutatedSubmission{}, KilledBy: map[string]int{}}
	if err := b.check(); err != nil {
		return r, err
	}
	if opts.Parallel <= 0 {
		opts.Parallel = 2 * runtime.GOMAXPROCS(0)
	}
	factor := b.HostFactor
	if factor == nil {
		factor = judge.FixedFactor(1)
	}
	p, err := b.Forge.Problem(ctx, pkg)
	if err != nil {
		return r, err
	}
	m := &mutateRun{bench: b, factor: factor, problem: p, opts: opts, report: &r, equivalent: map[mutate.ID]string{},
		rejected: map[string]int{}, ran: map[string]int{}}
	for _, e := range pkg.Equivalent {
		m.equivalent[e.ID] = e.Reason
	}
	if err := m.list(ctx, pkg); err != nil {
		return r, err
	}
	if err := m.measure(ctx); err != nil {
		return r, err
	}
	begin := time.Now()
	if err := m.try(ctx); err != nil {
		return r, err
	}
	r.Seconds = time.Since(begin).Seconds()
	m.gather()
	return r, nil
}

// mutateRun is one run of Mutate.
type mutateRun struct {
	bench      *Bench
	factor     judge.HostFactor
	problem    *judge.Problem
	opts       MutateOptions
	equivalent map[mutate.ID]string
	subjects   []*subject

	mu            sync.Mutex
	report        *MutateReport
	ran, rejected map[string]int // mutants by test
	progress      MutateProgress
}

// subject is an accepted submission and its mutants.
type subject struct {
	problems.Submission
	mutants []mutate.Mutant
	fates   []fate
	stages  []stage
	factor  float64 // of the host
}

// fate is what became of a mutant.
type fate struct {
	end     endOf
	verdict judge.Verdict // of the test that found it
	by      string        // that test
	again   bool          // it was judged again under the limits of the problem
	err     error
}

type endOf int

const (
	survived endOf = iota
	killed
	stillborn
	failed
)

// list finds the mutants of the selected submissions. Every accepted one is
// listed, so that entries of docket.yaml can be told from leftovers.
func (m *mutateRun) list(ctx context.Context, pkg *problems.Package) error {
	known := map[mutate.ID]bool{}
	for _, s := range pkg.Submissions {
		if !strings.HasPrefix(s.Name, "accepted/") {
			continue
		}
		mutants, err := mutate.List(ctx, s.Name, s.Language, s.Files, m.python)
		if err != nil {
			return err
		}
		for _, one := range mutants {
			known[one.ID] = true
		}
		if !strings.Contains(s.Name, m.opts.Only) {
			continue
		}
		mutants = m.sample(s.Name, mutants)
		m.subjects = append(m.subjects, &subject{Submission: s, mutants: mutants, fates: make([]fate, len(mutants))})
		m.progress.Total += len(mutants)
	}
	for _, e := range pkg.Equivalent {
		if !known[e.ID] {
			m.report.Surprises = append(m.report.Surprises, fmt.Sprintf(
				"docket.yaml lists mutant %s as equivalent, but there is none of that name any more (%s)", e.ID, e.Reason))
		}
	}
	return nil
}

// sample chooses some of the mutants of a submission, in their order.
func (m *mutateRun) sample(name string, all []mutate.Mutant) []mutate.Mutant {
	if m.opts.Sample <= 0 || m.opts.Sample >= len(all) {
		return all
	}
	salt := uint64(0)
	for _, c := range []byte(name) {
		salt = salt*31 + uint64(c)
	}
	chosen := rand.New(rand.NewPCG(m.opts.Seed, salt)).Perm(len(all))[:m.opts.Sample] //nolint:gosec // a draw that can be repeated, not a secret
	slices.Sort(chosen)
	out := make([]mutate.Mutant, 0, len(chosen))
	for _, i := range chosen {
		out = append(out, all[i])
	}
	return out
}

// python runs the program that lists the changes of a Python file.
func (m *mutateRun) python(ctx context.Context, lister judge.Source, text string) ([]byte, error) {
	slot, err := m.bench.Sandbox.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer slot.Release()
	var out bytes.Buffer
	r, err := forge.Run(ctx, slot, lister, judge.Run{Stdin: strings.NewReader(text), Stdout: &out}, forge.ProgramLimits, nil)
	if err != nil {
		return nil, err
	}
	if v := judge.Classify(r, forge.ProgramLimits.WithAllowance(judge.Python)); v != judge.AC {
		return nil, fmt.Errorf("%s: %s", v.Name(), judge.LastWords(r.Stderr))
	}
	return out.Bytes(), nil
}

// measure judges the submissions themselves, which tells the cost of each
// test.
func (m *mutateRun) measure(ctx context.Context) error {
	p := *m.problem
	p.Groups = nil
	for _, g := range m.problem.Groups {
		if !g.Sample {
			g.BreakOnReject = true
			p.Groups = append(p.Groups, g)
		}
	}
	if p.Tests() == 0 {
		return errors.New("it has no hidden tests")
	}
	// Measuring takes a slot, so it is done before any slot is held.
	for _, s := range m.subjects {
		var err error
		if s.factor, err = m.factor(ctx, s.Language); err != nil {
			return err
		}
	}
	took := make([][]judge.TestReport, len(m.subjects))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(m.opts.Parallel)
	for i, s := range m.subjects {
		g.Go(func() error {
			unhurried := p
			unhurried.Limits, unhurried.LanguageLimits = p.LimitsFor(s.Language).Scaled(s.factor), nil
			unhurried.Limits.Wall *= mostCrowded
			r, err := m.judge(ctx, &unhurried, s.Submission, s.Files)
			switch {
			case err != nil:
				return fmt.Errorf("submission %s: %w", s.Name, err)
			case r.Verdict != judge.AC:
				return fmt.Errorf("submission %s is %s on the hidden tests; see docket problems verify", s.Name, r.Verdict)
			}
			took[i] = r.Tests
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	crowded := crowding(&p, slices.Concat(took...))
	for i, s := range m.subjects {
		s.stages = stagesOf(&p, p.LimitsFor(s.Language).Scaled(s.factor), took[i], crowded)
	}
	return nil
}

func (m *mutateRun) judge(ctx context.Context, p *judge.Problem, s problems.Submission, files []judge.File) (judge.Report, error) {
	return m.bench.judge(p, nil).Judge(ctx, judge.Submission{
		ID: judge.SubmissionID(s.Name), Kind: judge.KindSubmission, Problem: p.Slug, Language: s.Language, Files: files, Queue: judge.Batch,
	}, func(judge.Event) {})
}

// try judges all mutants.
func (m *mutateRun) try(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(m.opts.Parallel)
	for _, s := range m.subjects {
		for i := range s.mutants {
			g.Go(func() error {
				f := m.fateOf(ctx, s, s.mutants[i])
				if err := ctx.Err(); err != nil {
					return err
				}
				s.fates[i] = f
				m.tell(s.mutants[i], f)
				return nil
			})
		}
	}
	return g.Wait()
}

func (m *mutateRun) tell(mutant mutate.Mutant, f fate) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.progress.Done++
	if f.end == survived && m.equivalent[mutant.ID] == "" {
		m.progress.Survived++
	}
	if m.opts.Done != nil {
		m.opts.Done(m.progress)
	}
}

// fateOf judges one mutant, stage by stage.
func (m *mutateRun) fateOf(ctx context.Context, s *subject, mutant mutate.Mutant) fate {
	files := mutant.Apply(s.Files)
	again := false
	for _, st := range s.stages {
		f, left := m.hurry(ctx, s, files, m.arrange(st))
		if len(left) > 0 {
			again = true
			f, _ = m.attempt(ctx, s, files, st.patient(left))
		}
		if f.end != survived {
			f.again = again
			return f
		}
	}
	return fate{end: survived, again: again}
}

// mostLate is on how many tests a mutant may use up hasty limits before it is
// given the time that the problem gives.
const mostLate = 3

// hurry judges a mutant on a stage. A mutant that fails a test is found. A mutant
// that is only too slow for hasty limits may still be right in the time that
// solvers have, so hurry goes on to the other tests: a mutant that never ends on
// one test is often wrong on another, which costs little. Otherwise hurry returns
// the tests to repeat under the full limits: first those that timed out, then
// those not tried.
func (m *mutateRun) hurry(ctx context.Context, s *subject, files []judge.File, st stage) (fate, []testCost) {
	var late []testCost
	for {
		f, r := m.attempt(ctx, s, files, st)
		if !st.hasty || f.verdict != judge.TLE {
			if f.end == survived && len(late) > 0 {
				return f, late
			}
			return f, nil
		}
		at := len(r.Tests) - 1
		late = append(late, st.tests[at])
		st.tests = st.tests[at+1:]
		// A mutant that used no processor time waits for itself. That takes
		// long on any test.
		waits := r.Tests[at].CPUMillis < st.limits.CPU.Milliseconds()
		if len(late) == mostLate || len(st.tests) == 0 || waits {
			return f, append(late, st.tests...)
		}
	}
}

// attempt judges a mutant on the tests of a stage.
func (m *mutateRun) attempt(ctx context.Context, s *subject, files []judge.File, st stage) (fate, judge.Report) {
	r, err := m.judge(ctx, st.problem(), s.Submission, files)
	switch {
	case err != nil:
		return fate{end: failed, err: err}, r
	case r.Verdict == judge.CE:
		return fate{end: stillborn}, r
	case r.Verdict == judge.JE:
		return fate{end: failed, err: errors.New(r.Message)}, r
	}
	m.count(st, r)
	if r.Verdict == judge.AC {
		return fate{end: survived}, r
	}
	return fate{end: killed, verdict: r.Verdict, by: r.Tests[len(r.Tests)-1].Name}, r
}

// gather counts fates and collects survivors.
func (m *mutateRun) gather() {
	r := m.report
	for _, s := range m.subjects {
		row := MutatedSubmission{Submission: s.Name, Language: s.Language, Survivors: []Survivor{}}
		for i, mutant := range s.mutants {
			f := s.fates[i]
			reason, listed := m.equivalent[mutant.ID]
			where := fmt.Sprintf("%s:%d:%d: mutant %s", s.Name, mutant.Line, mutant.Column, mutant.ID)
			switch {
			case f.end == failed:
				row.Counts.Failed++
				r.Surprises = append(r.Surprises, fmt.Sprintf("%s could not be judged: %s", where, f.err))
			case f.end == stillborn:
				row.Counts.Stillborn++
			case listed && (f.end == survived || f.verdict == judge.TLE):
				// One that differs in speed alone is on either side of a limit.
				row.Counts.Equivalent++
			case f.end == survived:
				row.Counts.Survived++
			default:
				row.Counts.kill(f.verdict)
				if listed {
					r.Surprises = append(r.Surprises, fmt.Sprintf("%s is listed as equivalent, but %s finds it (%s)", where, f.by, reason))
				}
			}
			if f.end == survived {
				row.Survivors = append(row.Survivors, Survivor{Mutant: mutant, Equivalent: reason, Slow: f.again})
			} else if f.by != "" {
				r.KilledBy[f.by]++
			}
			if f.again {
				row.Counts.Again++
			}
		}
		r.Counts.add(row.Counts)
		r.Submissions = append(r.Submissions, row)
	}
}
