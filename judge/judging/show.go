package judging

import (
	"fmt"
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
	maxLastLines = 1 * judge.KiB  // of that of a hidden test
	// maxExplained is how many hidden tests say more than their verdict, so that a
	// report of many failures stays short.
	maxExplained = 10
)

// show makes a test's report: what its run used, what is known of its cases, and
// what may be shown of them.
func (t *trial) show(g *judge.Group, test *judge.Test, r judge.Result, f judge.Finding, v judge.Verdict) (judge.TestReport, error) {
	policy := t.problem.DisclosureOf(test)
	explained := policy.Shows(judge.DiscloseReason) && (test.Sample || v != judge.AC && t.failed() < maxExplained)
	report := judge.TestReport{Name: test.Name, Group: g.Name, Sample: test.Sample, Usage: judge.UsageOf(r), Verdict: v}
	report.Reason = t.reason(v, r, t.problem.LimitsFor(t.sub.Language))
	function := t.problem.Harness != nil
	if function {
		t.count(&report, f)
	}
	if explained && v != judge.AC {
		report.Hint = clip(printableText(test.Hint), int(maxLastLines))
		if v == judge.WA {
			report.Reason = clip(printableText(f.Outline), int(maxCaseText))
		}
	}
	if explained {
		report.Stderr = t.stderr(r, v, test.Sample)
	}
	if policy.Shows(judge.DiscloseFirstFailingCase) && (test.Sample || v != judge.AC && !t.disclosed()) {
		if v == judge.WA { // else its end says more than what it lacks
			report.Feedback = clip(printableText(f.Reason), int(maxCaseText))
		}
		if err := t.showFailure(&report, test, f); err != nil {
			return report, err
		}
	}
	if t.printed != nil && function {
		return report, t.listCases(&report, g, test, t.printed.b)
	}
	return report, nil
}

// reason says why a run ended in TLE, MLE, OLE or RTE. Limits are those before any
// scaling.
func (a *attempt) reason(v judge.Verdict, r judge.Result, l judge.Limits) string {
	if v == judge.RTE {
		return crash(a.sub.Language, r)
	}
	return l.Overrun(v, r, a.sub.Language, a.report.HostFactor)
}

// stderr is what is shown of a standard error. Of a function's sample that is all that
// the solution printed, of other tests the end of a crash.
func (t *trial) stderr(r judge.Result, v judge.Verdict, sample bool) string {
	switch {
	case !sample && v != judge.RTE:
		return ""
	case t.problem.Harness != nil:
		printed := string(r.Stderr)
		if trimmer, ok := t.problem.Harness.(judge.Trimmer); ok && v != judge.AC {
			printed = trimmer.Trim(t.sub.Language, printed)
		}
		if !sample {
			return lastLines(printableText(printed))
		}
		return clip(printableText(printed), int(maxPrints))
	case !sample:
		return lastLines(printableText(string(r.Stderr)))
	case v == judge.RTE:
		return clip(printableText(string(r.Stderr)), int(maxProgram))
	}
	return ""
}

// lastLines is the end of a standard error, from the beginning of a line on where
// that can be.
func lastLines(s string) string {
	if len(s) <= int(maxLastLines) {
		return s
	}
	s = s[len(s)-int(maxLastLines):]
	if _, rest, ok := strings.Cut(s, "\n"); ok && rest != "" {
		s = rest
	}
	return strings.ToValidUTF8(s, "")
}

// showFailure enters the first case that failed, where it is known.
func (t *trial) showFailure(report *judge.TestReport, test *judge.Test, f judge.Finding) error {
	var (
		input string
		err   error
	)
	switch function := t.problem.Harness != nil; {
	case report.Verdict == judge.AC:
		return nil
	case function && report.FailedCase == 0:
		return nil
	case function:
		input, err = caseText(test, report.FailedCase)
	case !test.Sample:
		input, err = headOf(test)
	default: // a program's sample: everybody has its files
		return nil
	}
	if err != nil {
		return err
	}
	report.Failure = &judge.CaseReport{
		Input:    input,
		Expected: clip(printableText(f.Expected), int(maxCaseText)),
		Actual:   clip(printableText(f.Actual), int(maxCaseText)),
	}
	return nil
}

// failed counts the hidden tests that failed before.
func (t *trial) failed() (n int) {
	for _, r := range t.report.Tests {
		if !r.Sample && r.Verdict != judge.AC {
			n++
		}
	}
	return n
}

// disclosed reports whether a hidden case was shown before: only one is.
func (t *trial) disclosed() bool {
	return slices.ContainsFunc(t.report.Tests, func(r judge.TestReport) bool { return !r.Sample && r.Failure != nil })
}

// count enters how many cases passed, and which was the first that did not.
func (t *trial) count(report *judge.TestReport, f judge.Finding) {
	report.CasesPassed, report.CasesTotal = f.Passed, f.Total
	// The failing case is unknown if the validator named none or never ran.
	known := t.validator == nil || caseOf(f.Reason) > 0
	if report.Verdict != judge.AC && known && f.Passed < f.Total {
		report.FailedCase = f.Passed + 1
	}
}

// listCases enters every case of a client's own run into the report of its
// test.
func (t *trial) listCases(report *judge.TestReport, g *judge.Group, test *judge.Test, output []byte) error {
	input, err := readAll(test.Input)
	if err != nil {
		return err
	}
	answer, err := readAll(test.Answer)
	if err != nil {
		return err
	}
	inputs, answers, outputs := textLines(input), textLines(answer), textLines(output)
	left := int(maxCaseTexts) / max(t.problem.Tests(), 1) // all tests of the run together
	shown := func(lines []string, i int) string {
		if i >= len(lines) || left <= 0 {
			return ""
		}
		s := clip(printableText(lines[i]), min(int(maxCaseText), left))
		left -= len(s)
		return s
	}
	for i := range min(len(inputs), judge.MaxCases) {
		c := judge.CaseReport{Input: shown(inputs, i), Actual: shown(outputs, i)}
		if t.validator != nil {
			// Many answers may be right, so none is shown as the expected one.
			c.Passed = i < report.CasesPassed
		} else {
			c.Expected = shown(answers, i)
			if i < len(outputs) && i < len(answers) {
				f, err := judge.Check(g.Checker, held([]byte(inputs[i]+"\n")), strings.NewReader(outputs[i]+"\n"), strings.NewReader(answers[i]+"\n"))
				if err != nil {
					return fmt.Errorf("checking case %d: %w", i+1, err)
				}
				c.Passed = f.Reason == ""
			}
		}
		report.Cases = append(report.Cases, c)
	}
	return nil
}

func printableText(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

// clip shortens outside text for use in a report.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "..."
}
