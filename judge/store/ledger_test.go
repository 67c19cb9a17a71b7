package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
)

func TestWayOfASubmission(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		id := create(t, s, sample())
		if r := report(t, s, id); r.State != judge.StateQueued || r.Attempt != 1 || r.User != "ada" ||
			r.KeyID != "k1" || r.Kind != judge.KindSubmission || string(r.Metadata) != `{"course":7}` {
			t.Errorf("queued report is %+v", r)
		}
		sub, c, err := s.Begin(ctx, taskOf(id, 1), "w1")
		if err != nil {
			t.Fatal(err)
		}
		if sub.ID != id || sub.Files[0].Content != "package main\n" || c.Tries != 1 {
			t.Errorf("Begin gave %+v, %+v", sub, c)
		}
		for _, e := range []judge.Event{
			{Kind: judge.EventRunning, Total: 3},
			{Kind: judge.EventCompiled, Compile: &judge.CompileReport{OK: true, Millis: 80}},
			{Kind: judge.EventTest, Test: &judge.TestReport{Name: "sample/1", Verdict: judge.AC, Usage: judge.Usage{CPUMillis: 4}}},
			{Kind: judge.EventTest, Test: &judge.TestReport{Name: "secret/1", Verdict: judge.WA, Usage: judge.Usage{CPUMillis: 6}}},
		} {
			if err := s.Progress(ctx, c, e); err != nil {
				t.Fatal(err)
			}
		}
		r := report(t, s, id)
		if r.State != judge.StateRunning || r.Worker != "w1" || len(r.Tests) != 2 || !r.Compile.OK {
			t.Errorf("running report is %+v", r)
		}
		want := judge.Summary{Passed: 1, Total: 3, CPUMillisMax: 6, CPUMillisTotal: 10}
		if diff := cmp.Diff(want, r.Summary); diff != "" {
			t.Errorf("running summary (-want +got):\n%s", diff)
		}
		finish(t, s, c, judge.WA)
		r = report(t, s, id)
		if r.State != judge.StateDone || r.Verdict != judge.WA || r.Finished == nil || len(r.Tests) != 1 {
			t.Errorf("final report is %+v", r)
		}
		events, err := s.Events(ctx, id, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		var kinds []judge.EventKind
		for i, e := range events {
			kinds = append(kinds, e.Kind)
			if e.Attempt != 1 || i > 0 && e.ID == events[i-1].ID {
				t.Errorf("event %+v", e)
			}
		}
		wantKinds := []judge.EventKind{judge.EventQueued, judge.EventRunning, judge.EventCompiled,
			judge.EventTest, judge.EventTest, judge.EventDone}
		if diff := cmp.Diff(wantKinds, kinds); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		if last := events[len(events)-1]; last.Report == nil || last.Report.Verdict != judge.WA {
			t.Errorf("the last event carries %+v", last.Report)
		}
		rest, err := s.Events(ctx, id, events[1].ID, 2)
		if err != nil || len(rest) != 2 || rest[0].ID != events[2].ID {
			t.Errorf("Events after the second = %v, %v", rest, err)
		}
		ttl, err := s.db.PTTL(ctx, recordKey(id)).Result()
		if err != nil || ttl <= DefaultRetention-time.Hour {
			t.Errorf("a final record lives %v, %v", ttl, err)
		}
	})
}

func TestEventsRefusesForeignIDs(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		id := create(t, s, sample())
		for _, after := range []string{"x", "1", "-", "1-", "1-2-3", "(1-1", "99999999999999999999-1"} {
			_, err := s.Events(t.Context(), id, after, 1)
			wantCode(t, err, judge.CodeInvalid)
		}
		_, err := s.Events(t.Context(), NewID(), "", 1)
		wantCode(t, err, judge.CodeNotFound)
	})
}

