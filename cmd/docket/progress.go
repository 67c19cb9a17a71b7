package main

import (
	"fmt"

	"github.com/docketjudge/docket/judge"
)

// liveProgress shows how far a judging is: on a terminal in one line that is
// drawn again and again and is gone in the end, elsewhere in a line for every
// event.
type liveProgress struct {
	statusLine
	colourful bool

	total, done, failed int
}

// newProgress shows progress on standard error, so that standard output holds
// the result alone.
func newProgress(p *process) *liveProgress {
	return &liveProgress{statusLine: newStatusLine(p), colourful: colourfulOn(p, p.stderr)}
}

// tell shows an event.
func (l *liveProgress) tell(e judge.Event) {
	switch e.Kind {
	case judge.EventQueued:
		l.show("queued", plain, "")
	case judge.EventRunning:
		// Once more when a worker was lost: the tests begin anew.
		l.total, l.done, l.failed = e.Total, 0, 0
		l.show("compiling", plain, "")
	case judge.EventCompiled:
		if e.Compile != nil && e.Compile.OK {
			took := inMillis(e.Compile.Millis)
			if e.Compile.Cached {
				took = "known already"
			}
			l.show("compiled", plain, took)
		}
	case judge.EventTest:
		if e.Test != nil {
			l.test(*e.Test)
		}
	case judge.EventDone, judge.EventCancelled:
		l.clear()
	}
}

func (l *liveProgress) test(t judge.TestReport) {
	l.done++
	if t.Verdict != judge.AC {
		l.failed++
	}
	count := fmt.Sprintf("%d/%d", l.done, max(l.total, l.done))
	text := fmt.Sprintf("%s  %s  %s", printableLine(t.Name), inMillis(t.CPUMillis), inMiB(t.MemoryKiB))
	if l.terminal && l.failed > 0 {
		text += fmt.Sprintf("  (%d failed)", l.failed)
	}
	l.show(count+"  "+fmt.Sprintf("%-3s", t.Verdict), colourOf(t.Verdict), text)
}

// show tells where the judging is.
func (l *liveProgress) show(state string, c colour, text string) {
	l.say(state, c.on(state, l.colourful), "  "+text)
}
