package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/docketjudge/docket/problems/workshop"
)

// wideSpread is from where on runs lie so far apart that the host is to be
// looked at rather than the submission.
const wideSpread = 0.3

// print writes what was found of each package: a table of the submissions,
// then of the limits.
func (c calibrations) print(w io.Writer, colourful bool) error {
	var b strings.Builder
	refused, changes := len(c.Refused), 0
	for _, one := range c.Problems {
		b.WriteString(bold.on(printableLine(string(one.Problem)), colourful) + "\n")
		if err := one.printRows(&b, colourful); err != nil {
			return err
		}
		b.WriteByte('\n')
		if err := one.printLimits(&b, colourful); err != nil {
			return err
		}
		for _, l := range one.Languages {
			name := l.Language.Name()
			for _, r := range l.Rows {
				if r.Left != "" && l.Refused != r.Submission+" "+r.Left {
					b.WriteString(faint.on("left out", colourful) + "  " + printableLine(r.Submission+" "+r.Left) + "\n")
				}
			}
			switch {
			case l.Refused != "":
				refused++
				b.WriteString(red.on("refused", colourful) + "  " + name + ": " + printableLine(l.Refused) + "\n")
			case l.Note != "":
				b.WriteString(faint.on("note", colourful) + "  " + name + ": " + l.Note + "\n")
			}
			if l.LimitMillis > 0 && l.LimitMillis != l.PresentMillis {
				changes++
			}
		}
		for _, warning := range one.Warnings {
			b.WriteString(yellow.on("warning", colourful) + "  " + printableLine(warning) + "\n")
		}
		b.WriteByte('\n')
	}
	printRefused(&b, c.Refused, colourful)
	if c.Host != "" {
		_, _ = fmt.Fprintf(&b, "on %s, %s, %s each\n", printableLine(c.Host), plural(c.CPUs, "CPU"), plural(c.Runs, "run"))
	}
	what := "to change"
	if c.check {
		what = "that does not hold"
		if changes != 1 {
			what = "that do not hold"
		}
	} else if len(c.Problems) > 0 && c.Problems[0].Written {
		what = "changed"
	}
	_, _ = fmt.Fprintf(&b, "%s: %s %s, %d refused\n", plural(len(c.Problems)+len(c.Refused), "problem"), plural(changes, "limit"), what, refused)
	_, err := io.WriteString(w, b.String())
	return err
}

// printRows is the table of what was measured.
func (c calibratedProblem) printRows(w io.Writer, colourful bool) error {
	t := newTable("submission", "language", ">runs", ">least", ">median", ">most", ">spread", "slowest test", "")
	for _, l := range c.Languages {
		for _, r := range l.Rows {
			note, paint := "", yellow
			switch {
			case r.Left != "":
				note, paint = "left out", red
			case r.Stopped:
				note, paint = "stopped", plain
			case r.Spread() > wideSpread && r.MostMillis-r.LeastMillis > 50:
				note = "unsteady"
			}
			if r.Runs == 0 {
				t.row(r.Submission, l.Language.Name(), "0", "-", "-", "-", "-", "-", note)
			} else {
				t.row(r.Submission, l.Language.Name(), fmt.Sprint(r.Runs), ms(r.LeastMillis), ms(r.MedianMillis), ms(r.MostMillis),
					fmt.Sprintf("%.0f%%", 100*r.Spread()), r.Test, note)
			}
			t.painted(8, paint)
		}
	}
	return t.print(w, colourful)
}

// printLimits is the table of what follows from it, in the reference host's
// time.
func (c calibratedProblem) printLimits(w io.Writer, colourful bool) error {
	t := newTable("language", ">host ratio", ">slowest accepted", ">limit", ">fastest too slow", ">limit / accepted", ">too slow / limit", "")
	for _, l := range c.Languages {
		if len(l.Rows) == 0 {
			continue
		}
		limit, slack, over, slow, what := "-", "-", "-", "-", becomes(l)
		if l.LimitMillis > 0 {
			limit = inMillis(l.LimitMillis)
			slack = fmt.Sprintf("%.1f", float64(l.LimitMillis)/max(l.AcceptedMillis, 1))
		}
		if l.TooSlowMillis > 0 {
			more := ""
			if l.AtLeast {
				more = "> "
			}
			slow = more + ms(l.TooSlowMillis)
			if l.LimitMillis > 0 {
				over = fmt.Sprintf("%s%.1f", more, l.TooSlowMillis/float64(l.LimitMillis))
			}
		}
		t.row(l.Language.Name(), fmt.Sprintf("%.2f", l.Ratio), ms(l.AcceptedMillis), limit, slow, slack, over, what)
		t.painted(7, map[bool]colour{true: green, false: yellow}[l.Holds])
	}
	return t.print(w, colourful)
}

// becomes says what became of the present limit.
func becomes(l workshop.CalibratedLanguage) string {
	switch {
	case l.Refused != "":
		return "cannot be separated"
	case l.LimitMillis == 0:
		return "not measured"
	case l.Holds:
		return "holds"
	}
	return "instead of " + inMillis(l.PresentMillis)
}

func ms(f float64) string { return fmt.Sprintf("%.0f ms", f) }
