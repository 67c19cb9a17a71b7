package main

import (
	"fmt"
	"io"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/docketjudge/docket/judge"
)

// printReport writes the report of a submission for a person: what the
// compiler said, a line per test, what the samples tell, and last the verdict.
func printReport(w io.Writer, r judge.Report, colourful bool) error {
	var b strings.Builder
	if c := r.Compile; c != nil && strings.TrimSpace(c.Output) != "" {
		b.WriteString("compiler:\n" + indent(c.Output) + "\n")
	}
	if len(r.Tests) > 0 {
		if err := testTable(r.Tests).print(&b, colourful); err != nil {
			return err
		}
		b.WriteByte('\n')
	}
	for _, t := range r.Tests {
		if t.Feedback == "" && t.Stderr == "" && t.Hint == "" && t.Failure == nil && len(t.Cases) == 0 {
			continue
		}
		b.WriteString(bold.on(printableLine(t.Name), colourful) + "\n")
		if t.Feedback != "" {
			b.WriteString(indent(t.Feedback))
		}
		printCases(&b, t, colourful)
		if t.Hint != "" {
			b.WriteString("  hint:\n" + indent(indent(t.Hint)))
		}
		if t.Stderr != "" {
			title := "standard error"
			if t.CasesTotal > 0 {
				title = "printed" // wherever a solution prints to
			}
			b.WriteString("  " + title + ":\n" + indent(indent(t.Stderr)))
		}
		b.WriteByte('\n')
	}
	b.WriteString(conclusion(r, colourful) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func testTable(tests []judge.TestReport) *table {
	t := newTable("test", "verdict", ">cpu", ">wall", ">memory", "")
	for _, test := range tests {
		t.row(test.Name, string(test.Verdict), inMillis(test.CPUMillis), inMillis(test.WallMillis), inMiB(test.MemoryKiB), remark(test))
		t.painted(1, colourOf(test.Verdict))
		t.painted(5, faint)
	}
	return t
}

// remark says of a test what its figures do not.
func remark(t judge.TestReport) string {
	var all []string
	if t.CasesTotal > 0 {
		all = append(all, fmt.Sprintf("%d/%d cases", t.CasesPassed, t.CasesTotal))
	}
	switch {
	case t.Verdict == judge.WA && t.Reason != "" && t.Feedback == "":
		all = append(all, printableLine(t.Reason))
	case t.Verdict == judge.RTE:
		all = append(all, reasonOf(t.Reason, t.Usage))
	case t.Verdict == judge.TLE && t.Stopped != "":
		all = append(all, "stopped for "+t.Stopped)
	}
	return strings.Join(all, ", ")
}

// reasonOf says why a program failed, or at least how it ended.
func reasonOf(reason string, u judge.Usage) string {
	if reason != "" {
		return printableLine(reason)
	}
	return ending(u)
}

// ending is how a program ended.
func ending(u judge.Usage) string {
	if u.Signal == 0 {
		return fmt.Sprintf("exit code %d", u.ExitCode)
	}
	if name := unix.SignalName(syscall.Signal(u.Signal)); name != "" {
		return fmt.Sprintf("signal %d (%s)", u.Signal, name)
	}
	return fmt.Sprintf("signal %d", u.Signal)
}

// shownToPass counts the tests of a report that passed.
func shownToPass(tests []judge.TestReport) int {
	n := 0
	for _, t := range tests {
		if t.Verdict == judge.AC {
			n++
		}
	}
	return n
}

// deciding is the first test that is not accepted, or nil.
func deciding(r judge.Report) *judge.TestReport {
	for i, t := range r.Tests {
		if t.Verdict != judge.AC {
			return &r.Tests[i]
		}
	}
	return nil
}

// conclusion is a report in two lines.
func conclusion(r judge.Report, colourful bool) string {
	if !r.State.Final() {
		return fmt.Sprintf("%s  %s", r.State, r.ID)
	}
	if r.State == judge.StateCancelled {
		return fmt.Sprintf("%s  %s", yellow.on("cancelled", colourful), r.ID)
	}
	what := r.Verdict.Name()
	if t := deciding(r); t != nil && t.Reason != "" {
		what += " (" + printableLine(t.Reason) + ")"
	}
	line := colourOf(r.Verdict).on(string(r.Verdict), colourful) + "  " + printableLine(what)
	if s := r.Summary; s.Total > 0 && r.Verdict != judge.CE && r.Verdict != judge.JE {
		line += fmt.Sprintf(": %d of %s passed", s.Passed, plural(s.Total, "test"))
		if left := s.Total - len(r.Tests); left > 0 && len(r.Tests) > 0 {
			// Either nobody ran them after the first failure, or the problem
			// does not disclose them.
			what := "not run"
			if shown := shownToPass(r.Tests); shown == len(r.Tests) || shown < s.Passed {
				what = "not shown"
			}
			line += fmt.Sprintf(", %d %s", left, what)
		}
		line += fmt.Sprintf(", at most %d ms cpu and %s", s.CPUMillisMax, inMiB(s.MemoryKiBMax))
	}
	if r.Message != "" {
		line += ": " + printableLine(r.Message)
	}
	if r.Language == "" {
		return line // of a run, which nobody looks up again
	}
	where := []string{string(r.ID)}
	if r.Problem != "" {
		where = append(where, string(r.Problem))
	}
	if r.Toolchain != "" {
		where = append(where, r.Toolchain)
	} else {
		where = append(where, r.Language.Name())
	}
	if r.Attempt > 1 {
		where = append(where, fmt.Sprintf("attempt %d", r.Attempt))
	}
	took := r.Timing
	where = append(where, fmt.Sprintf("queued %d ms, compiled %d ms, judged %d ms", took.QueuedMillis, took.CompileMillis, took.JudgeMillis))
	return line + "\n" + faint.on(printableLine(strings.Join(where, ", ")), colourful)
}
