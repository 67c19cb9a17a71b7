package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/docketjudge/docket/judge"
)

// runLimits is what a run may ask for.
type runLimits struct {
	CPU    *int64 `json:"cpu_ms,omitempty" doc:"Processor time in milliseconds. Defaults to 2000." schema:"minimum=1,maximum=60000"`
	Memory *int64 `json:"memory_kib,omitempty" doc:"Memory in KiB. Defaults to 262144." schema:"minimum=16384,maximum=2097152"`
}

// runRequest is a program to be run once with the client's own input.
type runRequest struct {
	Language judge.Language `json:"language" doc:"What the program is written in."`
	Source   *string        `json:"source,omitempty" doc:"The program's text, for one file under the language's usual name."`
	Files    []file         `json:"files,omitempty" doc:"The program's files, in place of source. At most 256 KiB together." schema:"minItems=1,maxItems=32"`
	Problem  judge.Slug     `json:"problem,omitempty" doc:"Judge the program on the samples of this problem, or on cases, instead of giving it stdin."`
	Cases    []caseJSON     `json:"cases,omitempty" doc:"The client's own cases of a function problem, at most 100 in 1 MiB. The problem's reference solution answers them." schema:"minItems=1,maxItems=100"`
	Stdin    string         `json:"stdin,omitempty" doc:"What the program reads, at most 1 MiB." schema:"maxLength=1048576"`
	Limits   *runLimits     `json:"limits,omitempty" doc:"What the program may use."`
	Queue    judge.Queue    `json:"queue,omitempty" doc:"How urgent it is. Defaults to interactive when the request waits, else to default."`
}

// caseJSON is one case of a function problem: its arguments, or its calls.
type caseJSON json.RawMessage

// UnmarshalJSON keeps the text.
func (c *caseJSON) UnmarshalJSON(b []byte) error {
	*c = append((*c)[:0], b...)
	return nil
}

// maxCaseBytes bounds the cases of a run together.
const maxCaseBytes = 1 * judge.MiB

// runCompile is what the compiler had to say about a run.
type runCompile struct {
	OK     bool   `json:"ok" doc:"Whether it compiled."`
	Output string `json:"output" doc:"What the compiler said, capped, with the client's own file names."`
	Millis int64  `json:"ms" doc:"How long it took; 0 when cached."`
	Cached bool   `json:"cached" doc:"Whether the same program had been compiled before."`
}

// runReply is what became of a run. What the program did is absent until it
// ended, and when it did not compile.
type runReply struct {
	ID       judge.SubmissionID `json:"id" doc:"The run's id."`
	State    judge.State        `json:"state" doc:"Where the run is on its way."`
	Verdict  judge.Verdict      `json:"verdict,omitempty" doc:"AC when the program ended with exit code 0."`
	Message  string             `json:"message,omitempty" doc:"Why the run failed, when that was not the program's doing."`
	Rejected string             `json:"rejected,omitempty" doc:"Why the problem does not take the cases. There is no verdict then, and a request that waited is refused."`
	Compile  *runCompile        `json:"compile,omitempty" doc:"What the compiler had to say."`

	Tests []judge.TestReport `json:"tests,omitempty" doc:"Runs of a problem: its samples, or the one test made of the client's cases."`

	Stdout          *string `json:"stdout,omitempty" doc:"What the program printed, capped. Absent for a run of a problem."`
	Stderr          *string `json:"stderr,omitempty" doc:"What it printed to standard error, capped."`
	StdoutTruncated *bool   `json:"stdout_truncated,omitempty" doc:"Whether there was more on standard output."`
	StderrTruncated *bool   `json:"stderr_truncated,omitempty" doc:"Whether there was more on standard error."`
	Encoding        string  `json:"encoding,omitempty" doc:"How stdout and stderr are written: base64 when they are not UTF-8." schema:"enum=utf-8|base64"`
	ExitCode        *int    `json:"exit_code,omitempty" doc:"The exit code; meaningless with a signal."`
	Signal          *int    `json:"signal,omitempty" doc:"The signal that ended the program, or 0."`
	Reason          string  `json:"reason,omitempty" doc:"What TLE, MLE, OLE and RTE are for: the limit in force, the exception, the signal or the exit code."`
	Stopped         string  `json:"stopped,omitempty" doc:"What the sandbox ended the program for: processor time, elapsed time, memory or output. Absent when it ended by itself."`
	CPUMillis       *int64  `json:"cpu_ms,omitempty" doc:"Processor time of all its processes."`
	WallMillis      *int64  `json:"wall_ms,omitempty" doc:"Elapsed time."`
	MemoryKiB       *int64  `json:"memory_kib,omitempty" doc:"Peak memory: anonymous and shared memory, and what the kernel holds for the program beyond 16 MiB."`

	Created time.Time `json:"created_at" doc:"When it was accepted."`
}

// runOf shows a report as a run.
func runOf(rep judge.Report) any {
	out := runReply{ID: rep.ID, State: rep.State, Verdict: rep.Verdict, Message: rep.Message, Rejected: rep.Rejected, Created: rep.Created, Tests: rep.Tests}
	if c := rep.Compile; c != nil {
		out.Compile = &runCompile{OK: c.OK, Output: c.Output, Millis: c.Millis, Cached: c.Cached}
	}
	if r := rep.Run; r != nil {
		out.Stdout, out.Stderr = &r.Stdout, &r.Stderr
		out.StdoutTruncated, out.StderrTruncated = &r.StdoutTruncated, &r.StderrTruncated
		out.Encoding = r.Encoding
		out.ExitCode, out.Signal = &r.ExitCode, &r.Signal
		out.Reason, out.Stopped = r.Reason, r.Stopped
		out.CPUMillis, out.WallMillis, out.MemoryKiB = &r.CPUMillis, &r.WallMillis, &r.MemoryKiB
	}
	return out
}

