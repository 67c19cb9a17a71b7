package workshop_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/problemstest"
	"github.com/docketjudge/docket/problems/workshop"
)

// calibratePython is what is found of two submissions in Python, one of them
// too slow, with the problems that they were run on. The host's ratio is that of
// each time it is measured, the last one for ever.
func calibratePython(t *testing.T, j *timedJudge, ratios ...float64) (workshop.CalibratedLanguage, []*judge.Problem) {
	t.Helper()
	j.limits, j.tests = map[string][]time.Duration{}, map[string][]string{}
	pkg := problemstest.Load(t, problemstest.Minimal.With(problemstest.Files{
		"data/secret/2.in": "3000\n", "data/secret/2.ans": "6000\n",
		"submissions/accepted/a.py":            "# fine\n",
		"submissions/time_limit_exceeded/t.py": "# slow\n",
	}))
	var asked []*judge.Problem
	measured := 0
	bench := j.bench(t)
	bench.NewJudge = func(c judge.Catalog, _ judge.HostFactor) judging.Judger {
		p, err := c.Problem(t.Context(), pkg.Problem.Slug)
		if err != nil {
			t.Fatal(err)
		}
		asked, j.catalog = append(asked, p), c
		return j
	}
	c, err := bench.Calibrate(t.Context(), pkg, workshop.CalibrateOptions{
		Runs: 3, Languages: []judge.Language{judge.Python},
		Ratio: func(context.Context, judge.Language) (float64, error) {
			measured++
			return ratios[min(measured, len(ratios))-1], nil
		},
	})
	if err != nil || len(c.Languages) != 1 {
		t.Fatalf("%d languages, %v", len(c.Languages), err)
	}
	return c.Languages[0], asked
}

// What disturbs the measure of the host only makes it slower: the least counts,
// whenever it came.
func TestCalibrateTakesTheLeastRatio(t *testing.T) {
	for _, ratios := range [][]float64{{2, 1.5, 1.2}, {1.2, 1.5, 2}, {2, 2, 2, 1.2, 2}} {
		l, _ := calibratePython(t, &timedJudge{took: map[string][]int{"fine": {600}, "slow": {9000}}}, ratios...)
		if l.Ratio != 1.2 || l.AcceptedMillis != 500 {
			t.Errorf("of %v comes %g, and the slowest takes %g ms", ratios, l.Ratio, l.AcceptedMillis)
		}
	}
}

// Tests that take half as long as the slowest may be it the next time.
func TestCalibrateTriesWhatCanBeTheSlowest(t *testing.T) {
	const all = "secret/2 sample/1 secret/1"
	for slowest, want := range map[int][]string{40: {all, all, all}, 41: {all, "secret/2", "secret/2"}} {
		j := &timedJudge{took: map[string][]int{"fine": {slowest}, "slow": {9000}}}
		calibratePython(t, j, 1)
		if d := cmp.Diff(want, j.tests["fine"]); d != "" {
			t.Errorf("with %d ms beside tests of 20 (-want +got):\n%s", slowest, d)
		}
	}
}

// What is too slow is given more time than any limit that may come of what the
// accepted ones took, on this host.
func TestCalibrateStopsAboveTheNewLimit(t *testing.T) {
	for _, ratio := range []float64{1, 2} {
		j := &timedJudge{took: map[string][]int{"fine": {int(2000 * ratio)}, "slow": {90_000}}}
		l, asked := calibratePython(t, j, ratio)
		// Twice the slowest and a tenth for room, rounded, are 4.5 s.
		stop := time.Duration(4.5 * 1.5 * 1.25 * ratio * float64(time.Second))
		if got := j.limits["slow"]; !slices.Equal(got, []time.Duration{stop}) {
			t.Errorf("ratio %g: it was stopped at %v, want %s", ratio, got, stop)
		}
		if l.Refused != "" || l.LimitMillis != 4500 || l.Holds || !l.AtLeast {
			t.Errorf("ratio %g: %+v", ratio, l)
		}
		// Nothing but a sleeper meets the limit for elapsed time, and the first
		// test that fails ends a run.
		for _, p := range asked {
			limits := p.LimitsFor(judge.Python)
			if limits.Wall != 10*limits.CPU+10*time.Second {
				t.Errorf("%s of processor time and %s of elapsed time", limits.CPU, limits.Wall)
			}
			for _, g := range p.Groups {
				if len(g.Tests) != 1 || !g.BreakOnReject {
					t.Errorf("%d tests together, ends at the first that fails: %v", len(g.Tests), g.BreakOnReject)
				}
			}
		}
	}
}

// A record that its package cannot have is not left in it.
func TestWriteCalibrationPutsBack(t *testing.T) {
	const before = "difficulty: easy\n"
	dir := problemstest.Draft(t, problemstest.Minimal.With(problemstest.Files{"submissions/accepted/old(1).java": problemstest.Gone, "docket.yaml": before}))
	r := &problems.CalibrationRecord{Date: "2026-02-03", Host: "ACME", Cores: 1, Runs: 1, Languages: map[judge.Language]problems.CalibrationFigures{
		judge.Go: {Toolchain: "go 1", HostRatio: 1, TimeLimit: 2 * judge.MaxCPU, SlowestAccepted: time.Second},
	}}
	if err := workshop.WriteCalibration(dir, r); err == nil || !strings.Contains(err.Error(), "time_limit") {
		t.Errorf("a limit that nobody may have: %v", err)
	}
	if got := problemstest.Read(t, dir, "docket.yaml"); got != before {
		t.Errorf("docket.yaml became\n%s", got)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "docket.yaml?*")); err != nil || len(left) > 0 {
		t.Errorf("%v, %v is left behind", err, left)
	}
}