func TestFencing(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		id := create(t, s, sample())
		old := begin(t, s, id, 1)
		if _, _, err := s.Begin(ctx, taskOf(id, 1), "w2"); !errors.Is(err, judge.ErrNotNeeded) {
			t.Fatalf("Begin beside a living worker: %v", err)
		}
		for _, attempt := range []int{0, 2} {
			if _, _, err := s.Begin(ctx, taskOf(id, attempt), "w2"); !errors.Is(err, judge.ErrNotNeeded) {
				t.Fatalf("Begin of attempt %d: %v", attempt, err)
			}
		}
		if err := s.Progress(ctx, old, judge.Event{Kind: judge.EventRunning}); err != nil {
			t.Fatal(err)
		}
		takeAway(t, s, id)
		_, c, err := s.Begin(ctx, taskOf(id, 1), "w2")
		if err != nil || c.Token <= old.Token || c.Tries != 2 {
			t.Fatalf("Begin after the lease = %+v, %v", c, err)
		}
		refused := map[string]error{
			"Progress":                     s.Progress(ctx, old, judge.Event{Kind: judge.EventTest}),
			"Finish":                       s.Finish(ctx, old, judge.Report{Verdict: judge.AC}),
			"Release":                      s.Release(ctx, old, judge.ReleaseFailed, 0),
			"Release by a stopping worker": s.Release(ctx, old, judge.ReleaseStopping, 0),
		}
		for what, err := range refused {
			if !errors.Is(err, judge.ErrSuperseded) {
				t.Errorf("%s under an old token: %v", what, err)
			}
		}
		finish(t, s, c, judge.WA)
		if err := s.Finish(ctx, c, judge.Report{Verdict: judge.AC}); err != nil {
			t.Errorf("Finish sent twice: %v", err)
		}
		if r := report(t, s, id); r.Verdict != judge.WA {
			t.Errorf("the second Finish changed the verdict to %s", r.Verdict)
		}
		if _, _, err := s.Begin(ctx, taskOf(id, 1), "w1"); !errors.Is(err, judge.ErrNotNeeded) {
			t.Errorf("Begin of what is done: %v", err)
		}
	})
}

func TestRelease(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		id := create(t, s, sample())
		steps := []struct {
			why            judge.ReleaseReason
			tries, outages int // of the claim after it
		}{
			{judge.ReleaseFailed, 2, 0},
			{judge.ReleaseStopping, 2, 0},
			{judge.ReleaseOutage, 2, 1},
			{judge.ReleaseOutage, 2, 2},
			{judge.ReleaseFailed, 3, 2},
		}
		for _, step := range steps {
			c := begin(t, s, id, 1)
			if err := s.Progress(t.Context(), c, judge.Event{Kind: judge.EventTest, Test: &judge.TestReport{Name: "a"}}); err != nil {
				t.Fatal(err)
			}
			if err := s.Release(t.Context(), c, step.why, 0); err != nil {
				t.Fatal(err)
			}
			if r := report(t, s, id); len(r.Tests) != 0 || r.State != judge.StateQueued {
				t.Errorf("after %s the report is %+v", step.why, r)
			}
			c = begin(t, s, id, 1)
			if c.Tries != step.tries || c.Outages != step.outages {
				t.Errorf("after %s: %+v, want %d tries, %d outages", step.why, c, step.tries, step.outages)
			}
			if err := s.Release(t.Context(), c, judge.ReleaseStopping, 0); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A claim of which nobody heard anything may be one whose answer was lost; the
// tries of workers that died amid their work count, and are further and further
// apart.
func TestExpiredTries(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		id := create(t, s, sample())
		for range judge.MaxTries + 1 {
			if c := begin(t, s, id, 1); c.Tries != 1 {
				t.Fatalf("after lost answers it is try %d", c.Tries)
			}
			takeAway(t, s, id)
		}
		for tries := 1; tries <= judge.MaxTries; tries++ {
			c := begin(t, s, id, 1)
			if c.Tries != tries {
				t.Fatalf("try %d is counted as %d", tries, c.Tries)
			}
			if err := s.Progress(t.Context(), c, judge.Event{Kind: judge.EventRunning}); err != nil {
				t.Fatal(err)
			}
			takeAway(t, s, id)
			if tries == 1 {
				continue // at once
			}
			since := s.db.ZScore(t.Context(), queuedKey(judge.Default), string(id)).Val()
			till := s.db.ZScore(t.Context(), "docket:later:default", string(id)).Val()
			if want := float64(time.Second.Milliseconds() << (tries - 2)); till-since != want {
				t.Fatalf("after death %d it waits for %g ms, want %g", tries, till-since, want)
			}
			endWaits(t, s, judge.Default)
		}
	})
}

