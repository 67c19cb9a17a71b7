package main

import (
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/mutate"
	"github.com/docketjudge/docket/problems/workshop"
)

// print writes what became of each package's mutants: a table of its
// submissions, one of the mutants that survived, then what is wrong.
func (v mutations) print(w io.Writer, colourful bool) error {
	var b strings.Builder
	for _, r := range v.Problems {
		b.WriteString(bold.on(printableLine(string(r.Problem)), colourful) + "\n")
		if err := v.table(r).print(&b, colourful); err != nil {
			return err
		}
		if err := survivors(&b, r, colourful); err != nil {
			return err
		}
		for _, s := range r.Surprises {
			b.WriteString(red.on("surprise", colourful) + "  " + printableLine(s) + "\n")
		}
		verdict := green.on("enough", colourful)
		if r.Counts.Rate() < v.MinKill {
			verdict = red.on("too few", colourful)
		}
		_, _ = fmt.Fprintf(&b, "%s are found: %s, %s %% are wanted; %s in %.1f s, %.1f a second; %d judged again\n\n", verdict,
			percent(r.Counts), trimmed(v.MinKill), plural(r.Counts.Tried(), "mutant"), r.Seconds, r.PerSecond(), r.Counts.Again)
	}
	if len(v.Problems) > 1 {
		if err := v.summary().print(&b, colourful); err != nil {
			return err
		}
		b.WriteByte('\n')
	}
	printRefused(&b, v.Refused, colourful)
	_, err := io.WriteString(w, b.String())
	return err
}

// table is what became of the mutants of each submission of a problem.
func (v mutations) table(r workshop.MutateReport) *table {
	t := v.newTable("submission", r.Counts)
	for _, s := range r.Submissions {
		t.add(s.Submission, s.Counts, percent(s.Counts))
	}
	if len(r.Submissions) > 1 {
		t.add("all", r.Counts, percent(r.Counts))
	}
	return t.table
}

// summary is what became of the mutants of each problem.
func (v mutations) summary() *table {
	all := workshop.MutateReport{}
	for _, r := range v.Problems {
		all.Add(r)
	}
	t := v.newTable("problem", all.Counts, ">a second")
	for _, r := range v.Problems {
		t.add(string(r.Problem), r.Counts, percent(r.Counts), fmt.Sprintf("%.1f", r.PerSecond()))
	}
	t.add("all", all.Counts, percent(all.Counts), fmt.Sprintf("%.1f", all.PerSecond()))
	return t.table
}

// countsTable has a column for each verdict that mutants were killed by.
type countsTable struct {
	*table
	verdicts []judge.Verdict
	minKill  float64
}

func (v mutations) newTable(name string, all workshop.MutantCounts, more ...string) countsTable {
	t := countsTable{minKill: v.MinKill}
	header := []string{name, ">mutants", ">killed"}
	for _, verdict := range judge.Verdicts() {
		if all.KilledAs[verdict] > 0 {
			t.verdicts = append(t.verdicts, verdict)
			header = append(header, ">"+string(verdict))
		}
	}
	header = append(header, ">survived", ">equivalent", ">stillborn", ">rate")
	t.table = newTable(append(header, more...)...)
	return t
}

func (t countsTable) add(name string, c workshop.MutantCounts, rate string, more ...string) {
	cells := []string{name, fmt.Sprint(c.Tried()), fmt.Sprint(c.Killed)}
	for _, v := range t.verdicts {
		cells = append(cells, fmt.Sprint(c.KilledAs[v]))
	}
	cells = append(cells, fmt.Sprint(c.Survived), fmt.Sprint(c.Equivalent), fmt.Sprint(c.Stillborn), rate)
	t.row(append(cells, more...)...)
	if c.Rate() < t.minKill {
		t.painted(len(cells)-1, red)
	}
}

// survivors writes the mutants that an author has to do something about.
func survivors(w io.Writer, r workshop.MutateReport, colourful bool) error {
	t := newTable("survivor", "kind", "change", "id", "")
	for _, s := range r.Submissions {
		for _, m := range s.Survivors {
			if m.Equivalent != "" {
				continue
			}
			file := s.Submission
			if path.Base(file) != m.File {
				file += "/" + m.File
			}
			note := ""
			if m.Slow {
				note = "slow"
			}
			t.row(fmt.Sprintf("%s:%d:%d", file, m.Line, m.Column), string(m.Operator), changeOf(m.Mutant), string(m.ID), note)
		}
	}
	if len(t.rows) == 0 {
		return nil
	}
	return t.print(w, colourful)
}

// changeOf says what a mutant changes, on one line.
func changeOf(m mutate.Mutant) string {
	before := short(m.Before)
	switch {
	case m.Operator == mutate.Statement:
		return "without " + before
	case m.After == "":
		return before + " taken out"
	}
	return before + " to " + short(m.After)
}

// short is the beginning of a piece of code, on one line.
func short(code string) string {
	const most = 50
	code = strings.Join(strings.Fields(code), " ")
	if utf8.RuneCountInString(code) <= most {
		return code
	}
	return string([]rune(code)[:most-3]) + "..."
}

// percent is the rate of killed mutants, rounded down so that what is short of
// a bound does not look as if it met it.
func percent(c workshop.MutantCounts) string {
	tenths := int(c.Rate() * 10)
	return fmt.Sprintf("%d.%d %%", tenths/10, tenths%10)
}

func trimmed(f float64) string { return fmt.Sprintf("%g", f) }
