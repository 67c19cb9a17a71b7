package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/docketjudge/docket/judge"
)

// submitCmd sends a program to be judged and waits for the verdict.
type submitCmd struct {
	clientFlags

	Problem judge.Slug     `required:"" short:"p" help:"The problem that the program is to solve; see 'docket problems list'." placeholder:"SLUG" env:"-"`
	Lang    judge.Language `help:"The language: go, java or python. Defaults to what the file's extension says." placeholder:"LANG" predictor:"language" env:"-"`
	User    string         `help:"Whose program it is, in words of your own."`
	NoWait  bool           `help:"Print the id and do not wait for the verdict." env:"-"`
	JSON    bool           `help:"Print the final report as JSON, and nothing else." env:"-"`
	Queue   judge.Queue    `help:"The queue to wait in: interactive, default or batch. Defaults to default; interactive is for requests that wait for the report, and for runs." enum:",interactive,default,batch" default:"" placeholder:"QUEUE" env:"-"`

	Files []string `arg:"" name:"file" help:"The program's source files; - is standard input." predictor:"source"`
}

func (*submitCmd) Help() string {
	return `Examples:
  docket submit --problem range-sums sol.py
  docket submit -p range-sums Main.java Fenwick.java
  generate | docket submit -p range-sums --lang go -
  docket submit -p range-sums --json sol.go | jq .summary

Progress goes to standard error, the result to standard output. Of several
Python files, main.py is the one that is run.

` + verdictHelp + "\n\n" + clientHelp
}

// submission is the body of the request.
type submission struct {
	Problem  judge.Slug     `json:"problem"`
	Language judge.Language `json:"language"`
	Files    []judge.File   `json:"files"`
	Queue    judge.Queue    `json:"queue,omitempty"`
	User     string         `json:"user,omitempty"`
}

func (c *submitCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *submitCmd) run(ctx context.Context, p *process) error {
	server, err := c.open(p)
	if err != nil {
		return err
	}
	lang, files, err := readProgram(p, c.Files, c.Lang)
	if err != nil {
		return err
	}
	var accepted report
	in := submission{Problem: c.Problem, Language: lang, Files: files, Queue: c.Queue, User: c.User}
	if err := server.call(ctx, http.MethodPost, "/v1/submissions", in, &accepted.raw); err != nil {
		return err
	}
	if accepted, err = server.readReport(accepted.raw); err != nil {
		return err
	}
	switch {
	case c.NoWait && c.JSON:
		return printJSON(p.stdout, accepted.raw)
	case c.NoWait:
		_, err := fmt.Fprintln(p.stdout, accepted.ID)
		return err
	}
	return await(ctx, p, server, accepted.Report, c.JSON)
}

// await follows a judging to its report, prints that and returns the exit
// code that it deserves.
func await(ctx context.Context, p *process, server *client, begun judge.Report, asJSON bool) error {
	progress := newProgress(p)
	tell := progress.tell
	if asJSON {
		tell = func(judge.Event) {}
	}
	r, err := server.follow(ctx, begun.ID, begun.Attempt, tell)
	progress.clear()
	if err != nil {
		return stillGoing(ctx, begun.ID, err)
	}
	if err := showReport(p, r, asJSON); err != nil {
		return err
	}
	return exitOf(r.State, r.Verdict)
}

// stillGoing says what goes on when nobody waits for a judging any more.
func stillGoing(ctx context.Context, id judge.SubmissionID, err error) error {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return fmt.Errorf("no longer waiting; the judging goes on: docket show --wait %s, or docket cancel %s", id, id)
	}
	return fmt.Errorf("%w; it was accepted as %s: docket show --wait %s", err, id, id)
}

// showReport prints a report, that of a run included.
func showReport(p *process, r report, asJSON bool) error {
	switch {
	case asJSON:
		return printJSON(p.stdout, r.raw)
	case r.Run != nil:
		return printRun(p, r.Report, true)
	}
	return printReport(p.stdout, r.Report, colourful(p))
}
