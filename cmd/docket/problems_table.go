package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/workshop"
)

// hostFactors says by what the limits of languages were multiplied, where they
// were.
func hostFactors(rows []workshop.VerifyRow) string {
	of := map[judge.Language]float64{}
	for _, row := range rows {
		of[row.Language] = row.HostFactor
	}
	var parts []string
	for _, l := range judge.Languages() {
		if of[l] > 1 {
			parts = append(parts, fmt.Sprintf("%s x %.1f", l.Name(), of[l]))
		}
	}
	return strings.Join(parts, ", ")
}

// print writes what became of each package: a table of its submissions, then
// what is wrong.
func (v verification) print(w io.Writer, colourful bool) error {
	var b strings.Builder
	surprises, submissions, checks := 0, 0, 0
	mark := red.on("surprise", colourful)
	for _, r := range v.Problems {
		b.WriteString(bold.on(printableLine(string(r.Problem)), colourful) + "\n")
		t := newTable("submission", "language", "expected", "got", ">passed", ">cpu", ">limit", ">margin", ">memory", "")
		for _, row := range r.Rows {
			note, margin := "", ""
			if m := row.Margin(); m > 0 {
				digits := 1
				if m >= 10 {
					digits = 0
				}
				margin = fmt.Sprintf("%.*fx", digits, m)
			}
			if row.Surprise != "" {
				note = "surprise"
			}
			t.row(row.Submission, row.Language.Name(), row.Expected, string(row.Got), fmt.Sprintf("%d/%d", row.Passed, row.Total),
				inMillis(row.CPUMillis), inMillis(row.LimitMillis), margin, inMiB(row.MemoryKiB), note)
			t.painted(9, red)
		}
		submissions += len(r.Rows)
		if len(r.Rows) > 0 {
			if err := t.print(&b, colourful); err != nil {
				return err
			}
		}
		if factors := hostFactors(r.Rows); factors != "" {
			b.WriteString("time limits on this host: " + factors + "\n")
		}
		for _, row := range r.Rows {
			if row.Surprise != "" {
				surprises++
				b.WriteString(mark + "  " + printableLine(row.Submission) + ": " + printableLine(row.Surprise) + "\n")
			}
		}
		held := 0
		for _, c := range r.Checks {
			if c.Reason == "" {
				held++
				continue
			}
			surprises++
			b.WriteString(mark + "  " + printableLine(c.Name) + ": " + printableLine(c.Reason) + "\n")
		}
		checks += len(r.Checks)
		for _, warning := range r.Warnings {
			b.WriteString(yellow.on("warning", colourful) + "  " + printableLine(warning) + "\n")
		}
		_, _ = fmt.Fprintf(&b, "%d of %s hold\n\n", held, plural(len(r.Checks), "check"))
	}
	printRefused(&b, v.Refused, colourful)
	_, _ = fmt.Fprintf(&b, "%s, %s, %s: %s, %d refused\n", plural(len(v.Problems)+len(v.Refused), "problem"),
		plural(submissions, "submission"), plural(checks, "check"), plural(surprises, "surprise"), len(v.Refused))
	_, err := io.WriteString(w, b.String())
	return err
}
