package workshop_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/problemstest"
	"github.com/docketjudge/docket/problems/workshop"
)

// timedJudge runs submissions that take as long as it says: by a word of their
// source, the milliseconds of each run in turn on test secret/2. Every other
// test takes 20. What takes longer than the limit is stopped.
type timedJudge struct {
	catalog judge.Catalog
	took    map[string][]int
	verdict map[string]judge.Verdict
	limits  map[string][]time.Duration // that each was run under
	tests   map[string][]string        // the names of those that each was run on
}

func (j *timedJudge) Judge(ctx context.Context, sub judge.Submission, _ func(judge.Event)) (judge.Report, error) {
	p, err := j.catalog.Problem(ctx, sub.Problem)
	if err != nil {
		return judge.Report{}, err
	}
	word := strings.Trim(sub.Files[0].Content, "/# \n")
	if _, known := j.took[word]; !known {
		return judge.Report{}, errors.New("nothing is known of " + word)
	}
	limit := p.LimitsFor(sub.Language).CPU
	r := judge.Report{Verdict: judge.AC}
	var names []string
	for _, g := range p.Groups {
		for _, t := range g.Tests {
			names = append(names, t.Name)
			one := judge.TestReport{Name: t.Name, Verdict: judge.AC, Usage: judge.Usage{CPUMillis: 20}}
			if t.Name == "secret/2" {
				n := len(j.limits[word])
				one.CPUMillis = int64(j.took[word][min(n, len(j.took[word])-1)])
				if v := j.verdict[word]; v != "" {
					one.Verdict = v
				}
			}
			if stop := limit + limit/10; one.CPUMillis > stop.Milliseconds() {
				one.Verdict, one.CPUMillis = judge.TLE, stop.Milliseconds()
			}
			r.Tests = append(r.Tests, one)
			if one.Verdict != judge.AC && r.Verdict == judge.AC {
				r.Verdict = one.Verdict
			}
		}
	}
	j.limits[word] = append(j.limits[word], limit)
	j.tests[word] = append(j.tests[word], strings.Join(names, " "))
	return r, nil
}

// bench is one at which the judge judges.
func (j *timedJudge) bench(t *testing.T) *workshop.Bench {
	return &workshop.Bench{Sandbox: problemstest.NewSandbox(1, nil), Forge: forge.New(t.TempDir(), nil),
		NewJudge: func(c judge.Catalog, _ judge.HostFactor) judging.Judger { j.catalog = c; return j }}
}

