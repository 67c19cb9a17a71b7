package judging

import (
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// Bounds of what reports show of cases.
const (
	maxCaseText  = 4 * judge.KiB
	maxCaseTexts = 256 * judge.KiB
	maxPrints    = 16 * judge.KiB // of a function problem's solution
	maxProgram   = 4 * judge.KiB  // of a program's standard error
)

// describe enters into a test's report what is known of its cases, and what may
// be shown of them.
func (l *lane) describe(report *judge.TestReport, r judge.Result, f judge.Finding, t *judge.Test) error {
	function := l.problem.Harness != nil
	if function {
		l.count(report, f)
	}
	if t.Sample {
		report.Feedback = clip(printableText(f.Reason), int(maxCaseText))
		switch {
		case function:
			printed := string(r.Stderr)
			if trimmer, ok := l.problem.Harness.(judge.Trimmer); ok && report.Verdict != judge.AC {
				printed = trimmer.Trim(l.sub.Language, printed)
			}
			report.Stderr = clip(printableText(printed), int(maxPrints))
		case report.Verdict == judge.RTE:
			report.Stderr = clip(printableText(string(r.Stderr)), int(maxProgram))
		}
	}
	var (
		input string
		err   error
	)
	switch hidden := !t.Sample; {
	case report.Verdict == judge.AC:
		return nil
	case hidden && (l.problem.Disclosure != judge.DiscloseFirstFailingInput || l.disclosed()):
		return nil
	case function && report.FailedCase == 0:
		return nil
	case function:
		input, err = caseText(t, report.FailedCase)
	case hidden:
		input, err = headOf(t)
	default: // of a program's sample everybody has the files
		return nil
	}
	if err != nil {
		return err
	}
	report.Failure = &judge.CaseReport{Input: input}
	if t.Sample {
		report.Failure.Expected = clip(printableText(f.Expected), int(maxCaseText))
		report.Failure.Actual = clip(printableText(f.Actual), int(maxCaseText))
	}
	return nil
}

// disclosed reports whether a hidden test failed before.
func (l *lane) disclosed() bool {
	return slices.ContainsFunc(l.report.Tests, func(t judge.TestReport) bool { return !t.Sample && t.Verdict != judge.AC })
}

// count enters how many cases passed, and which was the first that did not.
func (l *lane) count(report *judge.TestReport, f judge.Finding) {
	report.CasesPassed, report.CasesTotal = f.Passed, f.Total
	// Words that name no case, and programs whose results nobody looked at,
	// leave open which one it was.
	known := l.validator == nil || caseOf(f.Reason) > 0
	if report.Verdict != judge.AC && known && f.Passed < f.Total {
		report.FailedCase = f.Passed + 1
	}
}

func printableText(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

// clip shortens outside text for use in a report.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "..."
}
