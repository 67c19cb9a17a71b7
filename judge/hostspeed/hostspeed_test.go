package hostspeed_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/hostspeed"
	"github.com/docketjudge/docket/judge/judgetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeSandbox runs workloads that take as long as it says, on one slot.
type fakeSandbox struct {
	judgetest.Sandbox

	mu   sync.Mutex
	took []time.Duration // of the next runs; the last one stays
	wait time.Duration   // that every run is kept from its CPU
	runs int
	says string // in place of what the workload prints
	fail error
}

func newFake(took ...time.Duration) *fakeSandbox {
	s := &fakeSandbox{took: took}
	s.Slots = make(chan struct{}, 1)
	s.OnRun = s.work
	return s
}

func (s *fakeSandbox) work(a judge.Artifact, r judge.Run, _ judge.Limits) (judge.Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return judge.Result{}, s.fail
	}
	out := hostspeed.Prints(a.Language)
	if s.says != "" {
		out = s.says
	}
	if _, err := io.WriteString(r.Stdout, out); err != nil {
		return judge.Result{}, err
	}
	d := s.took[min(s.runs, len(s.took)-1)]
	s.runs++
	return judge.Result{CPU: d, Wall: d + s.wait}, nil
}

var silent = slog.New(slog.DiscardHandler)

func TestLeastRunCounts(t *testing.T) {
	s := newFake(30*time.Millisecond, 20*time.Millisecond, 25*time.Millisecond)
	d, err := hostspeed.Measure(t.Context(), s, judge.Go, 3)
	if err != nil || d != 20*time.Millisecond || s.runs != 3 || s.Kept() {
		t.Errorf("%v, %v after %d runs; %d boxes and %d slots kept", d, err, s.runs, s.Count().Open, len(s.Slots))
	}
}

// A figure is taken from a workload that did its work, or not at all.
func TestFalseRunsAreErrors(t *testing.T) {
	lazy := newFake(time.Millisecond)
	lazy.says = "1"
	broken := newFake(time.Millisecond)
	broken.fail = errors.New("the box broke")
	for name, s := range map[string]*fakeSandbox{"prints something else": lazy, "no time": newFake(0), "box": broken} {
		if d, err := hostspeed.Measure(t.Context(), s, judge.Python, 1); err == nil || !strings.Contains(err.Error(), "Python") {
			t.Errorf("%s: %v, %v", name, d, err)
		}
		if s.Kept() {
			t.Errorf("%s: %d boxes and %d slots are kept", name, s.Count().Open, len(s.Slots))
		}
	}
	if _, err := hostspeed.Measure(t.Context(), newFake(time.Second), "cobol", 1); err == nil {
		t.Error("a language without a workload is measured")
	}
}

