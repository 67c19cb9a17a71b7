package judging_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
)

// parrot answers every line of a program, as interactors do.
type parrot struct{ heard int }

func (e *parrot) Converse(_ io.Reader, to io.Writer, from io.Reader, _ io.Writer) error {
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		e.heard++
		if _, err := fmt.Fprintln(to, lines.Text()); err != nil {
			return nil //nolint:nilerr // the program is gone
		}
	}
	return nil
}

// talker is a box whose program speaks and never reads. Like a box, it notices
// the end of its run only behind all that the program said.
type talker struct {
	lines int
	until context.Context // how long the program lives after that; nil when it ends
}

func (b talker) Run(ctx context.Context, r judge.Run, _ judge.Limits) (judge.Result, error) {
	for range b.lines {
		if _, err := io.WriteString(r.Stdout, "hear me\n"); err != nil {
			break
		}
	}
	if b.until != nil {
		<-ctx.Done()
		return judge.Result{}, ctx.Err()
	}
	return judge.Result{Signal: 9, Stopped: judge.StoppedForWall}, nil
}

func (talker) Close() error { return nil }

// reader is a box whose program speaks, then reads until it is told that there is
// no more, and counts what it read.
type reader struct {
	lines int
	read  int
}

func (b *reader) Run(_ context.Context, r judge.Run, _ judge.Limits) (judge.Result, error) {
	for range b.lines {
		if _, err := io.WriteString(r.Stdout, "hear me\n"); err != nil {
			break
		}
	}
	in := bufio.NewScanner(r.Stdin)
	for b.read < b.lines && in.Scan() {
		b.read++
	}
	return judge.Result{}, nil
}

func (*reader) Close() error { return nil }

// scribe is an interactor that answers every line, and writes down what it hears.
type scribe struct{}

func (scribe) Converse(_ io.Reader, to io.Writer, from io.Reader, output io.Writer) error {
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		if _, err := fmt.Fprintln(output, lines.Text()); err != nil {
			return nil //nolint:nilerr // nobody wants more
		}
		if _, err := fmt.Fprintln(to, lines.Text()); err != nil {
			return nil //nolint:nilerr // the program is gone
		}
	}
	return nil
}

// refuses is an output that nobody reads.
type refuses struct{}

func (refuses) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// A checker that has decided ends no talk: how the program ends would hang on
// when the checker did.
func TestTalkGoesOnAfterADecision(t *testing.T) {
	box := &reader{lines: 1000}
	r, err := judging.Run(t.Context(), box, judge.Run{Stdin: strings.NewReader(""), Stdout: refuses{}}, judge.Limits{}, scribe{})
	if err != nil || box.read != box.lines {
		t.Errorf("the program was given %d answers of %d: %+v, %v", box.read, box.lines, r, err)
	}
}

// converse runs a talk, which ends by itself however its sides behave.
func converse(ctx context.Context, t *testing.T, box judge.Box, with judge.Interactor) (judge.Result, error) {
	t.Helper()
	type outcome struct {
		r   judge.Result
		err error
	}
	ended := make(chan outcome, 1)
	go func() {
		r, err := judging.Run(ctx, box, judge.Run{Stdin: strings.NewReader(""), Stdout: io.Discard}, judge.Limits{}, with)
		ended <- outcome{r, err}
	}()
	select {
	case o := <-ended:
		return o.r, o.err
	case <-time.After(3 * time.Minute):
		t.Fatal("the talk holds its slot for ever")
		return judge.Result{}, nil
	}
}

// What it said counts all the same, however soon it ended after that.
func TestTalkWithAProgramThatNeverReads(t *testing.T) {
	with := &parrot{}
	r, err := converse(t.Context(), t, talker{lines: 100_000}, with)
	if err != nil || r.Stopped != judge.StoppedForWall {
		t.Errorf("%+v, %v; want the program's own end", r, err)
	}
	if with.heard != 100_000 {
		t.Errorf("the interactor heard %d lines of 100000", with.heard)
	}
}

func TestCancelledTalk(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := converse(ctx, t, talker{lines: 100_000, until: ctx}, &parrot{}); err == nil {
		t.Error("a cancelled talk ends without an error")
	}
}
