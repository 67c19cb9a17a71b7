package judge

import (
	"slices"
	"time"
)

// Verdict is the outcome of a test or of a whole submission.
type Verdict string

// The verdicts. JE is the only one that is our fault: it is retried and
// alarmed on, and never stands for a mistake of the user.
const (
	AC  Verdict = "AC"  // accepted
	WA  Verdict = "WA"  // wrong answer
	TLE Verdict = "TLE" // time limit exceeded
	MLE Verdict = "MLE" // memory limit exceeded
	OLE Verdict = "OLE" // output limit exceeded
	RTE Verdict = "RTE" // run-time error: non-zero exit or signal
	CE  Verdict = "CE"  // compile error
	JE  Verdict = "JE"  // judge error
)

// Verdicts lists every verdict.
func Verdicts() []Verdict { return []Verdict{AC, WA, TLE, MLE, OLE, RTE, CE, JE} }

// Valid reports whether v is a verdict.
func (v Verdict) Valid() bool { return slices.Contains(Verdicts(), v) }

// Name is the verdict in words.
func (v Verdict) Name() string {
	switch v {
	case AC:
		return "accepted"
	case WA:
		return "wrong answer"
	case TLE:
		return "time limit exceeded"
	case MLE:
		return "memory limit exceeded"
	case OLE:
		return "output limit exceeded"
	case RTE:
		return "run-time error"
	case CE:
		return "compile error"
	case JE:
		return "judge error"
	}
	return string(v)
}

// Stop says why the sandbox ended a run before it ended by itself. The first
// reason wins and is never overwritten by a later one.
type Stop uint8

// The reasons to stop a run.
const (
	NotStopped       Stop = iota
	StoppedForCPU         // processor time at the limit
	StoppedForWall        // elapsed time at the limit
	StoppedForMemory      // memory at the limit, by our sampler or the kernel
	StoppedForOutput      // standard output at the limit
	StoppedByRequest      // the judging was cancelled
	StoppedForInput       // it read on after all of an input that was cut off; see [ErrCutOff]
)

// String says what for, or nothing when the sandbox did not stop the program.
func (s Stop) String() string {
	switch s {
	case StoppedForCPU:
		return "processor time"
	case StoppedForWall:
		return "elapsed time"
	case StoppedForMemory:
		return "memory"
	case StoppedForOutput:
		return "output"
	case StoppedByRequest:
		return "request"
	case StoppedForInput:
		return "input"
	}
	return ""
}

// Result is what a program did in a box: a value, whatever the program did.
type Result struct {
	ExitCode int  // the exit code; meaningless when Signal is set
	Signal   int  // the signal that ended the main process, or 0
	Stopped  Stop // why the sandbox stopped it, if it did
	// OutOfMemory is set when the kernel killed a process of the run for
	// memory, or the language's runtime gave up for want of it
	// (OutOfMemoryError, MemoryError).
	OutOfMemory bool

	CPU  time.Duration // processor time of all processes of the run
	Wall time.Duration // monotonic, from start of the main process to its end
	// Memory is the peak of anonymous and shared memory, and of what the
	// kernel held for the run beyond 16 MiB.
	Memory Bytes

	StdoutBytes     Bytes // how much it printed, as far as it was read
	Stderr          []byte
	StderrTruncated bool
	// Collected holds the files that the run was asked to leave behind, by
	// the names given in [Run.Collect]; absent files are absent.
	Collected map[string][]byte
}

// Classify derives the verdict of a run that had no judge error, before its
// output is checked: AC here means that the checker decides.
//
// The first cause of death wins. A run stopped for memory is MLE even if it
// was also slow, one stopped for time is TLE whatever it printed, then too
// much output, then a non-zero exit or a signal.
func Classify(r Result, l Limits) Verdict {
	switch r.Stopped {
	case StoppedForMemory:
		return MLE
	case StoppedForCPU, StoppedForWall:
		if r.OutOfMemory {
			return MLE
		}
		return TLE
	case StoppedForOutput:
		return OLE
	}
	switch {
	case r.OutOfMemory, r.Memory > l.Memory:
		return MLE
	case r.CPU > l.CPU, r.Wall > l.Wall:
		return TLE
	case r.StdoutBytes > l.Output:
		return OLE
	case r.Signal != 0, r.ExitCode != 0:
		return RTE
	}
	return AC
}

// Decide derives the verdict of a test from its run and from what the checker or
// the output validator found. It is the only place that does.
//
// How the run ended comes first; its output counts only if the run ended well. In
// an interactive test a rejection comes first: the validator rejects what the
// program said before its end, and being rejected is often what ends a program.
func Decide(r Result, f Finding, l Limits, interactive bool) Verdict {
	v := Classify(r, l)
	if f.Reason != "" && (v == AC || interactive) {
		return WA
	}
	return v
}