func TestFactorIsRoundedAndBounded(t *testing.T) {
	for ratio, want := range map[float64]float64{
		0.5: 1, 0.99: 1, 1: 1, 1.04: 1, 1.06: 1.1, 1.96: 2, 3.94: 3.9, 17: hostspeed.MaxFactor, math.Inf(1): hostspeed.MaxFactor,
	} {
		if got := hostspeed.FactorOf(ratio); got != want {
			t.Errorf("FactorOf(%g) = %g, want %g", ratio, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		// Whatever is measured, limits grow, and not beyond all measure.
		if f := hostspeed.FactorOf(rapid.Float64().Draw(t, "ratio")); !(f >= 1 && f <= hostspeed.MaxFactor) {
			t.Errorf("factor %g", f)
		}
	})
	if f := hostspeed.FactorOf(math.NaN()); f != 1 {
		t.Errorf("FactorOf(NaN) = %g", f)
	}
}

// times is how long the workload takes on a host that is slower by a factor.
func times(l judge.Language, factor float64) time.Duration {
	return time.Duration(hostspeed.Reference().Figures[l].Millis * factor * float64(time.Millisecond))
}

func TestReference(t *testing.T) {
	r := hostspeed.Reference()
	if r.Workload != hostspeed.Workload() {
		t.Error("the workload was changed since its reference was measured: docket problems calibrate --reference judge/hostspeed/reference.json")
	}
	if r.Name == "" || r.CPUs < 1 || r.Date == "" {
		t.Errorf("it does not say what it is of: %+v", r)
	}
	for _, l := range judge.Languages() {
		f := r.Figures[l]
		if f.Millis < 50 || f.Millis > 500 || f.Toolchain == "" {
			t.Errorf("%s: %+v", l, f)
		}
		if got := hostspeed.Ratio(l, f); got != 1 {
			t.Errorf("%s: the reference's own ratio is %g", l, got)
		}
		if got := hostspeed.Ratio(l, hostspeed.FigureOf(times(l, 2), "")); math.Abs(got-2) > 0.01 {
			t.Errorf("%s: the ratio of a host at half its speed is %g", l, got)
		}
	}
	if hostspeed.Ratio(judge.Go, hostspeed.Figure{}) != 1 {
		t.Error("an unknown host is slower or faster than the reference")
	}
}

// The first judging of a language waits for its figure; later ones do not.
func TestGaugeMeasuresWhenAsked(t *testing.T) {
	s := newFake(times(judge.Go, 2))
	g := newGauge(t, hostspeed.GaugeConfig{Sandbox: s, Log: silent})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if f := factorOf(t, g, judge.Go); f != 2 {
				t.Errorf("factor %g, want 2", f)
			}
		})
	}
	wg.Wait()
	once := s.runs
	if f := factorOf(t, g, judge.Go); f != 2 || s.runs != once || once > 3 {
		t.Errorf("factor %g; %d runs, then %d", f, once, s.runs)
	}
	if f := factorOf(t, g, "cobol"); f != 1 {
		t.Errorf("factor %g of no language", f)
	}
}

func factorOf(t *testing.T, g *hostspeed.Gauge, l judge.Language) float64 {
	t.Helper()
	f, err := g.Factor(t.Context(), l)
	if err != nil {
		t.Errorf("factor of %s: %v", l, err)
	}
	return f
}

// measurement leaves out of figures how they were measured.
var measurement = cmpopts.IgnoreFields(hostspeed.Figure{}, "At", "Quiet", "Before")

