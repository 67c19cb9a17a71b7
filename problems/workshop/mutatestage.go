package workshop

import (
	"cmp"
	"slices"
	"time"

	"github.com/docketjudge/docket/judge"
)

// stage is some of the hidden tests and the limits under which mutants run
// them. Most mutants fail one of the small tests, and those that never end
// should be found there: a small test is over in a few milliseconds, so that
// a fraction of the problem's limit is enough to go on to another one. It is
// not enough to call a mutant wrong, see [mutateRun.hurry].
type stage struct {
	base   *judge.Problem
	limits judge.Limits
	own    judge.Limits // of the problem, on this host
	// hasty says that limits are smaller than own.
	hasty bool
	tests []testCost
}

// testCost is a test with what it took the original, in a group of its own.
type testCost struct {
	group judge.Group
	cpu   time.Duration
	wall  time.Duration
}

func (c testCost) name() string { return c.group.Tests[0].Name }

// How a test is told to be small, and how long a mutant may take on one before
// another is tried.
const (
	smallTest  = 25 * time.Millisecond // above what the cheapest takes: the start of the language is no work
	quickTimes = 2                     // what the slowest small test takes, times this
	quickPlus  = 50 * time.Millisecond
	// Programs wait for each other and, on a crowded host, for the processor.
	waitTimes = 5 // what the slowest small test takes by the clock, times this
	waitPlus  = 500 * time.Millisecond
)

// mostCrowded is how many times as long as on a quiet host programs may take
// by the clock, because others use its processors too.
const mostCrowded = 10

// crowding is how many times as long by the clock as by their processor time
// the larger tests of programs took. Programs that talk with somebody wait as
// well, and say nothing of the host.
func crowding(p *judge.Problem, took []judge.TestReport) float64 {
	if p.Validation.Interactive || p.Interactor != nil {
		return 1
	}
	var times []float64
	for _, t := range took {
		if t.CPUMillis >= 2*smallTest.Milliseconds() {
			times = append(times, float64(t.WallMillis)/float64(t.CPUMillis))
		}
	}
	if len(times) == 0 {
		return 1
	}
	slices.Sort(times)
	median := times[len(times)/2]
	if median < 1.5 { // as on a quiet one
		return 1
	}
	return min(median, mostCrowded)
}

// stagesOf splits the tests of a problem by what they took. Limits are the
// problem's on this host. Where the host is crowded, the limit of elapsed time
// is longer, so that waiting for a CPU is not held against a mutant.
func stagesOf(p *judge.Problem, limits judge.Limits, took []judge.TestReport, crowded float64) []stage {
	usage := make(map[string]judge.Usage, len(took))
	for _, t := range took {
		usage[t.Name] = t.Usage
	}
	var all []testCost
	for _, g := range p.Groups {
		for _, t := range g.Tests {
			alone := g
			alone.Tests = []judge.Test{t}
			all = append(all, testCost{group: alone,
				cpu: millis(usage[t.Name].CPUMillis), wall: millis(usage[t.Name].WallMillis)})
		}
	}
	cheapest := slices.MinFunc(all, func(a, b testCost) int { return cmp.Compare(a.cpu, b.cpu) }).cpu
	limits.Wall = time.Duration(float64(limits.Wall) * crowded)
	quick, full := stage{base: p, limits: limits, own: limits}, stage{base: p, limits: limits, own: limits}
	var slowest, longest time.Duration
	for _, t := range all {
		if t.cpu > cheapest+smallTest {
			full.tests = append(full.tests, t)
			continue
		}
		quick.tests = append(quick.tests, t)
		slowest, longest = max(slowest, t.cpu), max(longest, t.wall)
	}
	quick.limits.CPU = min(limits.CPU, quickTimes*slowest+quickPlus)
	quick.limits.Wall = min(limits.Wall, max(time.Duration(quickTimes*crowded*float64(quick.limits.CPU)), waitTimes*longest)+waitPlus)
	quick.hasty = quick.limits != limits
	if len(full.tests) == 0 {
		return []stage{quick}
	}
	return []stage{quick, full}
}

func millis(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

// patient is the stage under the limits of the problem, with the tests that
// are given.
func (st stage) patient(tests []testCost) stage {
	return stage{base: st.base, limits: st.own, own: st.own, tests: tests}
}

// problem is the problem with a stage's tests, in their order, and limits.
func (st stage) problem() *judge.Problem {
	p := *st.base
	p.Limits, p.LanguageLimits = st.limits, nil
	p.Groups = make([]judge.Group, len(st.tests))
	for i, t := range st.tests {
		p.Groups[i] = t.group
	}
	return &p
}

// arrange puts the test that finds the most mutants for its time first.
func (m *mutateRun) arrange(st stage) stage {
	const overhead = 2 * time.Millisecond // of a test that takes no time
	worth := func(t testCost) float64 {
		name := t.name()
		return float64(m.rejected[name]+1) / float64(m.ran[name]+2) / float64(t.wall+overhead)
	}
	st.tests = slices.Clone(st.tests)
	m.mu.Lock()
	slices.SortStableFunc(st.tests, func(a, b testCost) int { return cmp.Compare(worth(b), worth(a)) })
	m.mu.Unlock()
	return st
}

// count remembers which tests a mutant ran and which one found it. Haste finds
// nothing.
func (m *mutateRun) count(st stage, r judge.Report) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, t := range r.Tests {
		m.ran[t.Name]++
		if t.Verdict != judge.AC && !(st.hasty && t.Verdict == judge.TLE) {
			m.rejected[t.Name]++
		}
	}
}
