package workshop

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
)

func stageNames(st stage) (names []string) {
	for _, t := range st.tests {
		names = append(names, t.name())
	}
	return names
}

// took is a report of a test that took so many milliseconds.
func took(name string, cpu, wall int64) judge.TestReport {
	return judge.TestReport{Name: name, Usage: judge.Usage{CPUMillis: cpu, WallMillis: wall}}
}

func TestStages(t *testing.T) {
	p := &judge.Problem{Limits: judge.Limits{CPU: 2 * time.Second}, Groups: []judge.Group{
		{Name: "a", Flags: []string{"x"}, Tests: []judge.Test{{Name: "a/1"}, {Name: "a/2"}}}, {Name: "b", Tests: []judge.Test{{Name: "b/1"}, {Name: "b/2"}}},
	}}
	ms := time.Millisecond
	for name, c := range map[string]struct {
		took      []judge.TestReport
		quick     []string
		cpu, wall time.Duration
		full      []string
		crowded   float64
	}{
		"a large test is held to the problem's own limits": {
			took:  []judge.TestReport{took("a/1", 60, 60), took("a/2", 85, 85), took("b/1", 86, 86), took("b/2", 40, 40)},
			quick: []string{"a/1", "b/2"}, cpu: 170 * ms, wall: 840 * ms,
			full: []string{"a/2", "b/1"},
		},
		"without large tests there is one stage": {
			took:  []judge.TestReport{took("a/1", 0, 0), took("a/2", 5, 5), took("b/1", 25, 25), took("b/2", 1, 1)},
			quick: []string{"a/1", "a/2", "b/1", "b/2"}, cpu: 100 * ms, wall: 700 * ms,
		},
		"on a crowded host, and with programs that sleep, there is time to wait": {
			took:  []judge.TestReport{took("a/1", 10, 100), took("a/2", 10, 100), took("b/1", 10, 200), took("b/2", 10, 100)},
			quick: []string{"a/1", "a/2", "b/1", "b/2"}, cpu: 70 * ms, wall: 1500 * ms,
		},
		"where everything takes four times as long by the clock, so may mutants": {
			took:  []judge.TestReport{took("a/1", 10, 40), took("a/2", 10, 40), took("b/1", 90, 360), took("b/2", 10, 40)},
			quick: []string{"a/1", "a/2", "b/2"}, cpu: 70 * ms, wall: 1060 * ms,
			full: []string{"b/1"}, crowded: 4,
		},
		"but no more than the problem gives": {
			took:  []judge.TestReport{took("a/1", 990, 7000), took("a/2", 990, 7000), took("b/1", 990, 7000), took("b/2", 990, 7000)},
			quick: []string{"a/1", "a/2", "b/1", "b/2"}, cpu: 2 * time.Second, wall: 7 * time.Second,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := stagesOf(p, p.LimitsFor(judge.Go), c.took, max(c.crowded, 1))
			if diff := cmp.Diff(c.quick, stageNames(got[0])); diff != "" {
				t.Errorf("small tests (-want +got):\n%s", diff)
			}
			if l := got[0].limits; l.CPU != c.cpu || l.Wall != c.wall {
				t.Errorf("limits of small tests: %s and %s, want %s and %s", l.CPU, l.Wall, c.cpu, c.wall)
			}
			if len(c.full) == 0 {
				if len(got) != 1 {
					t.Errorf("%d stages", len(got))
				}
				return
			}
			if diff := cmp.Diff(c.full, stageNames(got[1])); diff != "" {
				t.Errorf("large tests (-want +got):\n%s", diff)
			}
			own := p.LimitsFor(judge.Go)
			own.Wall *= time.Duration(max(c.crowded, 1))
			if got[1].limits != own || got[0].patient(nil).limits != own {
				t.Errorf("limits of large tests: %+v", got[1].limits)
			}
			if small := got[0].limits != p.LimitsFor(judge.Go); got[0].hasty != small || got[1].hasty {
				t.Errorf("hasty: %t and %t", got[0].hasty, got[1].hasty)
			}
			if g := got[0].tests[0].group; g.Name != "a" || len(g.Tests) != 1 || g.Flags[0] != "x" {
				t.Errorf("group of a test: %+v", g)
			}
		})
	}
}

func TestCrowding(t *testing.T) {
	quiet, crowded := []judge.TestReport{took("a", 100, 102), took("b", 200, 201), took("c", 2, 90)},
		[]judge.TestReport{took("a", 100, 100), took("b", 200, 700), took("c", 300, 900), took("d", 3, 3)}
	for name, c := range map[string]struct {
		p    judge.Problem
		took []judge.TestReport
		want float64
	}{
		"quiet":        {judge.Problem{}, quiet, 1},
		"crowded":      {judge.Problem{}, crowded, 3},
		"unbelievable": {judge.Problem{}, []judge.TestReport{took("a", 50, 5000)}, mostCrowded},
		"small tests":  {judge.Problem{}, []judge.TestReport{took("a", 3, 90)}, 1},
		"no tests":     {judge.Problem{}, nil, 1},
		"a talk":       {judge.Problem{Validation: judge.Validation{Interactive: true}}, crowded, 1},
	} {
		if got := crowding(&c.p, c.took); got != c.want {
			t.Errorf("%s: %g, want %g", name, got, c.want)
		}
	}
}

// The test that is likely to find a mutant in little time comes first.
func TestArrange(t *testing.T) {
	p := &judge.Problem{Limits: judge.Limits{CPU: time.Second}, LanguageLimits: map[judge.Language]judge.Limits{judge.Go: {CPU: time.Minute}},
		Groups: []judge.Group{{Name: "a", Tests: []judge.Test{{Name: "slow"}, {Name: "quick"}, {Name: "fast"}}}}}
	m := &mutateRun{ran: map[string]int{}, rejected: map[string]int{}}
	st := stagesOf(p, p.LimitsFor(judge.Java), []judge.TestReport{took("slow", 20, 20), took("quick", 2, 2), took("fast", 1, 1)}, 1)[0]
	order := func() []string { return stageNames(m.arrange(st)) }
	if diff := cmp.Diff([]string{"fast", "quick", "slow"}, order()); diff != "" {
		t.Errorf("at first (-want +got):\n%s", diff)
	}
	for range 30 {
		m.count(st, judge.Report{Tests: []judge.TestReport{{Name: "fast", Verdict: judge.AC}, {Name: "slow", Verdict: judge.RTE}}})
	}
	if diff := cmp.Diff([]string{"quick", "slow", "fast"}, order()); diff != "" {
		t.Errorf("after thirty mutants (-want +got):\n%s", diff)
	}
	for range 30 { // that a test takes longer than haste allows is no merit of it
		m.count(st, judge.Report{Tests: []judge.TestReport{{Name: "quick", Verdict: judge.TLE}}})
	}
	if diff := cmp.Diff([]string{"slow", "fast", "quick"}, order()); diff != "" {
		t.Errorf("after thirty that were late (-want +got):\n%s", diff)
	}
	got := m.arrange(st).problem()
	if got.LimitsFor(judge.Go) != st.limits || got.Groups[0].Tests[0].Name != "slow" || stageNames(st)[0] != "slow" || len(p.Groups) != 1 {
		t.Errorf("limits %+v, groups %+v; the original has %+v", got.LimitsFor(judge.Go), got.Groups, p.Groups)
	}
	patient := st.patient(st.tests[2:])
	if patient.hasty || patient.limits.CPU != time.Second || len(patient.problem().Groups) != 1 {
		t.Errorf("with all the time there is: %+v", patient)
	}
}
