package hostspeed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/docketjudge/docket/judge"
)

// GaugeConfig says what a Gauge works with.
type GaugeConfig struct {
	// Sandbox runs the workloads. Required.
	Sandbox judge.Sandbox
	// Languages are those that Run measures. Defaults to all.
	Languages []judge.Language
	// Known are figures of an earlier measurement on this host, which hold
	// until Run is through. Optional.
	Known map[judge.Language]Figure
	// Toolchain names the version of a language's toolchain. Known figures of
	// another toolchain are not used. Optional.
	Toolchain func(judge.Language) string
	// Log defaults to slog.Default().
	Log *slog.Logger
}

// Gauge knows how fast the host is that a sandbox runs on. It is safe for
// concurrent use.
type Gauge struct {
	config GaugeConfig
	meters map[judge.Language]*meter
}

// meter measures one language.
type meter struct {
	busy chan struct{} // holds a token while somebody measures

	mu        sync.Mutex
	known     Figure // zero while there is none
	disturbed bool   // whether the last Run was
	moves     int
}

// NewGauge returns a Gauge that has measured nothing yet.
func NewGauge(c GaugeConfig) (*Gauge, error) {
	if c.Sandbox == nil {
		return nil, errors.New("host speed: a sandbox is needed")
	}
	for _, l := range c.Languages {
		if !l.Valid() {
			return nil, fmt.Errorf("host speed: %q is not a language", l)
		}
	}
	if len(c.Languages) == 0 {
		c.Languages = judge.Languages()
	}
	if c.Toolchain == nil {
		c.Toolchain = func(judge.Language) string { return "" }
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	g := &Gauge{config: c, meters: make(map[judge.Language]*meter)}
	for _, l := range judge.Languages() {
		m := &meter{busy: make(chan struct{}, 1)}
		if f := c.Known[l]; f.Millis > 0 && f.Toolchain == c.Toolchain(l) {
			m.known = f
		}
		g.meters[l] = m
	}
	return g, nil
}

// How much Run measures: a slot is given back between the rounds, so that it
// keeps no submission waiting for long, and so that a moment in which the host
// is disturbed spoils one round only.
const (
	rounds       = 3
	runsPerRound = 2
)

// Run measures every language and returns the figures that hold from now on.
// Languages that cannot be measured are left out, after a word in the log.
//
// A measurement is quiet when two rounds agree and neither had to wait for its
// CPU. What a quiet one finds holds; what a disturbed one finds holds only where
// nothing else is known, or where it is better, since neighbours never make a
// program quicker.
func (g *Gauge) Run(ctx context.Context) map[judge.Language]Figure {
	before := g.Figures()
	runs := make(map[judge.Language][]judge.Result)
	for range rounds {
		for _, l := range g.config.Languages {
			r, err := g.measure(ctx, l)
			if ctx.Err() != nil {
				return nil
			}
			if err == nil {
				runs[l] = append(runs[l], r)
			}
		}
	}
	figures := make(map[judge.Language]Figure, len(runs))
	for l, of := range runs {
		least := slices.MinFunc(of, func(a, b judge.Result) int { return cmp.Compare(a.CPU, b.CPU) })
		f := FigureOf(least.CPU, g.config.Toolchain(l))
		f.At, f.Quiet = time.Now().UTC().Truncate(time.Second), quiet(least.CPU, of)
		figures[l] = g.settle(l, before[l], f)
	}
	return figures
}

// agreement is by how much two rounds of a quiet host differ at most.
const agreement = 0.1

// quiet reports whether two rounds came close to the least time without having
// waited.
func quiet(least time.Duration, rounds []judge.Result) bool {
	n := 0
	for _, r := range rounds {
		if !waited(r) && float64(r.CPU) <= (1+agreement)*float64(least) {
			n++
		}
	}
	return n >= 2
}

// notable is by how much a figure must move to be worth a word.
const notable = 0.15

// settle decides which figure holds after a measurement, and tells the log when
// the host's speed has changed.
func (g *Gauge) settle(l judge.Language, old, f Figure) Figure {
	m := g.meters[l]
	m.mu.Lock()
	defer m.mu.Unlock()
	m.disturbed = !f.Quiet
	if !f.Quiet && old.Millis > 0 {
		if f.Millis >= old.Millis {
			f = old
		}
		f.Quiet = old.Quiet
	}
	if f.Before == nil {
		f.Before = old.Before
	}
	if old.Millis > 0 && math.Abs(f.Millis/old.Millis-1) > notable {
		f.Before = &Move{Millis: old.Millis, Until: f.At}
		m.moves++
		g.config.Log.Warn("the host's speed has changed", "language", l,
			"from_ms", old.Millis, "to_ms", f.Millis, "factor", FactorOf(Ratio(l, f)))
	}
	m.known = f
	return f
}

// Keep calls Run at once and from time to time until ctx ends, and tells of
// what it found: soon again while the host was disturbed, else every hour.
func (g *Gauge) Keep(ctx context.Context, found func(map[judge.Language]Figure)) {
	for wait := firstRemeasure; ; {
		figures := g.Run(ctx)
		if ctx.Err() != nil {
			return
		}
		found(figures)
		pause := remeasure
		if g.wasDisturbed() {
			pause, wait = wait, min(2*wait, remeasure)
		} else {
			wait = firstRemeasure
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}

// When a host is measured again: after the first disturbed measurement, and
// after a quiet one.
const (
	firstRemeasure = time.Minute
	remeasure      = time.Hour
)

// wasDisturbed reports whether the last Run was not quiet in some language.
func (g *Gauge) wasDisturbed() bool {
	for _, l := range g.config.Languages {
		m := g.meters[l]
		m.mu.Lock()
		disturbed := m.disturbed
		m.mu.Unlock()
		if disturbed {
			return true
		}
	}
	return false
}

// Moves counts how often Run found that a language's speed had changed.
func (g *Gauge) Moves(l judge.Language) int {
	m := g.meters[l]
	if m == nil {
		return 0
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.moves
}

// Factor is what time limits are multiplied by. Where a language has no figure
// yet, it is measured: callers must not hold a slot.
func (g *Gauge) Factor(ctx context.Context, l judge.Language) (float64, error) {
	m := g.meters[l]
	if m == nil {
		return 1, nil
	}
	f, ok := m.figure()
	if !ok {
		if !m.begin(ctx) {
			return 0, ctx.Err()
		}
		defer m.end()
		// Somebody else may have measured while we waited for our turn.
		if f, ok = m.figure(); !ok {
			if _, err := g.sample(ctx, l); err != nil {
				return 0, err
			}
			f, _ = m.figure()
		}
	}
	return FactorOf(Ratio(l, f)), nil
}

// measure takes one sample when nobody else measures the language.
func (g *Gauge) measure(ctx context.Context, l judge.Language) (judge.Result, error) {
	m := g.meters[l]
	if !m.begin(ctx) {
		return judge.Result{}, ctx.Err()
	}
	defer m.end()
	return g.sample(ctx, l)
}

// sample measures a language. What it finds is known from then on, unless
// something better is.
func (g *Gauge) sample(ctx context.Context, l judge.Language) (judge.Result, error) {
	r, err := measure(ctx, g.config.Sandbox, l, runsPerRound)
	if err != nil {
		if ctx.Err() == nil {
			g.config.Log.Warn("host factor", "language", l, "err", err)
		}
		return judge.Result{}, err
	}
	f := FigureOf(r.CPU, g.config.Toolchain(l))
	f.At = time.Now().UTC().Truncate(time.Second)
	g.meters[l].offer(f)
	return r, nil
}

// begin waits for the turn to measure, or returns false when ctx ends.
func (m *meter) begin(ctx context.Context) bool {
	select {
	case m.busy <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (m *meter) end() { <-m.busy }

// Figures are what is known by now.
func (g *Gauge) Figures() map[judge.Language]Figure {
	known := make(map[judge.Language]Figure)
	for l, m := range g.meters {
		if f, ok := m.figure(); ok {
			known[l] = f
		}
	}
	return known
}

func (m *meter) figure() (Figure, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.known, m.known.Millis > 0
}

// offer takes a figure where there is none, or a worse one.
func (m *meter) offer(f Figure) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known.Millis == 0 || f.Millis < m.known.Millis {
		f.Quiet, f.Before = m.known.Quiet, m.known.Before
		m.known = f
	}
}