func calibrate(t *testing.T, j *timedJudge, ratio float64) workshop.Calibration {
	t.Helper()
	j.limits, j.tests = map[string][]time.Duration{}, map[string][]string{}
	pkg, err := problems.Load(problemstest.Minimal.With(problemstest.Files{
		"data/secret/2.in": "3000\n", "data/secret/2.ans": "6000\n",
		"submissions/accepted/a.py":             "# fine\n",
		"submissions/accepted/b.py":             "# finer\n",
		"submissions/time_limit_exceeded/t.py":  "# slow\n",
		"submissions/brute_force/u.py":          "# slower\n",
		"submissions/wrong_answer/w.py":         "# never run\n",
		"submissions/rejected/r.py":             "# nor this\n",
		"submissions/wrong_answer/w.go":         problemstest.Gone,
		"submissions/accepted/only_measured.go": "// go\n",
	}).FS(), "double-it")
	if err != nil {
		t.Fatal(err)
	}
	c, err := j.bench(t).Calibrate(t.Context(), pkg, workshop.CalibrateOptions{
		Runs:  3,
		Ratio: func(context.Context, judge.Language) (float64, error) { return ratio, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCalibrate(t *testing.T) {
	j := &timedJudge{took: map[string][]int{"fine": {900, 600, 640}, "finer": {20}, "slow": {90_000}, "slower": {4000, 3900, 4400}, "go": {50}}}
	c := calibrate(t, j, 1)
	var python workshop.CalibratedLanguage
	for _, l := range c.Languages {
		if l.Language == judge.Python {
			python = l
		}
	}
	want := workshop.CalibratedLanguage{
		Language: judge.Python, Ratio: 1, PresentMillis: 1500, LimitMillis: 1500, Holds: true,
		AcceptedMillis: 640, AcceptedSpread: 300. / 640, TooSlowMillis: 2812.5, AtLeast: true,
		Rows: []workshop.CalibrationRow{
			{Submission: "accepted/a.py", Test: "secret/2", Runs: 3, LeastMillis: 600, MedianMillis: 640, MostMillis: 900},
			{Submission: "accepted/b.py", Test: "secret/2", Runs: 3, LeastMillis: 20, MedianMillis: 20, MostMillis: 20},
			{Submission: "brute_force/u.py", TooSlow: true, Test: "secret/2", Runs: 1, LeastMillis: 2812.5, MedianMillis: 2812.5, MostMillis: 2812.5, Stopped: true},
			{Submission: "time_limit_exceeded/t.py", TooSlow: true, Test: "secret/2", Runs: 1, LeastMillis: 2812.5, MedianMillis: 2812.5, MostMillis: 2812.5, Stopped: true},
		},
	}
	if d := cmp.Diff(want, python); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	// All tests once, the largest first; then those that can be the slowest.
	if d := cmp.Diff([]string{"secret/2 sample/1 secret/1", "secret/2", "secret/2"}, j.tests["fine"]); d != "" {
		t.Error(d)
	}
	if got := j.limits["fine"]; !slices.Equal(got, []time.Duration{judge.MaxCPU, judge.MaxCPU, judge.MaxCPU}) {
		t.Errorf("accepted submissions run under %v", got)
	}
	if !c.Holds() || c.Refused() || len(c.Languages) != 3 || c.Languages[0].Note == "" || c.Languages[1].LimitMillis != 0 {
		t.Errorf("Go has nothing too slow and Java nothing at all: %+v", c)
	}
}

// On a host that takes twice as long for everything, the same comes of it.
func TestCalibrateOnASlowHost(t *testing.T) {
	took := map[string][]int{"fine": {640}, "finer": {20}, "slow": {3000}, "slower": {2700}, "go": {50}}
	at := func(ratio float64) workshop.CalibratedLanguage {
		scaled := map[string][]int{}
		for word, times := range took {
			scaled[word] = []int{int(float64(times[0]) * ratio)}
		}
		c := calibrate(t, &timedJudge{took: scaled}, ratio)
		return c.Languages[len(c.Languages)-1]
	}
	once, twice := at(1), at(2)
	if once.LimitMillis != 1500 || once.LimitMillis != twice.LimitMillis || once.TooSlowMillis != 2700 || once.TooSlowMillis != twice.TooSlowMillis ||
		once.AcceptedMillis != twice.AcceptedMillis || twice.Rows[0].MedianMillis != 1280 {
		t.Errorf("ratio 1: %+v\nratio 2: %+v", once, twice)
	}
}

func TestCalibrateLeavesOut(t *testing.T) {
	took := map[string][]int{"fine": {100}, "finer": {20}, "slow": {30}, "slower": {2000}, "go": {50}}
	python := func(j *timedJudge) workshop.CalibratedLanguage {
		c := calibrate(t, j, 1)
		return c.Languages[len(c.Languages)-1]
	}
	l := python(&timedJudge{took: took, verdict: map[string]judge.Verdict{"slower": judge.MLE, "slow": judge.TLE}})
	if l.Refused != "" || l.Note == "" || !strings.Contains(l.Rows[2].Left, "MLE on secret/2") || !strings.Contains(l.Rows[3].Left, "elapsed") {
		t.Errorf("%+v", l)
	}
	l = python(&timedJudge{took: took, verdict: map[string]judge.Verdict{"fine": judge.WA}})
	if !strings.Contains(l.Refused, "accepted/a.py ends with WA on secret/2") || len(l.Rows) != 2 || l.Rows[1].Runs == 0 {
		t.Errorf("%+v", l)
	}
	took = maps.Clone(took)
	took["fine"] = []int{70_000}
	if l = python(&timedJudge{took: took}); !strings.Contains(l.Refused, "accepted/a.py takes more than 1m0s") {
		t.Errorf("%+v", l)
	}
}

func TestCalibrateFails(t *testing.T) {
	pkg, err := problems.Load(problemstest.Minimal.FS(), "double-it")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (&workshop.Bench{}).Calibrate(t.Context(), pkg, workshop.CalibrateOptions{}); err == nil {
		t.Error("calibrated with nothing")
	}
	j := &timedJudge{took: map[string][]int{}}
	opts := workshop.CalibrateOptions{
		Ratio: func(context.Context, judge.Language) (float64, error) { return 1, nil },
	}
	if _, err := j.bench(t).Calibrate(t.Context(), pkg, opts); err == nil || !strings.Contains(err.Error(), "submission accepted/a.py: nothing is known") {
		t.Errorf("the judge failed, and it says %v", err)
	}
	opts.Ratio = func(context.Context, judge.Language) (float64, error) { return 0, errors.New("no boxes") }
	if _, err := j.bench(t).Calibrate(t.Context(), pkg, opts); err == nil || !strings.Contains(err.Error(), "no boxes") {
		t.Errorf("the host was not measured, and it says %v", err)
	}
}

func TestWriteCalibration(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "double-it")
	for name, text := range problemstest.Minimal.With(problemstest.Files{"submissions/accepted/old(1).java": problemstest.Gone, "docket.yaml": "difficulty: easy # so far\nlimits:\n  go: {memory: 64}\n"}) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := workshop.Calibration{Languages: []workshop.CalibratedLanguage{
		{Language: judge.Go, Ratio: 0.98, LimitMillis: 1500, AcceptedMillis: 300, TooSlowMillis: 2800}, // problem.yaml's
		{Language: judge.Java, Ratio: 1, Holds: true},                                                  // not measured
		{Language: judge.Python, Ratio: 1.04, LimitMillis: 4000, AcceptedMillis: 1800.4, AcceptedSpread: 0.118},
	}}
	r := c.Record(time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC), "ACME", 8, 5, func(l judge.Language) string { return string(l) + " 1" })
	var texts []string
	for range 2 {
		if err := workshop.WriteCalibration(dir, r); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dir, "docket.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	if texts[0] != texts[1] || !strings.HasPrefix(texts[0], "difficulty: easy # so far\nlimits:\n  python: {time_limit: 4}\n  go: {memory: 64}\ncalibrated:") {
		t.Errorf("it became\n%s\nand then\n%s", texts[0], texts[1])
	}
	pkg, err := problems.LoadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := *r
	want.Languages = map[judge.Language]problems.CalibrationFigures{
		judge.Go:     {Toolchain: "go 1", HostRatio: 0.98, TimeLimit: 1500 * time.Millisecond, SlowestAccepted: 300 * time.Millisecond, FastestTooSlow: 2800 * time.Millisecond, Spread: new(0.)},
		judge.Python: {Toolchain: "python 1", HostRatio: 1.04, TimeLimit: 4 * time.Second, SlowestAccepted: 1800 * time.Millisecond, Spread: new(0.12)},
	}
	if d := cmp.Diff(&want, pkg.Calibrated); d != "" || len(pkg.Warnings) != 0 {
		t.Errorf("%v (-want +got):\n%s", pkg.Warnings, d)
	}
	if l := pkg.Problem.LimitsFor(judge.Go); l.CPU != 1500*time.Millisecond || l.Memory != 64*judge.MiB {
		t.Errorf("limits of Go became %+v", l)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "docket.yaml?*")); err != nil || len(left) > 0 {
		t.Errorf("%v, %v is left behind", err, left)
	}

	// What cannot be edited is left alone.
	odd := "{limits: {go: {memory: 64}}}\n"
	if err := os.WriteFile(filepath.Join(dir, "docket.yaml"), []byte(odd), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := workshop.WriteCalibration(dir, r); err == nil {
		t.Error("braces around everything were edited")
	}
	if b, err := os.ReadFile(filepath.Join(dir, "docket.yaml")); err != nil || string(b) != odd {
		t.Errorf("%v: it became %s", err, b)
	}
}
