package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// calibrationRecords is what --show --json prints.
type calibrationRecords struct {
	OK       bool                `json:"ok"`
	Problems []calibrationRecord `json:"problems"`
	Refused  []refusedPackage    `json:"refused,omitempty"`
}

// calibrationRecord is what a docket.yaml says of a calibration. Times are
// those of the reference host.
type calibrationRecord struct {
	Problem   judge.Slug       `json:"problem"`
	Date      string           `json:"date,omitempty"` // empty when there is no record
	Host      string           `json:"host,omitempty"`
	CPUs      int              `json:"cpus,omitempty"`
	Runs      int              `json:"runs,omitempty"`
	Languages []recordedLimits `json:"languages,omitempty"`
}

type recordedLimits struct {
	Language       judge.Language `json:"language"`
	Toolchain      string         `json:"toolchain"`
	Ratio          float64        `json:"host_ratio"`
	LimitMillis    int64          `json:"limit_ms"`
	PresentMillis  int64          `json:"present_limit_ms"` // differs when the limit was changed since
	AcceptedMillis int64          `json:"slowest_accepted_ms"`
	// Spread is a share of the median. It is absent in older records.
	Spread *float64 `json:"slowest_accepted_spread,omitempty"`
	// TooSlowMillis is at least how long the fastest one takes that is too slow.
	// Zero when there is none.
	TooSlowMillis int64 `json:"fastest_too_slow_ms"`
}

// show prints the records of packages.
func (c *problemsCalibrateCmd) show(ctx context.Context, p *process) error {
	targets, refused, err := c.targets(ctx, nil)
	if err != nil {
		return err
	}
	out := calibrationRecords{OK: len(refused) == 0, Problems: []calibrationRecord{}, Refused: refused}
	for _, t := range targets {
		out.Problems = append(out.Problems, recordOf(t.pkg))
		out.OK = out.OK && t.pkg.Calibrated != nil
	}
	return conclude(p, out, c.JSON, out.OK)
}

func recordOf(pkg *problems.Package) calibrationRecord {
	out := calibrationRecord{Problem: pkg.Problem.Slug}
	r := pkg.Calibrated
	if r == nil {
		return out
	}
	out.Date, out.Host, out.CPUs, out.Runs = r.Date, r.Host, r.Cores, r.Runs
	for _, l := range judge.Languages() {
		f, ok := r.Languages[l]
		if !ok {
			continue
		}
		out.Languages = append(out.Languages, recordedLimits{
			Language: l, Toolchain: f.Toolchain, Ratio: f.HostRatio,
			LimitMillis: f.TimeLimit.Milliseconds(), PresentMillis: pkg.Problem.LimitsFor(l).CPU.Milliseconds(),
			AcceptedMillis: f.SlowestAccepted.Milliseconds(), Spread: f.Spread, TooSlowMillis: f.FastestTooSlow.Milliseconds(),
		})
	}
	return out
}

// print writes a line for each language of each package, then where and with
// what they were measured.
func (c calibrationRecords) print(w io.Writer, colourful bool) error {
	t := newTable("problem", "language", ">slowest accepted", ">spread", ">limit", ">fastest too slow",
		">limit / accepted", ">too slow / limit", "date", "")
	var hosts []string
	tools := map[judge.Language][]string{}
	missing := 0
	for _, one := range c.Problems {
		if one.Date == "" {
			t.row(string(one.Problem), "-", "-", "-", "-", "-", "-", "-", "-", "not calibrated")
			t.painted(9, red)
			missing++
			continue
		}
		hosts = with(hosts, fmt.Sprintf("%s, %s, %s each", printableLine(one.Host), plural(one.CPUs, "CPU"), plural(one.Runs, "run")))
		for _, l := range one.Languages {
			tools[l.Language] = with(tools[l.Language], printableLine(l.Toolchain))
			spread, slow, over, note := "-", "-", "-", ""
			if l.Spread != nil {
				spread = fmt.Sprintf("%.0f%%", 100**l.Spread)
			}
			if l.TooSlowMillis > 0 {
				slow, over = inMillis(l.TooSlowMillis), fmt.Sprintf("%.1f", float64(l.TooSlowMillis)/float64(l.LimitMillis))
			}
			if l.LimitMillis != l.PresentMillis {
				note = "the limit is " + inMillis(l.PresentMillis)
			}
			t.row(string(one.Problem), l.Language.Name(), inMillis(l.AcceptedMillis), spread, inMillis(l.LimitMillis), slow,
				fmt.Sprintf("%.1f", float64(l.LimitMillis)/max(float64(l.AcceptedMillis), 1)), over, one.Date, note)
			t.painted(9, yellow)
		}
	}
	var b strings.Builder
	if len(c.Problems) > 0 {
		if err := t.print(&b, colourful); err != nil {
			return err
		}
		b.WriteByte('\n')
	}
	for _, h := range hosts {
		b.WriteString("on " + h + "\n")
	}
	for _, l := range judge.Languages() {
		if len(tools[l]) > 0 {
			b.WriteString("with " + strings.Join(tools[l], ", ") + "\n")
		}
	}
	printRefused(&b, c.Refused, colourful)
	_, _ = fmt.Fprintf(&b, "%s: %d not calibrated, %d refused\n", plural(len(c.Problems)+len(c.Refused), "problem"), missing, len(c.Refused))
	_, err := io.WriteString(w, b.String())
	return err
}

// with is list with a text that it does not have yet.
func with(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
