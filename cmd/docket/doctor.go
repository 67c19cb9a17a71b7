package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/docketjudge/docket/sandbox/engine"
)

// doctorCmd says what this host lacks. Any failure makes the exit code 1.
type doctorCmd struct {
	Redis string `help:"The Redis that docket is to use: a redis://, rediss://, unix:// or redis-sentinel:// URL." env:"DOCKET_REDIS_URL" placeholder:"URL"`
	JSON  bool   `help:"Print JSON." env:"-"`

	Measure bool `help:"Measure how fast the engine's host is. Takes some seconds; a worker does it when it starts." env:"-"`
}

// health is how grave a finding is.
type health string

const (
	healthy health = "ok"
	warning health = "warn" // works, but slower, noisier or less safe than it could
	failing health = "fail" // docket cannot judge like this
)

// finding is one line of the doctor's table.
type finding struct {
	Check  string `json:"check"`
	Health health `json:"health"`
	Found  string `json:"found"`
	Mend   string `json:"mend,omitempty"` // the command that mends it, when it is not healthy
}

// diagnosis is the whole table.
type diagnosis struct {
	Healthy  bool      `json:"healthy"` // nothing fails
	Findings []finding `json:"findings"`
}

// Run examines engine, images, speed, Redis and the host, in this order.
func (c *doctorCmd) Run(ctx context.Context, p *process) error {
	d := diagnose(c.examine(ctx))
	if c.JSON {
		if err := printJSON(p.stdout, d); err != nil {
			return err
		}
	} else if err := d.print(p.stdout, colourful(p)); err != nil {
		return err
	}
	if !d.Healthy {
		return &exitError{code: exitNo}
	}
	return nil
}

func (c *doctorCmd) examine(ctx context.Context) []finding {
	var all []finding
	info, err := engine.Probe(ctx)
	if err != nil {
		all = append(all, engineAbsent(err))
	} else {
		all = append(all, examineEngine(info)...)
		all = append(all, examineImages(ctx)...)
		all = append(all, c.examineSpeed(ctx, info)...)
	}
	all = append(all, examineRedis(ctx, c.Redis)...)
	if err == nil && !info.Local {
		return append(all, finding{"host", warning,
			"the engine runs on another host (" + info.Host + "), of which SMT, swap, clock and disk are not seen from here",
			"run docket doctor on that host"})
	}
	return append(all, thisHost().examine(info.RootDir)...)
}

func diagnose(findings []finding) diagnosis {
	d := diagnosis{Healthy: true, Findings: findings}
	for _, f := range findings {
		if f.Health == failing {
			d.Healthy = false
		}
	}
	return d
}

// print writes the table for a person.
func (d diagnosis) print(w io.Writer, colour bool) error {
	width, counts := 0, map[health]int{}
	for _, f := range d.Findings {
		width = max(width, len(f.Check))
		counts[f.Health]++
	}
	var b strings.Builder
	for _, f := range d.Findings {
		fmt.Fprintf(&b, "%s  %-*s  %s\n", paint(fmt.Sprintf("%-4s", f.Health), f.Health, colour), width, f.Check, f.Found)
		if f.Mend != "" {
			fmt.Fprintf(&b, "%4s  %*s  mend: %s\n", "", width, "", f.Mend)
		}
	}
	fmt.Fprintf(&b, "\n%d ok, %d to watch, %d failing\n", counts[healthy], counts[warning], counts[failing])
	_, err := io.WriteString(w, b.String())
	return err
}

func paint(s string, h health, colour bool) string {
	if !colour {
		return s
	}
	code := map[health]string{healthy: "32", warning: "33", failing: "31;1"}[h]
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// colourful reports whether standard output is a terminal that wants colour.
func colourful(p *process) bool {
	if no, _ := p.env("NO_COLOR"); no != "" {
		return false
	}
	file, ok := p.stdout.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
