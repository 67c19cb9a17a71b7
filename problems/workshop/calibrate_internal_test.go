package workshop

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

func TestRoundLimit(t *testing.T) {
	for ms, want := range map[int]int{1: 1000, 999: 1000, 1000: 1000, 1001: 1250, 2000: 2000, 2001: 2500, 4600: 5000, 5001: 6000, 20_000: 20_000, 20_001: 25_000} {
		if got := roundLimit(time.Duration(ms) * time.Millisecond); got != time.Duration(want)*time.Millisecond {
			t.Errorf("%d ms: %v, want %d ms", ms, got, want)
		}
	}
}

// Whatever limit comes of it separates the submissions, and one that does so
// already stays.
func TestLimitSeparates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ms := func(label string) time.Duration {
			return time.Duration(rapid.IntRange(1, 30_000).Draw(t, label)) * time.Millisecond
		}
		b := bounds{accepted: ms("accepted")}
		if rapid.Bool().Draw(t, "has too slow") {
			b.tooSlow = ms("too slow")
		}
		present := ms("present")
		limit := b.limit(present)
		switch {
		case b.hold(present) && limit != present:
			t.Errorf("%+v: %v holds and becomes %v", b, present, limit)
		case limit != 0 && (2*b.accepted > limit || b.tooSlow > 0 && 3*limit/2 > b.tooSlow):
			t.Errorf("%+v: %v does not separate", b, limit)
		case limit == 0 && b.tooSlow == 0:
			t.Errorf("%+v is refused", b)
		case limit == 0 && b.tooSlow >= 2*time.Second && b.tooSlow >= 5*b.accepted:
			t.Errorf("%+v is refused, which a round limit separates", b)
		}
	})
}

func TestDecide(t *testing.T) {
	accepted := func(name string, ms float64) CalibrationRow {
		return CalibrationRow{Submission: name, LeastMillis: ms - 10, MedianMillis: ms, MostMillis: ms + 500, Runs: 5}
	}
	slow := func(name string, ms float64, stopped bool) CalibrationRow {
		return CalibrationRow{Submission: name, TooSlow: true, LeastMillis: ms, MedianMillis: ms + 100, MostMillis: ms + 200, Runs: 5, Stopped: stopped}
	}
	left := func(r CalibrationRow, why string) CalibrationRow { r.Left = why; return r }
	for name, test := range map[string]struct {
		present int64
		ratio   float64
		rows    []CalibrationRow
		limit   int64
		holds   bool
		refused string // a part of why
		note    string
	}{
		"present limit holds": {2000, 1, []CalibrationRow{accepted("a", 900), accepted("b", 100), slow("s", 3000, true)}, 2000, true, "", ""},
		"too short":           {1000, 1, []CalibrationRow{accepted("a", 900), slow("s", 9000, false)}, 2000, false, "", ""},
		"too long":            {5000, 1, []CalibrationRow{accepted("a", 400), slow("s", 1500, false), slow("t", 9000, true)}, 1000, false, "", ""},
		"without room":        {5000, 1, []CalibrationRow{accepted("a", 490), slow("s", 1500, false)}, 1000, false, "", ""},
		"too near":            {1000, 1, []CalibrationRow{accepted("acc", 600), slow("slo", 1700, false)}, 0, false, "acc takes 600 ms and slo no more than 1700 ms", ""},
		"all small":           {1000, 1, []CalibrationRow{accepted("acc", 2), slow("slo", 800, false)}, 0, false, "make the tests", ""},
		"none too slow":       {1000, 1, []CalibrationRow{accepted("a", 400)}, 1000, true, "", "only a lower bound"},
		"slow one crashes":    {1000, 1, []CalibrationRow{accepted("a", 400), left(slow("s", 0, false), "ends with MLE")}, 1000, true, "", "only a lower bound"},
		"accepted one fails":  {1000, 1, []CalibrationRow{accepted("a", 400), left(accepted("b", 1), "ends with WA")}, 0, false, "b ends with WA", ""},
		"nothing accepted":    {1000, 1, []CalibrationRow{slow("s", 4000, true)}, 0, true, "", "not measured"},
		// Twice as slow a host as the one that limits are stated for: the same
		// package gets the same limit.
		"slow host": {1000, 2, []CalibrationRow{accepted("a", 1800), slow("s", 18_000, false)}, 2000, false, "", ""},
		"fast host": {2000, 0.5, []CalibrationRow{accepted("a", 450), slow("s", 1500, false)}, 2000, true, "", ""},
	} {
		c := CalibratedLanguage{Language: judge.Go, Ratio: test.ratio, PresentMillis: test.present, Rows: test.rows}
		c.decide()
		if c.LimitMillis != test.limit || c.Holds != test.holds || (c.Refused != "") != (test.refused != "") ||
			!strings.Contains(c.Refused, test.refused) || !strings.Contains(c.Note, test.note) || (c.Note != "") != (test.note != "") {
			t.Errorf("%s: limit %d, holds %v, refused %q, note %q; want %+v", name, c.LimitMillis, c.Holds, c.Refused, c.Note, test)
		}
	}
}

