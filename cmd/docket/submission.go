package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/docketjudge/docket/judge"
)

// showCmd shows a submission or run that was sent before.
type showCmd struct {
	clientFlags
	Wait bool   `short:"w" help:"Follow it to its end, and exit by its verdict as submit does." env:"-"`
	JSON bool   `help:"Print the report as JSON, and nothing else." env:"-"`
	ID   string `arg:"" help:"The id that submit printed."`
}

func (*showCmd) Help() string {
	return "Without --wait the exit code is 0 whatever the verdict.\n\n" + verdictHelp + "\n\n" + clientHelp
}

func (c *showCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *showCmd) run(ctx context.Context, p *process) error {
	id, server, err := c.find(p, c.ID)
	if err != nil {
		return err
	}
	r, err := server.report(ctx, id, 0)
	switch {
	case err != nil:
		return err
	case !c.Wait:
		return showReport(p, r, c.JSON)
	case !r.State.Final():
		return await(ctx, p, server, r.Report, c.JSON)
	}
	if err := showReport(p, r, c.JSON); err != nil {
		return err
	}
	return exitOf(r.State, r.Verdict)
}

// find opens the server for a command about one submission.
func (f clientFlags) find(p *process, id string) (judge.SubmissionID, *client, error) {
	known, err := judge.ParseSubmissionID(id)
	if err != nil {
		return "", nil, err
	}
	server, err := f.open(p)
	return known, server, err
}

// cancelCmd ends a submission or run that is queued or running.
type cancelCmd struct {
	clientFlags
	ID string `arg:"" help:"The id that submit printed."`
}

func (*cancelCmd) Help() string {
	return "Exit code 1 means that its judging had ended before.\n\n" + clientHelp
}

func (c *cancelCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *cancelCmd) run(ctx context.Context, p *process) error {
	id, server, err := c.find(p, c.ID)
	if err != nil {
		return err
	}
	if err := server.call(ctx, http.MethodDelete, "/v1/submissions/"+string(id), nil, nil); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s is cancelled\n", id)
	return err
}

// rejudgeCmd begins a new judging of a submission; the old reports stay.
type rejudgeCmd struct {
	clientFlags
	Wait bool   `short:"w" help:"Follow it to its end, and exit by its verdict as submit does." env:"-"`
	JSON bool   `help:"Print the report as JSON, and nothing else." env:"-"`
	ID   string `arg:"" help:"The id that submit printed."`
}

func (*rejudgeCmd) Help() string {
	return "A server that asks for API keys wants one with the scope admin for this.\n\n" + verdictHelp + "\n\n" + clientHelp
}

// Run asks for the judging and may wait for it.
func (c *rejudgeCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *rejudgeCmd) run(ctx context.Context, p *process) error {
	id, server, err := c.find(p, c.ID)
	if err != nil {
		return err
	}
	var r report
	if err := server.call(ctx, http.MethodPost, "/v1/submissions/"+string(id)+"/rejudge", nil, &r.raw); err != nil {
		return err
	}
	if r, err = server.readReport(r.raw); err != nil {
		return err
	}
	switch {
	case c.Wait:
		return await(ctx, p, server, r.Report, c.JSON)
	case c.JSON:
		return printJSON(p.stdout, r.raw)
	}
	_, err = fmt.Fprintf(p.stdout, "%s is judged again: attempt %d\n", r.ID, r.Attempt)
	return err
}
