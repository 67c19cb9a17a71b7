package hostspeed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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

	mu    sync.Mutex
	known Figure // zero while there is none
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

// Run measures every language and returns the figures. Those that cannot be
// measured are left out, after a word in the log.
func (g *Gauge) Run(ctx context.Context) map[judge.Language]Figure {
	least := make(map[judge.Language]time.Duration)
	for range rounds {
		for _, l := range g.config.Languages {
			d, err := g.measure(ctx, l)
			if ctx.Err() != nil {
				return nil
			}
			if err == nil && (least[l] == 0 || d < least[l]) {
				least[l] = d
			}
		}
	}
	figures := make(map[judge.Language]Figure, len(least))
	for l, d := range least {
		figures[l] = FigureOf(d, g.config.Toolchain(l))
		g.meters[l].set(figures[l])
	}
	return figures
}

// Factor is what time limits are multiplied by. Where a language has no figure
// yet, it is measured: callers must not hold a slot. It is 1 when that fails.
func (g *Gauge) Factor(ctx context.Context, l judge.Language) float64 {
	m := g.meters[l]
	if m == nil {
		return 1
	}
	if _, ok := m.figure(); !ok && m.begin(ctx) {
		// Somebody else may have measured while we waited for our turn.
		if _, ok := m.figure(); !ok {
			_, _ = g.sample(ctx, l) // the log says why
		}
		m.end()
	}
	f, _ := m.figure()
	return FactorOf(Ratio(l, f))
}

// measure takes one sample when nobody else measures the language.
func (g *Gauge) measure(ctx context.Context, l judge.Language) (time.Duration, error) {
	m := g.meters[l]
	if !m.begin(ctx) {
		return 0, ctx.Err()
	}
	defer m.end()
	return g.sample(ctx, l)
}

// sample measures a language. What it finds is known from then on, unless
// something better is.
func (g *Gauge) sample(ctx context.Context, l judge.Language) (time.Duration, error) {
	d, err := Measure(ctx, g.config.Sandbox, l, runsPerRound)
	if err != nil {
		if ctx.Err() == nil {
			g.config.Log.Warn("host factor", "language", l, "err", err)
		}
		return 0, err
	}
	g.meters[l].offer(FigureOf(d, g.config.Toolchain(l)))
	return d, nil
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
		m.known = f
	}
}

func (m *meter) set(f Figure) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known = f
}
