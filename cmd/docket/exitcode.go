package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/docketjudge/docket/judge"
)

// The exit codes.
const (
	exitOK      = 0 // success; of submit and run: the verdict is AC
	exitNo      = 1 // the answer is no: another verdict than AC, cancelled, or a check that failed
	exitUsage   = 2 // the command line is wrong, or the server refuses the request as wrong
	exitTrouble = 3 // the judge failed (JE), no connection, not allowed, or interrupted
)

// verdictCodes is the one table from a judging's outcome to the exit code of
// the commands that wait for it: submit, run, and show and rejudge with --wait.
var verdictCodes = map[judge.Verdict]int{
	judge.AC:  exitOK,
	judge.WA:  exitNo,
	judge.TLE: exitNo,
	judge.MLE: exitNo,
	judge.OLE: exitNo,
	judge.RTE: exitNo,
	judge.CE:  exitNo,
	judge.JE:  exitTrouble,
}

// verdictHelp explains the table in the help of those commands.
const verdictHelp = `Exit codes: 0 AC; 1 WA, TLE, MLE, OLE, RTE, CE or cancelled; 2 wrong usage, or a
request that the server refuses as wrong; 3 JE, no connection, not allowed.`

// exitOf is how a command ends that waited for a judging. What there was to
// say has been said.
func exitOf(state judge.State, v judge.Verdict) error {
	if state == judge.StateCancelled {
		return &exitError{code: exitNo}
	}
	code, ok := verdictCodes[v]
	switch {
	case !ok:
		return fmt.Errorf("the server gave the verdict %q, which this docket does not know: use the server's version", v)
	case code == exitOK:
		return nil
	}
	return &exitError{code: code}
}

// exitFor gives an error the exit code that its kind deserves: what the
// caller got wrong is 2, what the state of things forbids is 1, the rest 3.
func exitFor(err error) error {
	var exit *exitError
	if err == nil || errors.As(err, &exit) {
		return err
	}
	switch judge.CodeOf(err) {
	case judge.CodeInvalid, judge.CodeRejected, judge.CodeNotFound, judge.CodeTooLarge:
		return &exitError{code: exitUsage, err: err}
	case judge.CodeConflict:
		return &exitError{code: exitNo, err: err}
	}
	if errors.Is(err, context.Canceled) {
		return errInterrupted // where exactly is of no interest
	}
	return err
}

// errInterrupted is the end of a command that was told to end.
var errInterrupted = errors.New("interrupted")

// usageError is for what is wrong about a command line beyond its grammar.
func usageError(format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...)}
}
