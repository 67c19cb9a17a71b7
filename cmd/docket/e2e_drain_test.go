//go:build !quick

package main_test

import (
	"fmt"
	"net/http"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// patient is a problem whose limits let a program sleep.
var patient = doubling("patient", "time_limit: 60", "pass-fail", nil)

// sleeper is an accepted solution of patient that takes its time on the first
// test.
func sleeper(seconds float64) submission {
	return submission{Problem: "patient", Language: judge.Python, Source: fmt.Sprintf(
		"import time\nn = int(input())\nif n == 1: time.sleep(%g)\nprint(2 * n)\n", seconds)}
}

// begun submits and waits until the program has been compiled, and so is
// about to sleep.
func (c *caller) begun(t *testing.T, s submission) judge.SubmissionID {
	t.Helper()
	id := c.submit(t, s)
	c.awaitEvent(t, id, judge.EventCompiled)
	return id
}

func TestWorkerDrains(t *testing.T) {
	needImages(t)
	url := redistest.Start(t)
	root := writeProblems(t, patient)
	c := start(t, "api", "--redis", url, "--problems", root, "--listen", "127.0.0.1:0").caller(t)
	worker := func(t *testing.T, more ...string) (*daemon, string) {
		d := start(t, append([]string{"worker", "--redis", url, "--problems", root, "--slots", "1",
			"--languages", "python"}, more...)...)
		return d, d.workerID(t)
	}

	t.Run("what runs is finished", func(t *testing.T) {
		w, name := worker(t)
		running, waiting := c.begun(t, sleeper(6)), c.submit(t, sleeper(0))
		w.signal(t, syscall.SIGTERM)
		w.ends(t)
		wantNoBoxes(t, name)
		if r := c.report(t, running); r.Verdict != judge.AC || r.Worker != name {
			t.Errorf("what ran ended as %s by %s", r.Verdict, r.Worker)
		}
		var r judge.Report
		if c.call(t, http.MethodGet, "/v1/submissions/"+string(waiting), http.StatusOK, nil, &r); r.State != judge.StateQueued {
			t.Errorf("what waited is %s", r.State)
		}
		other, _ := worker(t)
		if r := c.report(t, waiting); r.Verdict != judge.AC {
			t.Errorf("what waited ended as %s", r.Verdict)
		}
		other.signal(t, syscall.SIGINT)
		other.ends(t)
	})

	t.Run("what takes too long is handed back", func(t *testing.T) {
		w, name := worker(t, "--drain-timeout", "200ms")
		id := c.begun(t, sleeper(6))
		w.signal(t, syscall.SIGTERM)
		w.ends(t)
		wantNoBoxes(t, name)
		if got := recordField(t, url, id, "state"); got != string(judge.StateQueued) {
			t.Errorf("it was handed back as %s", got)
		}
		if got := recordField(t, url, id, "tries"); got != "0" {
			t.Errorf("handing back counts: %s tries", got)
		}
		other, otherName := worker(t)
		if r := c.report(t, id); r.Verdict != judge.AC || r.Worker != otherName || r.Attempt != 1 {
			t.Errorf("it ended as %s by %s in attempt %d, want %s by %s", r.Verdict, r.Worker, r.Attempt, judge.AC, otherName)
		}
		want := []judge.EventKind{
			judge.EventQueued, judge.EventRunning, judge.EventCompiled, judge.EventQueued,
			judge.EventRunning, judge.EventCompiled, judge.EventTest, judge.EventTest, judge.EventTest, judge.EventDone,
		}
		if got := kinds(c.follow(t, id, "", nil)); !slices.Equal(got, want) {
			t.Errorf("its events are %v, want %v", got, want)
		}
		other.signal(t, syscall.SIGTERM)
		other.ends(t)
	})

	t.Run("a second signal stops at once", func(t *testing.T) {
		w, name := worker(t)
		id := c.begun(t, sleeper(15))
		w.signal(t, syscall.SIGTERM)
		w.await(t, "msg=draining")
		// The first one is about to give up its hold on the signal.
		again := time.NewTicker(100 * time.Millisecond)
		defer again.Stop()
		for ended := false; !ended; {
			select {
			case <-again.C:
				_ = w.cmd.Process.Signal(syscall.SIGTERM) // it may be gone
			case <-w.exited:
				ended = true
			}
		}
		if s, ok := w.wait(t).Sys().(syscall.WaitStatus); !ok || s.Signal() != syscall.SIGTERM {
			t.Errorf("it ended with %v, want the signal", w.cmd.ProcessState)
		}
		var r judge.Report
		if c.call(t, http.MethodGet, "/v1/submissions/"+string(id), http.StatusOK, nil, &r); r.State.Final() {
			t.Errorf("what ran is %s", r.State)
		}
		eventually(t, "its boxes are gone", func() bool { return len(boxes(t, name)) == 0 })
		c.call(t, http.MethodDelete, "/v1/submissions/"+string(id), http.StatusOK, nil, nil)
	})
}

func TestCancel(t *testing.T) {
	needImages(t)
	url := redistest.Start(t)
	root := writeProblems(t, patient)
	d := start(t, "up", "--no-self-check", "--redis", url, "--problems", root, "--listen", "127.0.0.1:0",
		"--slots", "1", "--languages", "python")
	c := d.caller(t)

	running := c.begun(t, sleeper(170)) // longer than anybody waits here
	queued := c.submit(t, sleeper(0))
	cancel := func(id judge.SubmissionID) {
		t.Helper()
		var r judge.Report
		c.call(t, http.MethodDelete, "/v1/submissions/"+string(id), http.StatusOK, nil, &r)
		if r.State != judge.StateCancelled || r.Verdict != "" {
			t.Errorf("cancelled, it is %s %s", r.State, r.Verdict)
		}
		events := kinds(c.follow(t, id, "", nil)) // the stream ends
		if last := events[len(events)-1]; last != judge.EventCancelled || slices.Contains(events, judge.EventDone) {
			t.Errorf("the events of what was cancelled are %v", events)
		}
		c.call(t, http.MethodDelete, "/v1/submissions/"+string(id), http.StatusConflict, nil, nil)
	}
	cancel(queued)
	if events := kinds(c.follow(t, queued, "", nil)); slices.Contains(events, judge.EventRunning) {
		t.Errorf("what was cancelled in the queue ran: %v", events)
	}

	// The only slot is free again: the sleeper was killed.
	next := c.submit(t, sleeper(0))
	begin := time.Now()
	cancel(running)
	if r := c.report(t, next); r.Verdict != judge.AC {
		t.Errorf("the next one ended as %s", r.Verdict)
	}
	t.Logf("the next one was judged %s after the cancellation", time.Since(begin).Round(time.Millisecond))
	for _, id := range []judge.SubmissionID{queued, running} {
		if r := c.report(t, id); r.State != judge.StateCancelled {
			t.Errorf("%s became %s after it had been cancelled", id, r.State)
		}
	}
	d.signal(t, syscall.SIGTERM)
	d.ends(t)
	wantNoBoxes(t, d.workerID(t))
}