// limits translates what a run asked for.
func (l *runLimits) limits() (judge.Limits, error) {
	var out judge.Limits
	if l == nil {
		return out, nil
	}
	// Bounded before they are multiplied, so that nothing overflows.
	if l.CPU != nil {
		if *l.CPU < 1 || *l.CPU > judge.MaxCPU.Milliseconds() {
			return out, judge.Invalid("limits.cpu_ms", "must be between 1 and %d", judge.MaxCPU.Milliseconds())
		}
		out.CPU = time.Duration(*l.CPU) * time.Millisecond
	}
	if l.Memory != nil {
		if *l.Memory < judge.MinMemory.KiB() || *l.Memory > judge.MaxMemory.KiB() {
			return out, judge.Invalid("limits.memory_kib", "must be between %d and %d",
				judge.MinMemory.KiB(), judge.MaxMemory.KiB())
		}
		out.Memory = judge.Bytes(*l.Memory) * judge.KiB
	}
	return out, out.Validate()
}

// startRun answers POST /v1/runs.
func startRun(s *Server, r *request) error {
	var in runRequest
	if err := s.decode(r, &in); err != nil {
		return err
	}
	wait, queue, err := urgency(r)
	if err != nil {
		return err
	}
	files, err := program(in.Language, in.Source, in.Files)
	if err != nil {
		return err
	}
	if judge.Bytes(len(in.Stdin)) > judge.MaxStdinBytes {
		return &judge.Error{Code: judge.CodeTooLarge, Field: "stdin",
			Message: fmt.Sprintf("may be at most %s", judge.MaxStdinBytes)}
	}
	cases, err := s.runnable(in)
	if err != nil {
		return err
	}
	limits, err := in.Limits.limits()
	if err != nil {
		return err
	}
	// Who runs a program looks at what it does, whether the request waits or not.
	if queue, err = queueOf(in.Queue, queue, judge.Interactive); err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("making a run id: %w", err)
	}
	ctx, cancel := s.bounded()
	defer cancel()
	rep, err := s.take(ctx, r, judge.Submission{
		ID: judge.SubmissionID(id.String()), Kind: judge.KindRun, Language: in.Language, Files: files,
		Problem: in.Problem, Cases: cases, Stdin: in.Stdin, Limits: limits.WithDefaults(), Queue: queue, KeyID: r.key.ID, Created: s.cfg.Now().UTC(),
	})
	if err != nil {
		return err
	}
	return s.reply(r, "/v1/runs/", rep, wait, runOf)
}

// runnable checks what a run says of a problem, and returns its cases.
func (s *Server) runnable(in runRequest) ([]json.RawMessage, error) {
	if in.Problem == "" {
		if in.Cases != nil {
			return nil, judge.Invalid("cases", "are those of a problem: name it in problem, or use stdin")
		}
		return nil, nil
	}
	switch {
	case in.Stdin != "":
		return nil, judge.Invalid("stdin", "is for runs without a problem; give cases, or leave both out for the samples")
	case in.Limits != nil:
		return nil, judge.Invalid("limits", "are the problem's own")
	}
	ctx, cancel := s.bounded()
	defer cancel()
	if err := s.solvable(ctx, in.Problem, in.Language); err != nil {
		return nil, err
	}
	if in.Cases == nil {
		return nil, nil
	}
	p, err := s.cfg.Problems.Problem(ctx, in.Problem)
	if err != nil {
		return nil, err
	}
	if p.Harness == nil || p.Reference == nil {
		return nil, judge.Invalid("cases", "are for function problems; %s takes whole programs: run one with stdin, without a problem", in.Problem)
	}
	var size judge.Bytes
	cases := make([]json.RawMessage, len(in.Cases))
	for i, c := range in.Cases {
		cases[i] = json.RawMessage(c)
		size += judge.Bytes(len(c))
	}
	if size > maxCaseBytes {
		return nil, &judge.Error{Code: judge.CodeTooLarge, Field: "cases", Message: fmt.Sprintf("may be at most %s together", maxCaseBytes)}
	}
	if len(cases) == 0 || len(cases) > judge.MaxCases {
		return nil, judge.Invalid("cases", "must be 1 to %d, got %d", judge.MaxCases, len(cases))
	}
	// What does not fit the signature is told before anything is queued.
	_, err = p.Harness.Input(cases)
	return cases, err
}

// getRun answers GET /v1/runs/{id}.
func getRun(s *Server, r *request) error {
	wait, err := waitOf(r)
	if err != nil {
		return err
	}
	rep, err := s.readable(r)
	if err != nil {
		return err
	}
	if rep.Kind != judge.KindRun {
		return judge.NotFound("This is a submission, not a run: look under /v1/submissions.")
	}
	if rep, err = s.await(r, rep, wait); err != nil {
		return err
	}
	return r.json(http.StatusOK, runOf(rep))
}