func newGauge(t *testing.T, c hostspeed.GaugeConfig) *hostspeed.Gauge {
	t.Helper()
	g, err := hostspeed.NewGauge(c)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGaugeConfigIsChecked(t *testing.T) {
	for name, c := range map[string]hostspeed.GaugeConfig{
		"no sandbox":  {},
		"no language": {Sandbox: newFake(), Languages: []judge.Language{"cobol"}},
	} {
		if g, err := hostspeed.NewGauge(c); err == nil {
			t.Errorf("%s: no error, but %v", name, g)
		}
	}
}

func TestGaugeWithoutAFigure(t *testing.T) {
	s := newFake(time.Second)
	s.fail = errors.New("the engine is gone")
	g := newGauge(t, hostspeed.GaugeConfig{Sandbox: s, Log: silent})
	if f, err := g.Factor(t.Context(), judge.Go); !errors.Is(err, s.fail) || len(g.Figures()) != 0 {
		t.Errorf("factor %g, %v, figures %v", f, err, g.Figures())
	}
	if figures := g.Run(t.Context()); len(figures) != 0 {
		t.Errorf("figures of nothing: %v", figures)
	}
	s.fail = nil
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	s.Slots <- struct{}{} // nobody gets it
	if f, err := g.Factor(ended, judge.Go); !errors.Is(err, context.Canceled) {
		t.Errorf("factor %g, %v after the end", f, err)
	}
	<-s.Slots
	if f := factorOf(t, g, judge.Go); f == 1 {
		t.Error("the engine is back, and nothing is measured")
	}
}

// Known figures serve until Run has measured anew, and only for what they are
// of.
func TestGaugeKnows(t *testing.T) {
	toolchain := func(judge.Language) string { return "v2" }
	s := newFake(times(judge.Go, 3), times(judge.Go, 3), times(judge.Go, 1.5))
	g := newGauge(t, hostspeed.GaugeConfig{Sandbox: s, Log: silent, Toolchain: toolchain,
		Languages: []judge.Language{judge.Go},
		Known: map[judge.Language]hostspeed.Figure{
			judge.Go:     hostspeed.FigureOf(times(judge.Go, 1.2), "v2"),
			judge.Python: hostspeed.FigureOf(times(judge.Python, 1.2), "v1"),
		}})
	if f := factorOf(t, g, judge.Go); f != 1.2 || s.runs != 0 {
		t.Errorf("factor %g after %d runs, want what was known", f, s.runs)
	}
	if _, ok := g.Figures()[judge.Python]; ok {
		t.Error("a figure of another toolchain counts")
	}
	figures := g.Run(t.Context())
	want := map[judge.Language]hostspeed.Figure{judge.Go: hostspeed.FigureOf(times(judge.Go, 1.5), "v2")}
	if d := cmp.Diff(want, figures, measurement); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(want, g.Figures(), measurement); d != "" {
		t.Error(d)
	}
	if f := factorOf(t, g, judge.Go); f != 1.5 || s.Kept() {
		t.Errorf("factor %g; %d boxes and %d slots kept", f, s.Count().Open, len(s.Slots))
	}
}

// Whatever disturbs a round only makes it longer: the least round counts,
// whenever it came.
func TestGaugeTakesTheLeastRound(t *testing.T) {
	for _, rounds := range [][]float64{{1.5, 3, 2}, {3, 1.5, 2}, {3, 2, 1.5}} {
		s := newFake()
		for _, ratio := range rounds {
			s.took = append(s.took, times(judge.Go, ratio), times(judge.Go, ratio))
		}
		g := newGauge(t, hostspeed.GaugeConfig{Sandbox: s, Log: silent, Languages: []judge.Language{judge.Go}})
		want := map[judge.Language]hostspeed.Figure{judge.Go: hostspeed.FigureOf(times(judge.Go, 1.5), "")}
		if d := cmp.Diff(want, g.Run(t.Context()), measurement); d != "" || s.runs != len(s.took) {
			t.Errorf("rounds %v, %d runs (-want +got):\n%s", rounds, s.runs, d)
		}
	}
}

// What a busy minute finds counts for as long as nothing else is known, and
// never instead of what a quiet one has found.
func TestBusyMinutesDoNotCount(t *testing.T) {
	type step struct {
		rounds []float64 // ratio of each
		wait   time.Duration
		want   float64 // the factor from then on
		quiet  bool    // whether that was found on a quiet host
		moves  int
	}
	for name, steps := range map[string][]step{
		"quiet, busy, quiet":         {{[]float64{1.5, 1.5, 1.5}, 0, 1.5, true, 0}, {[]float64{3, 3, 3}, time.Second, 1.5, true, 0}, {[]float64{1.6, 1.6, 1.6}, 0, 1.6, true, 0}},
		"busy, quiet":                {{[]float64{3, 2.5, 3}, time.Second, 2.5, false, 0}, {[]float64{1.5, 1.5, 1.5}, 0, 1.5, true, 1}},
		"busy, less busy":            {{[]float64{3, 3, 3}, time.Second, 3, false, 0}, {[]float64{2, 2.8, 2.8}, time.Second, 2, false, 1}, {[]float64{4, 4, 4}, time.Second, 2, false, 1}},
		"quiet, busy and yet faster": {{[]float64{2, 2, 2}, 0, 2, true, 0}, {[]float64{1.5, 1.5, 3}, time.Second, 1.5, true, 1}},
		"really slower":              {{[]float64{1.5, 1.5, 1.5}, 0, 1.5, true, 0}, {[]float64{2, 2, 2}, 0, 2, true, 1}, {[]float64{2.1, 2.1, 2.1}, 0, 2.1, true, 1}},
		"rounds that do not agree":   {{[]float64{2, 2, 2}, 0, 2, true, 0}, {[]float64{2.5, 3, 4}, 0, 2, true, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newFake()
			g := newGauge(t, hostspeed.GaugeConfig{Sandbox: s, Log: silent, Languages: []judge.Language{judge.Go}})
			for i, step := range steps {
				s.took, s.runs, s.wait = nil, 0, step.wait
				for _, ratio := range step.rounds {
					s.took = append(s.took, times(judge.Go, ratio), times(judge.Go, ratio))
				}
				f := g.Run(t.Context())[judge.Go]
				if got := factorOf(t, g, judge.Go); got != step.want || f.Quiet != step.quiet || g.Moves(judge.Go) != step.moves {
					t.Errorf("step %d: factor %g, %d moves, %+v; want %+v", i, got, g.Moves(judge.Go), f, step)
				}
				if (f.Before != nil) != (step.moves > 0) {
					t.Errorf("step %d: moved from %+v", i, f.Before)
				}
			}
		})
	}
}

// A host that was disturbed is measured again soon, then less often, and a
// quiet one every hour.
func TestKeepMeasuresAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newFake(times(judge.Go, 1.5))
		s.wait = time.Second
		g := newGauge(t, hostspeed.GaugeConfig{Sandbox: s, Log: silent, Languages: []judge.Language{judge.Go}})
		ctx, cancel := context.WithCancel(t.Context())
		begin := time.Now()
		var minutes []float64
		g.Keep(ctx, func(figures map[judge.Language]hostspeed.Figure) {
			minutes = append(minutes, time.Since(begin).Minutes())
			switch len(minutes) {
			case 3:
				s.wait = 0
			case 5:
				s.wait = time.Second
			case 7:
				cancel()
			}
			if figures[judge.Go].Quiet != (len(minutes) > 3) {
				t.Errorf("measurement %d: %+v", len(minutes), figures)
			}
		})
		if d := cmp.Diff([]float64{0, 1, 3, 7, 67, 127, 128}, minutes); d != "" {
			t.Errorf("minutes of measurements (-want +got):\n%s", d)
		}
	})
}

