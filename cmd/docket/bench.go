package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/docketjudge/docket/judge"
)

// benchCmd measures Docket against doing the same by hand, on this host and
// in one run.
type benchCmd struct {
	Redis       string           `help:"The Redis to use. Defaults to a redis-server of its own, started for the bench." env:"DOCKET_REDIS_URL" placeholder:"URL"`
	Languages   []judge.Language `help:"Languages to measure." default:"go,java,python"`
	Submissions int              `help:"Submissions per language, side and concurrency." default:"20" short:"n"`
	Accept      int              `help:"Submissions for the acceptance rate; 0 leaves it out." default:"20000"`
	Slots       int              `help:"How many submissions are judged at once. Defaults to the engine's number of CPUs." placeholder:"N"`
	JSON        bool             `help:"Print JSON." env:"-"`
}

func (*benchCmd) Help() string {
	return `For each language: the time from POST to the final report of a submission with
fresh source and 10 small tests, through HTTP, Redis, queue and sandbox; beside
it the same source compiled once and run 10 times by a shell in a plain
container with the whole toolchain (go build, javac + java, python3) and all
CPUs. The two sides take turns, so that drift of the host hits both. Smaller
ratios are better; below 1 Docket is faster than doing it by hand.

Then, with no worker, how many submissions per second the API accepts over 64
connections, beside bare enqueues on the same Redis.`
}

// benchReport is what docket bench --json prints.
type benchReport struct {
	Languages map[judge.Language]*benchLanguage `json:"languages"`
	Accept    *benchAccept                      `json:"accept,omitempty"`
	Slots     int                               `json:"slots"`
}

type benchLanguage struct {
	One             benchPair   `json:"concurrency_1"`
	N               benchPair   `json:"concurrency_n"`
	PerTestOverhead float64     `json:"per_test_overhead_ms"` // what Docket adds to a test's own process
	Steps           judge.Steps `json:"steps_us"`             // medians at concurrency 1
	HTTP            int64       `json:"http_us"`              // what is left: client, HTTP, waiting to be told
}

// benchPair is one side against the other. At concurrency 1 the times are
// medians; at n they are elapsed time by submissions.
type benchPair struct {
	Docket    float64 `json:"docket_ms"`
	ByHand    float64 `json:"by_hand_ms"`
	Ratio     float64 `json:"ratio"` // docket / by hand
	PerSecond float64 `json:"per_second"`
}

func pairOf(docket, hand, docketElapsed time.Duration, n int) benchPair {
	return benchPair{
		Docket: millis(docket), ByHand: millis(hand),
		Ratio:     float64(docket) / float64(max(hand, 1)),
		PerSecond: float64(n) / docketElapsed.Seconds(),
	}
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

type benchAccept struct {
	Docket  float64 `json:"docket_per_s"`
	Enqueue float64 `json:"enqueue_per_s"`
	Ratio   float64 `json:"ratio"` // docket / bare enqueue
	P99     float64 `json:"p99_ms"`
}

func (c *benchCmd) Run(ctx context.Context, p *process) error {
	if c.Submissions < 2 {
		return &exitError{code: exitUsage, err: fmt.Errorf("--submissions: at least 2 are needed for a median")}
	}
	url, stop, err := benchRedis(ctx, c.Redis)
	if err != nil {
		return err
	}
	defer stop()
	progress := p.stderr
	report := &benchReport{Languages: make(map[judge.Language]*benchLanguage)}
	if err := c.languages(ctx, url, progress, report); err != nil {
		return err
	}
	if c.Accept > 0 {
		_, _ = fmt.Fprintln(progress, "acceptance rate ...")
		if report.Accept, err = benchAcceptance(ctx, url, c.Accept); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(p.stdout, report)
	}
	return report.print(p.stdout)
}

func (c *benchCmd) languages(ctx context.Context, url string, progress io.Writer, report *benchReport) error {
	bench, err := openBench(ctx, url, c.Slots, c.Languages, progress)
	if err != nil {
		return err
	}
	defer bench.close()
	report.Slots = bench.slots
	for _, lang := range c.Languages {
		_, _ = fmt.Fprintf(progress, "%s ...\n", lang.Name())
		l, err := bench.measure(ctx, lang, c.Submissions)
		if err != nil {
			return fmt.Errorf("measuring %s: %w", lang.Name(), err)
		}
		report.Languages[lang] = l
	}
	return nil
}

func (r *benchReport) print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(cells ...any) {
		for _, c := range cells {
			if f, ok := c.(float64); ok {
				c = fmt.Sprintf("%.2f", f)
			}
			_, _ = fmt.Fprintf(t, "%v\t", c)
		}
		_, _ = fmt.Fprintln(t)
	}
	row("", "at once", "docket ms", "by hand ms", "ratio", "per second")
	for _, lang := range judge.Languages() {
		if l := r.Languages[lang]; l != nil {
			row(lang.Name(), 1, l.One.Docket, l.One.ByHand, l.One.Ratio, l.One.PerSecond)
			row("", r.Slots, l.N.Docket, l.N.ByHand, l.N.Ratio, l.N.PerSecond)
		}
	}
	row()
	row("ms at 1", "queue", "slot", "build", "box", "tests", "own", "check", "store", "http", "added per test")
	us := func(n int64) float64 { return float64(n) / 1000 }
	for _, lang := range judge.Languages() {
		if l := r.Languages[lang]; l != nil {
			s := l.Steps
			row(lang.Name(), us(s.Queue), us(s.Slot), us(s.Build), us(s.Box), us(s.Tests), us(s.Own), us(s.Check), us(s.Store), us(l.HTTP), l.PerTestOverhead)
		}
	}
	if a := r.Accept; a != nil {
		row()
		row("accepted/s", "enqueued/s", "ratio", "p99 ms")
		row(a.Docket, a.Enqueue, a.Ratio, a.P99)
	}
	return t.Flush()
}