// A worker that beats has heard the answer, though it has written nothing yet.
func TestTriesOfWorkersThatBeatCount(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		id := create(t, s, sample())
		begin(t, s, id, 1)
		if err := s.Heartbeat(t.Context(), Worker{ID: "w1"}); err != nil {
			t.Fatal(err)
		}
		takeAway(t, s, id)
		if c := begin(t, s, id, 1); c.Tries != 2 {
			t.Errorf("the next try is %d", c.Tries)
		}
	})
}

// A judging that failed on one worker is left to another that lives and is in
// order, for a while.
func TestFailedJudgingGoesElsewhere(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		beat := func(w Worker) {
			t.Helper()
			if err := s.Heartbeat(ctx, w); err != nil {
				t.Fatal(err)
			}
		}
		id := create(t, s, sample())
		// try lets a worker begin the judging and fail at it.
		try := func(worker string, begins bool) {
			t.Helper()
			_, c, err := s.Begin(ctx, taskOf(id, 1), worker)
			var later *judge.LaterError
			switch {
			case !begins && !errors.As(err, &later):
				t.Fatalf("%s is not told to leave it: %v", worker, err)
			case begins && err != nil:
				t.Fatalf("%s: %v", worker, err)
			case begins:
				if err := s.Release(ctx, c, judge.ReleaseFailed, 0); err != nil {
					t.Fatal(err)
				}
			}
		}
		beat(Worker{ID: "w1"})
		try("w1", true)
		try("w1", true) // there is no other
		beat(Worker{ID: "w2", Outage: "no engine"})
		try("w1", true) // the other is out of order
		beat(Worker{ID: "w2"})
		try("w1", false)
		try("w2", true)
		try("w1", true) // both have failed
		beat(Worker{ID: "w3"})
		try("w1", false)
		try("w2", false)
		if err := s.db.HSet(ctx, recordKey(id), "failedat", millis(time.Now().Add(-failedTime))).Err(); err != nil {
			t.Fatal(err)
		}
		try("w2", true) // w3 had its time
		try("w1", false)
		if _, err := s.db.ZRem(ctx, keyBeats, "w3").Result(); err != nil {
			t.Fatal(err)
		}
		try("w1", true) // w3 is dead
		_, c, err := s.Begin(ctx, taskOf(id, 1), "w1")
		if err != nil || c.Tries != 8 {
			t.Fatalf("Begin = %+v, %v", c, err)
		}
		finish(t, s, c, judge.JE)
		if _, err := s.Rejudge(ctx, id); err != nil {
			t.Fatal(err)
		}
		beat(Worker{ID: "w2"})
		if _, c, err = s.Begin(ctx, taskOf(id, 2), "w1"); err != nil || c.Tries != 1 || c.Outages != 0 {
			t.Errorf("a new attempt begins with %+v, %v", c, err)
		}
	})
}

func TestCancel(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		running(t, s)
		queued := create(t, s, sample())
		if r, _, err := s.Cancel(ctx, queued); err != nil || r.State != judge.StateCancelled {
			t.Fatalf("Cancel of a queued one = %+v, %v", r, err)
		}
		if _, _, err := s.Begin(ctx, taskOf(queued, 1), "w1"); !errors.Is(err, judge.ErrNotNeeded) {
			t.Errorf("Begin of a cancelled one: %v", err)
		}

		id := create(t, s, sample())
		c := begin(t, s, id, 1)
		held, stop := s.Hold(ctx, c)
		defer stop()
		if err := s.Progress(ctx, c, judge.Event{Kind: judge.EventTest, Test: &judge.TestReport{Name: "a"}}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Cancel(ctx, id); err != nil {
			t.Fatal(err)
		}
		await(t, held.Done(), "the worker to be told")
		if !errors.Is(context.Cause(held), judge.ErrSuperseded) {
			t.Errorf("cause is %v", context.Cause(held))
		}
		if err := s.Finish(ctx, c, judge.Report{Verdict: judge.AC}); !errors.Is(err, judge.ErrSuperseded) {
			t.Errorf("Finish of a cancelled one: %v", err)
		}
		r := report(t, s, id)
		if r.State != judge.StateCancelled || r.Verdict != "" || len(r.Tests) != 1 || r.Finished == nil {
			t.Errorf("report is %+v", r)
		}
		_, _, err := s.Cancel(ctx, id)
		wantCode(t, err, judge.CodeConflict)
		_, _, err = s.Cancel(ctx, NewID())
		wantCode(t, err, judge.CodeNotFound)
		if n := pendingOf(t, s, "k1"); n != 0 {
			t.Errorf("%d are pending", n)
		}
	})
}

