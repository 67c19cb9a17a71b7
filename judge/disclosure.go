package judge

import (
	"slices"
	"strings"
)

// Bounds of what reports show of cases.
const (
	maxCaseText  = 4 * KiB
	maxCaseTexts = 256 * KiB
	maxPrints    = 16 * KiB // of a function problem's solution
	maxProgram   = 4 * KiB  // of a program's standard error
)

// describe enters into a test's report what is known of its cases, and what may
// be shown of them.
func (l *lane) describe(report *TestReport, r Result, f Finding, t *Test) error {
	function := l.problem.Harness != nil
	if function {
		l.count(report, f)
	}
	if t.Sample {
		report.Feedback = clip(printableText(f.Reason), int(maxCaseText))
		switch {
		case function:
			printed := string(r.Stderr)
			if trimmer, ok := l.problem.Harness.(Trimmer); ok && report.Verdict != AC {
				printed = trimmer.Trim(l.sub.Language, printed)
			}
			report.Stderr = clip(printableText(printed), int(maxPrints))
		case report.Verdict == RTE:
			report.Stderr = clip(printableText(string(r.Stderr)), int(maxProgram))
		}
	}
	var (
		input string
		err   error
	)
	switch hidden := !t.Sample; {
	case report.Verdict == AC:
		return nil
	case hidden && (l.problem.Disclosure != DiscloseFirstFailingInput || l.disclosed()):
		return nil
	case function && report.FailedCase == 0:
		return nil
	case function:
		input, err = t.caseText(report.FailedCase)
	case hidden:
		input, err = t.head()
	default: // of a program's sample everybody has the files
		return nil
	}
	if err != nil {
		return err
	}
	report.Failure = &CaseReport{Input: input}
	if t.Sample {
		report.Failure.Expected = clip(printableText(f.Expected), int(maxCaseText))
		report.Failure.Actual = clip(printableText(f.Actual), int(maxCaseText))
	}
	return nil
}

// disclosed reports whether a hidden test failed before.
func (l *lane) disclosed() bool {
	return slices.ContainsFunc(l.report.Tests, func(t TestReport) bool { return !t.Sample && t.Verdict != AC })
}

// count enters how many cases passed, and which was the first that did not.
func (l *lane) count(report *TestReport, f Finding) {
	report.CasesPassed, report.CasesTotal = f.Passed, f.Total
	// Words that name no case, and programs whose results nobody looked at,
	// leave open which one it was.
	known := l.validator == nil || caseOf(f.Reason) > 0
	if report.Verdict != AC && known && f.Passed < f.Total {
		report.FailedCase = f.Passed + 1
	}
}

func printableText(s string) string { return strings.ToValidUTF8(s, "\ufffd") }
