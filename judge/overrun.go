package judge

import (
	"fmt"
	"strconv"
	"time"
)

// Overrun says which limit a run went over whose verdict is TLE, MLE or OLE, and by
// which measure: "over 1500 ms (x 2.7 on this host: 4050 ms) of processor time". It
// is empty for other verdicts. Limits are those that the problem or the client set;
// factor is what their times were multiplied by on this host, or 0.
func (l Limits) Overrun(v Verdict, r Result, lang Language, factor float64) string {
	l = l.WithDefaults()
	here := l
	if factor > 0 {
		here = l.Scaled(factor)
	}
	switch v {
	case TLE:
		if r.Stopped == StoppedForWall || r.Stopped == NotStopped && r.CPU <= here.CPU {
			return fmt.Sprintf("over %s of elapsed time, but only %s of processor time: it waited or slept, or the host was full",
				scaled(l.Wall, here.Wall, factor), millis(r.CPU))
		}
		return fmt.Sprintf("over %s of processor time", scaled(l.CPU, here.CPU, factor))
	case MLE:
		limit := mebibytes(l.Memory)
		if more := lang.Allowance(); more > 0 {
			limit += fmt.Sprintf(" (and %s for the runtime of %s)", mebibytes(more), lang.Name())
		}
		if r.Stopped != StoppedForMemory && r.Memory <= l.WithAllowance(lang).Memory {
			return "there was no memory left for it: the limit is " + limit
		}
		return "over " + limit
	case OLE:
		return fmt.Sprintf("over %s of output", mebibytes(l.Output))
	}
	return ""
}

func scaled(limit, here time.Duration, factor float64) string {
	if here == limit {
		return millis(limit)
	}
	return fmt.Sprintf("%s (x %s on this host: %s)", millis(limit), strconv.FormatFloat(factor, 'f', 1, 64), millis(here))
}

func millis(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }

// mebibytes are whole where they can be.
func mebibytes(b Bytes) string {
	switch {
	case b%MiB == 0:
		return fmt.Sprintf("%d MiB", b/MiB)
	case b%KiB == 0:
		return fmt.Sprintf("%d KiB", b/KiB)
	}
	return b.String()
}
