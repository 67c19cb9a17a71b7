package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"
)

// runCmd runs a program once on the caller's own input.
type runCmd struct {
	clientFlags

	Lang      judge.Language `help:"The language: go, java or python. Defaults to what the file's extension says." placeholder:"LANG" predictor:"language" env:"-"`
	Problem   judge.Slug     `help:"Run the program on the samples of this problem instead of on an input." placeholder:"SLUG" env:"-"`
	Cases     string         `help:"With --problem: cases of your own instead of the samples, JSON arrays one after the other; - is standard input." placeholder:"FILE" predictor:"file" env:"-"`
	Stdin     string         `help:"What the program reads. Defaults to standard input." placeholder:"FILE" predictor:"file" env:"-"`
	CPUMs     int64          `name:"cpu-ms" help:"Processor time that it may take, in milliseconds. Defaults to 2000." placeholder:"N" env:"-"`
	MemoryMiB int64          `name:"memory-mib" help:"Memory that it may use, in MiB. Defaults to 256." placeholder:"N" env:"-"`
	Verbose   bool           `short:"v" help:"Say how the program ended and what it used even where standard error is no terminal." env:"-"`
	JSON      bool           `help:"Print what became of the run as JSON, and nothing else." env:"-"`

	Files []string `arg:"" name:"file" help:"The program's source files; - is standard input." predictor:"source"`
}

func (*runCmd) Help() string {
	return `Examples:
  docket run sol.go < input.txt
  docket run --stdin input.txt --cpu-ms 5000 --memory-mib 512 Main.java
  echo 'print(6 * 7)' | docket run --lang python -
  docket run --problem lru-cache solution.go
  echo '[["LRUCache",1],["put",1,2],["get",1]]' | docket run --problem lru-cache --cases - solution.go

What the program prints goes to standard output and standard error, as if it
ran here. AC means that it ended with exit code 0.

With --problem it is judged on the problem's samples, or on cases of your own,
which the problem's reference solution answers. AC means that all are right.

` + verdictHelp + "\n\n" + clientHelp
}

// runRequest is the body of the request.
type runRequest struct {
	Language judge.Language    `json:"language"`
	Files    []judge.File      `json:"files"`
	Problem  judge.Slug        `json:"problem,omitempty"`
	Cases    []json.RawMessage `json:"cases,omitempty"`
	Stdin    string            `json:"stdin,omitempty"`
	Limits   *runLimits        `json:"limits,omitempty"`
	Queue    judge.Queue       `json:"queue"`
}

type runLimits struct {
	CPUMillis int64 `json:"cpu_ms,omitempty"`
	MemoryKiB int64 `json:"memory_kib,omitempty"`
}

// runReply is what became of a run.
type runReply struct {
	ID       judge.SubmissionID   `json:"id"`
	State    judge.State          `json:"state"`
	Verdict  judge.Verdict        `json:"verdict"`
	Message  string               `json:"message"`
	Rejected string               `json:"rejected"`
	Compile  *judge.CompileReport `json:"compile"`
	Tests    []judge.TestReport   `json:"tests"`
	judge.RunReport
}

// report shows a run as the report that it is made from.
func (r *runReply) report() judge.Report {
	rep := judge.Report{ID: r.ID, State: r.State, Verdict: r.Verdict, Message: r.Message, Compile: r.Compile, Tests: r.Tests}
	for _, t := range r.Tests {
		rep.Summary.Total++
		if t.Verdict == judge.AC {
			rep.Summary.Passed++
		}
		rep.Summary.CPUMillisMax = max(rep.Summary.CPUMillisMax, t.CPUMillis)
		rep.Summary.MemoryKiBMax = max(rep.Summary.MemoryKiBMax, t.MemoryKiB)
	}
	if r.Encoding != "" {
		rep.Run = &r.RunReport
	}
	return rep
}

func (c *runCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *runCmd) run(ctx context.Context, p *process) error {
	server, err := c.open(p)
	if err != nil {
		return err
	}
	in := runRequest{Queue: judge.Interactive}
	if in.Limits, err = c.limits(); err != nil {
		return err
	}
	if in.Language, in.Files, err = readProgram(p, c.Files, c.Lang); err != nil {
		return err
	}
	if c.Cases != "" && c.Problem == "" {
		return usageError("--cases are those of a problem: name it with --problem")
	}
	if c.Problem != "" {
		err = c.problem(p, &in)
	} else {
		in.Stdin, err = c.input(p)
	}
	if err != nil {
		return err
	}
	var raw json.RawMessage
	method, path, body := http.MethodPost, "/v1/runs?wait="+longPoll.String(), any(in)
	for {
		if err := server.call(ctx, method, path, body, &raw); err != nil {
			return err
		}
		var reply runReply
		if err := json.Unmarshal(raw, &reply); err != nil || reply.ID == "" {
			return fmt.Errorf("%s: the reply is not a run: is this a docket server?", server.base)
		}
		if !reply.State.Final() {
			method, path, body = http.MethodGet, "/v1/runs/"+string(reply.ID)+"?wait="+longPoll.String(), nil
			continue
		}
		if reply.Rejected != "" {
			return judge.Rejected("cases", "%s", reply.Rejected)
		}
		if c.JSON {
			err = printJSON(p.stdout, raw)
		} else {
			err = c.print(p, reply.report())
		}
		if err != nil {
			return err
		}
		return exitOf(reply.State, reply.Verdict)
	}
}