func TestRejudge(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		id := create(t, s, sample())
		_, err := s.Rejudge(ctx, id)
		wantCode(t, err, judge.CodeConflict)
		finish(t, s, begin(t, s, id, 1), judge.WA)
		if n, err := s.Rejudge(ctx, id); n != 2 || err != nil {
			t.Fatalf("Rejudge = %d, %v", n, err)
		}
		if ttl := s.db.PTTL(ctx, recordKey(id)).Val(); ttl >= 0 {
			t.Errorf("a queued record expires in %v", ttl)
		}
		if page, _, err := s.List(ctx, judge.Filter{Verdict: judge.WA}); err != nil || len(page) != 0 {
			t.Errorf("what is judged anew is listed by its old verdict: %v, %v", page, err)
		}
		if _, _, err := s.Begin(ctx, taskOf(id, 1), "w1"); !errors.Is(err, judge.ErrNotNeeded) {
			t.Errorf("Begin of the old attempt: %v", err)
		}
		c := begin(t, s, id, 2)
		if c.Tries != 1 {
			t.Errorf("a new attempt begins with try %d", c.Tries)
		}
		reps, err := s.Attempts(ctx, id)
		if err != nil || len(reps) != 2 || reps[0].Verdict != judge.WA || reps[1].State != judge.StateRunning {
			t.Errorf("Attempts = %+v, %v", reps, err)
		}
		finish(t, s, c, judge.AC)
		reps, err = s.Attempts(ctx, id)
		if err != nil || len(reps) != 2 || reps[0].Verdict != judge.WA || reps[1].Verdict != judge.AC {
			t.Errorf("Attempts = %+v, %v", reps, err)
		}
		if r := report(t, s, id); r.Attempt != 2 || r.Verdict != judge.AC {
			t.Errorf("report is %+v", r)
		}
	})
}

// A repeated call of the client library must not lock a worker out of the
// judging that it was given by the first.
func TestBeginSentTwiceIsOneClaim(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		create(t, s, sample())
		made := create(t, s, sample())
		call := func() []string {
			ans, err := beginScript.Run(t.Context(), s.db, []string{recordKey(made), keyRunning, keyBeats, keyWorkers},
				beginArgs(taskOf(made, 1), "w1", "nonce")...).StringSlice()
			if err != nil {
				t.Fatal(err)
			}
			return ans
		}
		if diff := cmp.Diff(call(), call()); diff != "" {
			t.Errorf("two answers:\n%s", diff)
		}
	})
}

func TestRejudgeSentTwiceIsOneAttempt(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		id := create(t, s, sample())
		finish(t, s, begin(t, s, id, 1), judge.AC)
		keys := []string{recordKey(id), streamKey(id), reportsKey(id), queuedKey(judge.Batch)}
		call := func() {
			t.Helper()
			n, err := s.number(t.Context(), rejudgeScript, keys, string(id), 1, "{}", chanEvents,
				string(judge.Batch), verdictKey(judge.KindSubmission, ""), 2, "nonce", ":")
			if n != 1 || err != nil {
				t.Fatalf("rejudge script = %d, %v", n, err)
			}
		}
		call()
		begin(t, s, id, 2)
		call() // as the client library does after a lost connection
		if r := report(t, s, id); r.Attempt != 2 || r.State != judge.StateRunning {
			t.Errorf("report is %+v", r)
		}
	})
}
