package judge

import (
	"encoding/json"
	"time"
)

// State is where a submission is on its way.
//
//	queued --> running --> done
//	   |  ^       |
//	   |  +-------+ (worker died or handed back)
//	   +--> cancelled <-- running
type State string

// The states. Done and Cancelled are final for a judging; a rejudge begins
// a new one.
const (
	StateQueued    State = "queued"
	StateRunning   State = "running"
	StateDone      State = "done"
	StateCancelled State = "cancelled"
)

// Final reports whether nothing more will happen to a judging in this state.
func (s State) Final() bool { return s == StateDone || s == StateCancelled }

// Report is the account of one judging of a submission, as clients see it.
type Report struct {
	ID       SubmissionID `json:"id"`
	Kind     Kind         `json:"-"`
	Problem  Slug         `json:"problem,omitempty"`
	Language Language     `json:"language"`
	State    State        `json:"state"`
	Verdict  Verdict      `json:"verdict,omitempty"`
	Score    float64      `json:"score"` // 0 to 100: the share of tests passed, or the problem's own
	Message  string       `json:"message,omitempty"`
	// Rejected is why a client's own cases were not judged. There is no verdict then.
	Rejected string `json:"rejected,omitempty"`

	Compile *CompileReport `json:"compile,omitempty"`
	Tests   []TestReport   `json:"tests,omitempty"`
	Run     *RunReport     `json:"run,omitempty"` // runs only; replaces Tests
	Summary Summary        `json:"summary"`
	Timing  Timing         `json:"timing"`

	Attempt   int    `json:"attempt"` // 1 for the first judging
	Worker    string `json:"worker,omitempty"`
	Toolchain string `json:"toolchain,omitempty"`
	// HostFactor is what the problem's time limits were multiplied by on this
	// worker: 1 on a host as fast as the one that they were found on, more on
	// a slower one. Zero where no problem's limits applied.
	HostFactor float64 `json:"host_factor,omitempty"`
	// Limits are what the program was held to in each test: those of the problem or
	// the client, times multiplied by HostFactor, and the memory that the
	// language's runtime is allowed beside.
	Limits   *Limits `json:"limits,omitempty"`
	Revision string  `json:"problem_revision,omitempty"`

	User     string          `json:"user,omitempty"`
	Metadata json.RawMessage `json:"metadata,omitempty"`
	// KeyID is the API key that sent the submission. The store fills it from
	// its record so that the API can tell whose it is; clients never see it.
	KeyID    string     `json:"-"`
	Created  time.Time  `json:"created_at"`
	Finished *time.Time `json:"finished_at,omitempty"`
}

// CompileReport is what the compiler had to say.
type CompileReport struct {
	OK     bool   `json:"ok"`
	Output string `json:"output"`
	Millis int64  `json:"ms"`
	Cached bool   `json:"cached"`
}

// TestReport is the outcome of one test.
type TestReport struct {
	Name    string  `json:"name"`
	Group   string  `json:"group"`
	Sample  bool    `json:"sample"`
	Verdict Verdict `json:"verdict"`
	// Reason says what TLE, MLE, OLE and RTE are for: the limit in force, the
	// exception, the signal or the exit code. Where the disclosure policy shows
	// reasons it also says where the output of WA differs. It holds nothing of the
	// test's data.
	Reason string `json:"reason,omitempty"`
	// Hint is the author's, for those who failed the test, where the policy shows
	// reasons.
	Hint string `json:"hint,omitempty"`
	Usage
	// Function problems: how many cases passed before the first that did not,
	// the number of that one (from 1), and what it was where that may be shown.
	CasesPassed int         `json:"cases_passed,omitempty"`
	CasesTotal  int         `json:"cases_total,omitempty"`
	FailedCase  int         `json:"failed_case,omitempty"`
	Failure     *CaseReport `json:"failure,omitempty"`
	// Cases are all cases, up to a bound, of a client's own run.
	Cases []CaseReport `json:"cases,omitempty"`
	// Feedback is why the output of WA was rejected, in the checker's words. It is
	// shown for samples and for a hidden case that is shown. Stderr is what a
	// crashed program wrote to its standard error, of hidden tests its end, where
	// the policy shows reasons.
	Feedback string `json:"feedback,omitempty"`
	Stderr   string `json:"stderr,omitempty"`
}