func (c *runCmd) print(p *process, r judge.Report) error {
	if c.Problem == "" {
		return printRun(p, r, c.Verbose)
	}
	return printReport(p.stdout, r, colourful(p))
}

func (c *runCmd) limits() (*runLimits, error) {
	switch {
	case c.CPUMs < 0 || c.CPUMs > judge.MaxCPU.Milliseconds():
		return nil, usageError("--cpu-ms: %d is not between 1 and %d", c.CPUMs, judge.MaxCPU.Milliseconds())
	case c.MemoryMiB != 0 && (c.MemoryMiB < int64(judge.MinMemory/judge.MiB) || c.MemoryMiB > int64(judge.MaxMemory/judge.MiB)):
		return nil, usageError("--memory-mib: %d is not between %d and %d", c.MemoryMiB, judge.MinMemory/judge.MiB, judge.MaxMemory/judge.MiB)
	case c.CPUMs == 0 && c.MemoryMiB == 0:
		return nil, nil
	}
	return &runLimits{CPUMillis: c.CPUMs, MemoryKiB: c.MemoryMiB * int64(judge.MiB/judge.KiB)}, nil
}

// input is what the program is to read.
func (c *runCmd) input(p *process) (string, error) {
	in, name := p.stdin, "standard input"
	switch {
	case c.Stdin != "" && c.Stdin != "-":
		f, err := os.Open(c.Stdin)
		if err != nil {
			return "", usageError("--stdin: %w", err)
		}
		defer f.Close() //nolint:errcheck // only read
		in, name = f, c.Stdin
	case slices.Contains(c.Files, "-"):
		return "", nil // the program came that way
	case isTerminal(p.stdin):
		_, _ = fmt.Fprintln(p.stderr, "docket: the program reads what you type; end with Ctrl-D on a line of its own")
	}
	text, err := readAtMost(in, name, judge.MaxStdinBytes)
	if err != nil {
		return "", usageError("%w", err)
	}
	if !utf8.ValidString(text) {
		return "", usageError("%s is not UTF-8 text, as the input of a run must be", name)
	}
	return text, nil
}

// printRun writes what a program printed where it would have printed it, and
// on standard error how it ended where somebody looks there or should.
func printRun(p *process, r judge.Report, verbose bool) error {
	verbose = verbose || isTerminal(p.stderr) || r.Verdict != judge.AC
	if r.Compile != nil && strings.TrimSpace(r.Compile.Output) != "" && (verbose || r.Run == nil) {
		_, _ = fmt.Fprint(p.stderr, strings.TrimRight(printable(r.Compile.Output), "\n")+"\n")
	}
	if r.Run != nil {
		if err := printOutput(p, *r.Run); err != nil {
			return err
		}
	}
	if !verbose {
		return nil
	}
	painted := colourOf(r.Verdict).on(string(r.Verdict), colourfulOn(p, p.stderr))
	line := painted + "  " + printableLine(r.Verdict.Name())
	switch u := r.Run; {
	case r.State == judge.StateCancelled:
		line = "cancelled"
	case r.Verdict == judge.JE:
		line += ": " + printableLine(r.Message)
	case u != nil:
		line += fmt.Sprintf(": %s, %d ms cpu, %d ms wall, %s", reasonOf(u.Reason, u.Usage), u.CPUMillis, u.WallMillis, inMiB(u.MemoryKiB))
	}
	_, err := fmt.Fprintf(p.stderr, "docket: %s\n", line)
	return err
}

func printOutput(p *process, r judge.RunReport) error {
	for _, s := range []struct {
		to   io.Writer
		name string
		text string
		cut  bool
	}{
		{p.stdout, "standard output", r.Stdout, r.StdoutTruncated},
		{p.stderr, "standard error", r.Stderr, r.StderrTruncated},
	} {
		text := []byte(s.text)
		if r.Encoding == "base64" {
			var err error
			if text, err = base64.StdEncoding.DecodeString(s.text); err != nil {
				return fmt.Errorf("the server's base64 of %s is broken: %w", s.name, err)
			}
		}
		if _, err := s.to.Write(text); err != nil {
			return err
		}
		if s.cut {
			_, _ = fmt.Fprintf(p.stderr, "docket: there was more on %s than is kept\n", s.name)
		}
	}
	return nil
}
