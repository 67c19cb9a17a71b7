package main

import (
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/mutate"
)

// print writes what became of each package's mutants: a table of its
// submissions, one of the mutants that survived, then what is wrong.
func (v mutations) print(w io.Writer, colourful bool) error {
	var b strings.Builder
	for _, r := range v.Problems {
		b.WriteString(bold.on(string(r.Problem), colourful) + "\n")
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
		_, _ = fmt.Fprintf(&b, "%s are found: %s, %s %% are wanted; %s in %.1f s, %.1f a second\n\n", verdict,
			percent(r.Counts), trimmed(v.MinKill), plural(r.Counts.Tried(), "mutant"), r.Seconds,
			float64(r.Counts.Tried())/max(r.Seconds, 0.001))
	}
	for _, r := range v.Refused {
		b.WriteString(bold.on(string(r.Problem), colourful) + "\n" + red.on("refused", colourful) + "\n")
		for _, reason := range r.Reasons {
			b.WriteString("  " + printableLine(reason.String()) + "\n")
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (v mutations) table(r problems.MutateReport) *table {
	t := newTable("submission", "language", ">mutants", ">killed", ">by time", ">survived", ">equivalent", ">stillborn", ">rate")
	row := func(name, language string, c problems.MutantCounts) {
		t.row(name, language, fmt.Sprint(c.Tried()), fmt.Sprint(c.Killed), fmt.Sprint(c.Slow), fmt.Sprint(c.Survived),
			fmt.Sprint(c.Equivalent), fmt.Sprint(c.Stillborn), percent(c))
		if c.Rate() < v.MinKill {
			t.painted(8, red)
		}
	}
	for _, s := range r.Submissions {
		row(s.Submission, s.Language.Name(), s.Counts)
	}
	if len(r.Submissions) > 1 {
		row("all", "", r.Counts)
	}
	return t
}

// survivors writes the mutants that an author has to do something about.
func survivors(w io.Writer, r problems.MutateReport, colourful bool) error {
	t := newTable("survivor", "kind", "change", "id")
	for _, s := range r.Submissions {
		for _, m := range s.Survivors {
			if m.Equivalent != "" {
				continue
			}
			file := s.Submission
			if path.Base(file) != m.File {
				file += "/" + m.File
			}
			t.row(fmt.Sprintf("%s:%d:%d", file, m.Line, m.Column), string(m.Operator), changeOf(m.Mutant), string(m.ID))
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
func percent(c problems.MutantCounts) string {
	tenths := int(c.Rate() * 10)
	return fmt.Sprintf("%d.%d %%", tenths/10, tenths%10)
}

func trimmed(f float64) string { return fmt.Sprintf("%g", f) }
