package main

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/workshop"
)

// TestCalibrationLeavesOut: a submission that does not count has no figures,
// and why it does not is said beside the table rather than in it.
func TestCalibrationLeavesOut(t *testing.T) {
	c := calibrations{OK: true, Problems: []calibratedProblem{{Calibration: workshop.Calibration{
		Problem: "sum", Languages: []workshop.CalibratedLanguage{
			{Language: judge.Go, Ratio: 1, PresentMillis: 1000, LimitMillis: 1000, AcceptedMillis: 20, Holds: true, Rows: []workshop.CalibrationRow{
				{Submission: "accepted/a.go", Test: "secret/1", Runs: 3, LeastMillis: 19, MedianMillis: 20, MostMillis: 21},
				{Submission: "time_limit_exceeded/sleeps.go", TooSlow: true, Left: "is stopped for elapsed time"},
			}},
			{Language: judge.Python, Ratio: 1, PresentMillis: 1000, Refused: "accepted/b.py ends with WA", Rows: []workshop.CalibrationRow{
				{Submission: "accepted/b.py", Left: "ends with WA"},
			}},
		},
	}}}}
	var b strings.Builder
	if err := c.print(&b, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\ntime_limit_exceeded/sleeps.go  Go           0      -       -      -       -  -             left out\n",
		"\naccepted/a.go                  Go           3  19 ms   20 ms  21 ms     10%  secret/1\n",
		"\nleft out  time_limit_exceeded/sleeps.go is stopped for elapsed time\n",
		"\nrefused  Python: accepted/b.py ends with WA\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("lacks %q:\n%s", want, b.String())
		}
	}
	if strings.Count(b.String(), "ends with WA") != 1 {
		t.Errorf("says it twice:\n%s", b.String())
	}
}