// CaseReport is one case of a test: JSON texts, shortened where they are long.
// A client's own cases and samples have all of it; of a hidden test no more is
// shown than the problem's disclosure policy allows.
type CaseReport struct {
	Input    string `json:"input"`
	Expected string `json:"expected,omitempty"`
	Actual   string `json:"actual,omitempty"`
	Passed   bool   `json:"passed"`
}

// Usage is what a run consumed and how it ended. A test that took several
// processes, see [Relay], has the most that one of them consumed, since each is
// held to the limits by itself, and the end of the last that ran.
type Usage struct {
	CPUMillis  int64 `json:"cpu_ms"`
	WallMillis int64 `json:"wall_ms"`
	MemoryKiB  int64 `json:"memory_kib"`
	ExitCode   int   `json:"exit_code"`
	Signal     int   `json:"signal,omitempty"`
	// Stopped is what the sandbox ended the program for; see [Stop].
	Stopped string `json:"stopped,omitempty"`
}

// UsageOf translates a result into the units of a report.
func UsageOf(r Result) Usage {
	return Usage{
		CPUMillis:  r.CPU.Round(time.Millisecond).Milliseconds(),
		WallMillis: r.Wall.Round(time.Millisecond).Milliseconds(),
		MemoryKiB:  r.Memory.KiB(), ExitCode: r.ExitCode, Signal: r.Signal, Stopped: r.Stopped.String(),
	}
}

// RunReport is the outcome of a run with custom input. Stdout and Stderr are
// base64 when Encoding says so, which it does when either is not UTF-8.
type RunReport struct {
	Stdout          string `json:"stdout"`
	Stderr          string `json:"stderr"`
	StdoutTruncated bool   `json:"stdout_truncated"`
	StderrTruncated bool   `json:"stderr_truncated"`
	Encoding        string `json:"encoding"`         // "utf-8" or "base64"
	Reason          string `json:"reason,omitempty"` // as of a test
	Usage
}

// Summary adds the tests up.
type Summary struct {
	Passed         int   `json:"passed"`
	Total          int   `json:"total"`
	CPUMillisMax   int64 `json:"cpu_ms_max"`
	CPUMillisTotal int64 `json:"cpu_ms_total"`
	MemoryKiBMax   int64 `json:"memory_kib_max"`
}

// Timing says where the time between acceptance and report went.
type Timing struct {
	QueuedMillis  int64 `json:"queued_ms"`
	CompileMillis int64 `json:"compile_ms"`
	JudgeMillis   int64 `json:"judge_ms"` // from the worker's start to the report, compile included
	// Steps splits JudgeMillis further, in microseconds, for docket bench.
	Steps Steps `json:"steps_us"`
}

// Steps are microseconds spent in each step of a judging.
type Steps struct {
	Queue int64 `json:"queue"` // from acceptance to the worker's start
	Slot  int64 `json:"slot"`  // waiting for a free slot
	Build int64 `json:"build"`
	Box   int64 `json:"box"`   // leasing the run box and copying the artifact
	Tests int64 `json:"tests"` // running the program, the conversation with its box included
	Own   int64 `json:"own"`   // of that, the life of the processes themselves
	Check int64 `json:"check"` // waiting for a verdict on its output after it ended
	Store int64 `json:"store"` // writing progress
}

// EventKind names what happened.
type EventKind string

// The kinds of events on a submission's stream.
const (
	EventQueued    EventKind = "queued"
	EventRunning   EventKind = "running"
	EventCompiled  EventKind = "compiled"
	EventTest      EventKind = "test"
	EventDone      EventKind = "done"
	EventCancelled EventKind = "cancelled"
)

// Event is one entry of a submission's stream.
type Event struct {
	ID      string         `json:"-"` // set by the store, rising within a submission
	Kind    EventKind      `json:"kind"`
	Attempt int            `json:"attempt"`
	At      time.Time      `json:"at"`
	Compile *CompileReport `json:"compile,omitempty"`
	Test    *TestReport    `json:"test,omitempty"`
	Total   int            `json:"total,omitempty"`  // running: how many tests there are
	Report  *Report        `json:"report,omitempty"` // done
}