// endingSandbox ends a context when a slot is wanted once too often.
type endingSandbox struct {
	*fakeSandbox

	left int
	end  context.CancelFunc
}

func (s *endingSandbox) Acquire(ctx context.Context) (judge.Slot, error) {
	if s.left--; s.left < 0 {
		s.end()
	}
	return s.fakeSandbox.Acquire(ctx)
}

// Where Run does not get through, what is known gives way to a better figure
// only: one round may have been disturbed.
func TestGaugeKeepsTheBetterFigure(t *testing.T) {
	for measured, want := range map[float64]float64{3: 2, 1.5: 1.5} {
		ctx, cancel := context.WithCancel(t.Context())
		t.Cleanup(cancel)
		s := newFake(times(judge.Go, measured))
		ending := &endingSandbox{fakeSandbox: s, left: 1, end: func() { cancel(); s.Slots <- struct{}{} }} // nobody gets it
		g := newGauge(t, hostspeed.GaugeConfig{Sandbox: ending, Log: silent, Languages: []judge.Language{judge.Go},
			Known: map[judge.Language]hostspeed.Figure{judge.Go: hostspeed.FigureOf(times(judge.Go, 2), "")}})
		if figures := g.Run(ctx); figures != nil || s.runs == 0 {
			t.Errorf("it got through: %v after %d runs", figures, s.runs)
		}
		if f := factorOf(t, g, judge.Go); f != want {
			t.Errorf("2 was known and %g measured: factor %g, want %g", measured, f, want)
		}
	}
}

func TestRecordOfAnotherWorkloadIsIgnored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "below", "speed.json")
	if _, ok := hostspeed.Load(path); ok {
		t.Error("there is a record that nobody wrote")
	}
	h := hostspeed.Reference()
	for range 2 {
		if err := h.Save(path); err != nil {
			t.Fatal(err)
		}
	}
	got, ok := hostspeed.Load(path)
	if d := cmp.Diff(h, got); !ok || d != "" {
		t.Errorf("%v %s", ok, d)
	}
	h.Workload = "another"
	if err := h.Save(path); err != nil {
		t.Fatal(err)
	}
	if _, ok := hostspeed.Load(path); ok {
		t.Error("a record of another workload is compared with the reference")
	}
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, ok := hostspeed.Load(path); ok {
		t.Error("half a record is taken")
	}
	if files, err := os.ReadDir(filepath.Dir(path)); err != nil || len(files) != 1 {
		t.Errorf("%v, %v: only the record is left", files, err)
	}
	if err := h.Save(filepath.Join(path, "x")); err == nil {
		t.Error("a record was written below a file")
	}
}