func TestSetLimits(t *testing.T) {
	want := map[judge.Language]time.Duration{judge.Java: 3500 * time.Millisecond}
	for name, test := range map[string]struct{ before, after string }{
		"empty":           {"", "limits:\n  java: {time_limit: 3.5}\n"},
		"no limits":       {"difficulty: easy # yes\n", "difficulty: easy # yes\nlimits:\n  java: {time_limit: 3.5}\n"},
		"no final feed":   {"difficulty: easy", "difficulty: easy\nlimits:\n  java: {time_limit: 3.5}\n"},
		"replaced":        {"limits:\n  java: {time_limit: 2} # slow start\n  go: {time_limit: 2}\n", "limits:\n  java: {time_limit: 3.5} # slow start\n  go: {time_limit: 2}\n"},
		"replaced, block": {"limits:\n  java:\n    memory: 64\n    time_limit: 12.25   # long\n", "limits:\n  java:\n    memory: 64\n    time_limit: 3.5   # long\n"},
		"beside memory":   {"limits:\n  java: {memory: 64}\n", "limits:\n  java: {time_limit: 3.5, memory: 64}\n"},
		"block memory":    {"limits:\n  java:\n    memory: 64\n", "limits:\n  java:\n    time_limit: 3.5\n    memory: 64\n"},
		"other language":  {"limits:\n  # why\n  go: {memory: 64}\nreference: x\n", "limits:\n  # why\n  java: {time_limit: 3.5}\n  go: {memory: 64}\nreference: x\n"},
		"flow":            {"limits: {go: {memory: 64}}\n", "limits: {java: {time_limit: 3.5}, go: {memory: 64}}\n"},
		"beyond ASCII":    {"# größer\nlimits: {go: {memory: 64}, java: {time_limit: 2}}\n", "# größer\nlimits: {go: {memory: 64}, java: {time_limit: 3.5}}\n"},
	} {
		got, err := setLimits([]byte(test.before), want)
		if err != nil || string(got) != test.after {
			t.Errorf("%s: %v, got\n%s\nwant\n%s", name, err, got, test.after)
		}
	}
	for name, text := range map[string]string{
		"all in braces": "{limits: {java: {time_limit: 2}}}\n",
		"nothing there": "limits:\n",
		"empty limits":  "limits: {}\n",
		"not YAML":      "limits: [\n",
	} {
		if got, err := setLimits([]byte(text), want); err == nil {
			t.Errorf("%s: became\n%s", name, got)
		}
	}
}

func TestInSeconds(t *testing.T) {
	for d, want := range map[time.Duration]string{
		2812 * time.Millisecond: "2.812", 2811600 * time.Microsecond: "2.812", 10 * time.Second: "10", 1500 * time.Millisecond: "1.5", time.Millisecond: "0.001",
	} {
		if got := inSeconds(d); got != want {
			t.Errorf("%s is %q, want %q", d, got, want)
		}
	}
}

func TestSetRecord(t *testing.T) {
	r := &problems.CalibrationRecord{Date: "2026-01-31", Host: "ACME \"9\"", Cores: 2, Runs: 5, Languages: map[judge.Language]problems.CalibrationFigures{
		judge.Python: {Toolchain: "python 3", HostRatio: 1.017, TimeLimit: 2 * time.Second, SlowestAccepted: 512_345 * time.Microsecond, Spread: new(0.0449)},
		judge.Go:     {Toolchain: "go1", HostRatio: 1, TimeLimit: time.Second, SlowestAccepted: time.Microsecond, FastestTooSlow: 3 * time.Second},
	}}
	block := "calibrated: # by docket problems calibrate; times in seconds on the reference host\n" +
		"  date: \"2026-01-31\"\n  host: \"ACME \\\"9\\\"\"\n  cores: 2\n  runs: 5\n  languages:\n" +
		"    go: {toolchain: \"go1\", host_ratio: 1.00, time_limit: 1, slowest_accepted: 0.001, fastest_too_slow: 3}\n" +
		"    python: {toolchain: \"python 3\", host_ratio: 1.02, time_limit: 2, slowest_accepted: 0.512, spread: 4%}\n"
	for name, test := range map[string]struct{ before, after string }{
		"empty":     {"", block},
		"at end":    {"difficulty: easy\n", "difficulty: easy\n" + block},
		"same":      {block, block},
		"in middle": {"difficulty: easy\ncalibrated:\n  date: x\n\n# of tests\ngenerate: []\n", "difficulty: easy\n" + block + "\n# of tests\ngenerate: []\n"},
		"one line":  {"calibrated: {date: x}\nreference: y\n", block + "reference: y\n"},
	} {
		got, err := setRecord([]byte(test.before), r)
		if err != nil || string(got) != test.after {
			t.Errorf("%s: %v, got\n%s\nwant\n%s", name, err, got, test.after)
		}
	}
}
