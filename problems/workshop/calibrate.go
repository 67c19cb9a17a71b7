package workshop

import (
	"fmt"
	"math"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// What a limit must be, as factors: the slowest accepted submission takes at
// most half of it, and the fastest one that is too slow at least one and a
// half times as long. A new limit leaves some room above the first, so that
// the next measurement does not find it a little short.
const (
	acceptedFactor = 2
	acceptedRoom   = 1.1
	tooSlowFactor  = 1.5
)

// leastLimit is the shortest limit that is proposed: below it, the start of
// a program counts for too much.
const leastLimit = time.Second

// Calibration is what was found of a package.
type Calibration struct {
	Problem   judge.Slug           `json:"problem"`
	Languages []CalibratedLanguage `json:"languages"`
	Warnings  []string             `json:"warnings,omitempty"`
}

// Record is what docket.yaml is to say of a calibration that nothing was
// refused in. The caller knows where and with what it was done.
func (c Calibration) Record(date time.Time, host string, cores, runs int, toolchain func(judge.Language) string) *problems.CalibrationRecord {
	r := &problems.CalibrationRecord{Date: date.Format(time.DateOnly), Host: host, Cores: cores, Runs: runs,
		Languages: map[judge.Language]problems.CalibrationFigures{}}
	for _, l := range c.Languages {
		if l.LimitMillis == 0 {
			continue // not measured
		}
		r.Languages[l.Language] = problems.CalibrationFigures{
			Toolchain: toolchain(l.Language), HostRatio: l.Ratio, TimeLimit: time.Duration(l.LimitMillis) * time.Millisecond,
			SlowestAccepted: milli(l.AcceptedMillis), FastestTooSlow: milli(l.TooSlowMillis), Spread: new(l.AcceptedSpread),
		}
	}
	return r
}

// Refused reports whether a language has no limit that separates its
// submissions.
func (c Calibration) Refused() bool {
	for _, l := range c.Languages {
		if l.Refused != "" {
			return true
		}
	}
	return false
}

// Holds reports whether the limits in force separate the submissions of every
// language.
func (c Calibration) Holds() bool {
	for _, l := range c.Languages {
		if !l.Holds {
			return false
		}
	}
	return true
}

// CalibratedLanguage is what was found of a package's submissions in one
// language. Times of its own are those of the reference host: what was measured
// by Ratio.
type CalibratedLanguage struct {
	Language judge.Language `json:"language"`
	// Ratio is how many times as long as on the reference host a program takes
	// on the host of the measurement.
	Ratio         float64 `json:"host_ratio,omitempty"`
	PresentMillis int64   `json:"present_limit_ms"`
	// LimitMillis is the limit that should be: the present one where it holds.
	// Zero when it was refused or not measured.
	LimitMillis    int64   `json:"limit_ms"`
	AcceptedMillis float64 `json:"slowest_accepted_ms"`
	// AcceptedSpread is how far the runs of the slowest accepted one lie apart,
	// as a share of their median.
	AcceptedSpread float64 `json:"slowest_accepted_spread"`
	// TooSlowMillis is zero when there is no submission that is too slow, and
	// at least what it says when AtLeast is set.
	TooSlowMillis float64 `json:"fastest_too_slow_ms"`
	AtLeast       bool    `json:"fastest_too_slow_at_least,omitempty"`
	// Holds says that the present limit separates the submissions.
	Holds bool `json:"holds"`
	// Refused says why there is no limit.
	Refused string           `json:"refused,omitempty"`
	Note    string           `json:"note,omitempty"`
	Rows    []CalibrationRow `json:"submissions"`
}

// CalibrationRow is what was measured of one submission: the processor time of
// its slowest test in each run, on the host of the measurement.
type CalibrationRow struct {
	Submission   string  `json:"submission"`
	TooSlow      bool    `json:"too_slow"` // rather than accepted
	Test         string  `json:"test"`     // the slowest
	Runs         int     `json:"runs"`
	LeastMillis  float64 `json:"least_ms"`
	MedianMillis float64 `json:"median_ms"`
	MostMillis   float64 `json:"most_ms"`
	// Stopped says that it was stopped: it takes longer than the times say.
	Stopped bool `json:"stopped,omitempty"`
	// Left says why the submission does not count.
	Left string `json:"left_out,omitempty"`
}

// Spread is how far the runs lie apart, as a share of their median.
func (r CalibrationRow) Spread() float64 {
	if r.MedianMillis == 0 {
		return 0
	}
	return (r.MostMillis - r.LeastMillis) / r.MedianMillis
}

// roundLimit is the next limit that people like to read.
func roundLimit(d time.Duration) time.Duration {
	step := 5 * time.Second
	switch {
	case d <= 2*time.Second:
		step = 250 * time.Millisecond
	case d <= 5*time.Second:
		step = 500 * time.Millisecond
	case d <= 20*time.Second:
		step = time.Second
	}
	return max((d+step-1)/step*step, leastLimit)
}

// bounds are what the submissions of a language allow.
type bounds struct {
	accepted time.Duration // the slowest
	tooSlow  time.Duration // the fastest; 0 when there is none
}

// hold reports whether a limit separates the submissions.
func (b bounds) hold(limit time.Duration) bool {
	return times(b.accepted, acceptedFactor) <= limit &&
		(b.tooSlow == 0 || times(limit, tooSlowFactor) <= b.tooSlow)
}

// candidates are limits that are long enough, the better one first.
func (b bounds) candidates() []time.Duration {
	return []time.Duration{
		roundLimit(times(b.accepted, acceptedFactor*acceptedRoom)),
		roundLimit(times(b.accepted, acceptedFactor)),
	}
}

// limit is the present limit when it holds, for limits should not change with
// the weather, else the best that does. It is 0 when none does.
func (b bounds) limit(present time.Duration) time.Duration {
	for _, l := range append([]time.Duration{present}, b.candidates()...) {
		if b.hold(l) {
			return l
		}
	}
	return 0
}

func times(d time.Duration, f float64) time.Duration {
	return time.Duration(math.Round(float64(d) * f))
}

// decide draws the conclusion from a language's rows.
func (c *CalibratedLanguage) decide() {
	var slowest, fastest *CalibrationRow
	for i := range c.Rows {
		r := &c.Rows[i]
		switch {
		case r.Left != "" && !r.TooSlow:
			c.Refused = fmt.Sprintf("%s %s", r.Submission, r.Left)
			return
		case r.Left != "":
		case r.TooSlow && (fastest == nil || r.LeastMillis < fastest.LeastMillis):
			fastest = r
		case !r.TooSlow && (slowest == nil || r.MedianMillis > slowest.MedianMillis):
			slowest = r
		}
	}
	if slowest == nil {
		c.Note, c.Holds = "no submission is accepted: the limit is not measured", true
		return
	}
	// What disturbs a run only makes it longer: the median of an accepted
	// submission is on the safe side and stands a disturbed run, and the least
	// of one that is too slow is nearest to the truth.
	c.AcceptedMillis, c.AcceptedSpread = slowest.MedianMillis/c.Ratio, slowest.Spread()
	b := bounds{accepted: milli(c.AcceptedMillis)}
	if fastest == nil {
		c.Note = "no submission is too slow: the limit has only a lower bound"
	} else {
		c.TooSlowMillis, c.AtLeast = fastest.LeastMillis/c.Ratio, fastest.Stopped
		b.tooSlow = milli(c.TooSlowMillis)
	}
	present := time.Duration(c.PresentMillis) * time.Millisecond
	c.Holds = b.hold(present)
	limit := b.limit(present)
	c.LimitMillis = limit.Milliseconds()
	if limit == 0 {
		c.Refused = fmt.Sprintf("%s takes %.0f ms and %s no more than %.0f ms: no round limit from %.0f s on is %d times the first while the second is %.1f times the limit; make the tests tell them further apart",
			slowest.Submission, c.AcceptedMillis, fastest.Submission, c.TooSlowMillis, leastLimit.Seconds(), acceptedFactor, tooSlowFactor)
	}
}

func milli(f float64) time.Duration { return time.Duration(f * float64(time.Millisecond)) }
