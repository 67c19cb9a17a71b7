package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

func reported(t *testing.T, r judge.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := printReport(&b, r, false); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestReportOfCases: each case of a run, aligned, and what the solution printed.
func TestReportOfCases(t *testing.T) {
	r := judge.Report{State: judge.StateDone, Verdict: judge.RTE, Summary: judge.Summary{Total: 1}, Tests: []judge.TestReport{{
		Name: "custom", Sample: true, Verdict: judge.RTE, Usage: judge.Usage{ExitCode: 1},
		CasesPassed: 1, CasesTotal: 3, FailedCase: 2, Failure: &judge.CaseReport{Input: "[2]"}, Stderr: "here\n\x1b[2J",
		Cases: []judge.CaseReport{
			{Input: "[1]", Expected: "2", Actual: "2", Passed: true},
			{Input: "[2]", Expected: "4", Actual: "5"},
			{Input: "[3]", Expected: "6"},
		},
	}}}
	want := `custom
  case 1: ok
    input     [1]
    expected  2
    actual    2
  case 2: wrong
    input     [2]
    expected  4
    actual    5
  case 3: no result
    input     [3]
    expected  6
  printed:
    here
    \x1b[2J

RTE  run-time error: 0 of 1 test passed`
	if got := reported(t, r); !strings.Contains(got, want) || !strings.Contains(got, "1/3 cases, exit code 1") {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// Of a submission only the first failure is known.
	r.Tests[0].Cases = nil
	if got := reported(t, r); !strings.Contains(got, "custom\n  case 2:\n    input     [2]\n  printed:") {
		t.Errorf("got\n%s", got)
	}
}

func TestReportSaysWhichLimit(t *testing.T) {
	const reason = "over 1500 ms (x 2.7 on this host: 4050 ms) of processor time"
	late := judge.TestReport{Name: "secret/1", Verdict: judge.TLE, Reason: reason, Usage: judge.Usage{Stopped: judge.StoppedForWall.String()}}
	r := judge.Report{State: judge.StateDone, Verdict: judge.TLE, Tests: []judge.TestReport{late}, Summary: judge.Summary{Total: 1}}
	got := reported(t, r)
	if !strings.Contains(got, "stopped for elapsed time\n") || !strings.Contains(got, "time limit exceeded ("+reason+"): 0 of 1") {
		t.Errorf("it does not say which limit:\n%s", got)
	}
	r.Tests[0].Stopped = judge.StoppedForCPU.String()
	if got := reported(t, r); !strings.Contains(got, "stopped for processor time\n") || strings.Contains(got, "elapsed") {
		t.Errorf("it does not say which limit:\n%s", got)
	}
}

// TestReportOfTestsThatAreAbsent: they were not run, or they are not disclosed.
func TestReportOfTestsThatAreAbsent(t *testing.T) {
	sample := judge.TestReport{Name: "sample/1", Sample: true, Verdict: judge.AC}
	wrong := judge.TestReport{Name: "secret/1", Verdict: judge.WA}
	for name, tc := range map[string]struct {
		verdict judge.Verdict
		passed  int
		tests   []judge.TestReport
		want    string
	}{
		"stopped":              {judge.WA, 1, []judge.TestReport{sample, wrong}, "1 of 5 tests passed, 3 not run"},
		"hidden and right":     {judge.AC, 5, []judge.TestReport{sample}, "5 of 5 tests passed, 4 not shown"},
		"hidden and all wrong": {judge.WA, 1, []judge.TestReport{sample}, "1 of 5 tests passed, 4 not shown"},
		"hidden, some right":   {judge.WA, 3, []judge.TestReport{wrong}, "3 of 5 tests passed, 4 not shown"},
		"all there":            {judge.WA, 1, []judge.TestReport{sample, wrong, wrong, wrong, wrong}, "1 of 5 tests passed, at most"},
	} {
		r := judge.Report{State: judge.StateDone, Verdict: tc.verdict, Tests: tc.tests, Summary: judge.Summary{Passed: tc.passed, Total: 5}}
		if got := reported(t, r); !strings.Contains(got, tc.want) {
			t.Errorf("%s: want %q in\n%s", name, tc.want, got)
		}
	}
}
