package judging_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judgetest"
	"github.com/docketjudge/docket/judge/judging"
)

var task = judge.Delivery{ID: "id", Attempt: 1}

type judgerFunc func(context.Context, judge.Submission, func(judge.Event)) (judge.Report, error)

func (f judgerFunc) Judge(ctx context.Context, s judge.Submission, emit func(judge.Event)) (judge.Report, error) {
	return f(ctx, s, emit)
}

func handle(ctx context.Context, l *judgetest.Ledger, f judgerFunc) (observed int, err error) {
	w := judging.NewWorker(judging.WorkerConfig{ID: "w", Ledger: l, Judge: f, Observe: func(judge.Report) { observed++ }})
	err = w.Handle(ctx, task)
	return observed, err
}

func TestWorkerFinishesOnce(t *testing.T) {
	l := &judgetest.Ledger{Tries: 1}
	observed, err := handle(t.Context(), l, func(_ context.Context, _ judge.Submission, emit func(judge.Event)) (judge.Report, error) {
		emit(judge.Event{Kind: judge.EventRunning})
		return judge.Report{Verdict: judge.WA}, nil
	})
	if err != nil || observed != 1 || len(l.Finished) != 1 || l.Finished[0].Worker != "w" || len(l.Events) != 1 || len(l.Released) != 0 {
		t.Errorf("err %v, ledger %+v", err, l)
	}
}

func TestWorkerLeavesTheUnneededAlone(t *testing.T) {
	l := &judgetest.Ledger{BeginErr: judge.ErrNotNeeded}
	if _, err := handle(t.Context(), l, nil); err != nil || len(l.Finished) != 0 {
		t.Errorf("err %v, ledger %+v", err, l)
	}
}

func TestWorkerTriesAgainThenGivesUp(t *testing.T) {
	fail := judgerFunc(func(context.Context, judge.Submission, func(judge.Event)) (judge.Report, error) {
		return judge.Report{}, errors.New("box gone")
	})
	for tries := 1; tries < judge.MaxTries; tries++ {
		l := &judgetest.Ledger{Tries: tries}
		_, err := handle(t.Context(), l, fail)
		var later *judge.LaterError
		if !errors.As(err, &later) || later.Wait < time.Second<<(tries-1) || l.Wait != later.Wait || len(l.Finished) != 0 ||
			!slices.Equal(l.Released, []judge.ReleaseReason{judge.ReleaseFailed}) {
			t.Errorf("try %d: err %v, ledger %+v", tries, err, l)
		}
	}
	l := &judgetest.Ledger{Tries: judge.MaxTries}
	if _, err := handle(t.Context(), l, fail); err != nil || len(l.Finished) != 1 || l.Finished[0].Verdict != judge.JE {
		t.Errorf("at the last try: err %v, ledger %+v", err, l)
	}
}

func TestAPanicIsAFailedTry(t *testing.T) {
	l := &judgetest.Ledger{Tries: 1}
	_, err := handle(t.Context(), l, func(context.Context, judge.Submission, func(judge.Event)) (judge.Report, error) {
		panic("nil pointer")
	})
	var later *judge.LaterError
	if !errors.As(err, &later) || !strings.Contains(err.Error(), "nil pointer") || !slices.Equal(l.Released, []judge.ReleaseReason{judge.ReleaseFailed}) {
		t.Errorf("err %v, ledger %+v", err, l)
	}
}

// What concerns one language does not stop a worker, nor does what a judging
// meets that nobody wants any more.
func TestOutagesThatStopNobody(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		cancel bool
	}{
		"of a language": {err: fmt.Errorf("judging: %w: no image", judge.ErrLanguageOutage)},
		"cancelled":     {err: fmt.Errorf("judging: %w", judge.ErrOutage), cancel: true},
	} {
		l := &judgetest.Ledger{Tries: 1}
		w := judging.NewWorker(judging.WorkerConfig{
			ID: "w", Ledger: l, Outage: func(_ time.Time, err error) { t.Errorf("%s: the worker is stopped: %v", name, err) },
			Judge: judgerFunc(func(context.Context, judge.Submission, func(judge.Event)) (judge.Report, error) {
				if c.cancel {
					l.Lose(judge.ErrSuperseded)
				}
				return judge.Report{}, c.err
			}),
		})
		if err := w.Handle(t.Context(), task); (err == nil) != c.cancel {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What says nothing about a submission costs it nothing, however often it was
// tried; only one that met with every outage is suspected.
func TestOutagesCostNoTry(t *testing.T) {
	outage := fmt.Errorf("judging: %w: no engine", judge.ErrOutage)
	for _, c := range []struct {
		tries, outages int
		want           judge.ReleaseReason
	}{
		{1, 0, judge.ReleaseOutage},
		{judge.MaxTries, 0, judge.ReleaseOutage},
		{judge.MaxTries, judge.MaxOutages - 1, judge.ReleaseOutage},
		{1, judge.MaxOutages, judge.ReleaseFailed},
	} {
		l := &judgetest.Ledger{Tries: c.tries, Outages: c.outages}
		var told []error
		w := judging.NewWorker(judging.WorkerConfig{
			ID: "w", Ledger: l, Outage: func(_ time.Time, err error) { told = append(told, err) },
			Judge: judgerFunc(func(context.Context, judge.Submission, func(judge.Event)) (judge.Report, error) {
				return judge.Report{}, outage
			}),
		})
		err := w.Handle(t.Context(), task)
		var later *judge.LaterError
		if !errors.As(err, &later) || later.Wait < time.Second || l.Wait != later.Wait || len(l.Finished) != 0 ||
			!slices.Equal(l.Released, []judge.ReleaseReason{c.want}) {
			t.Errorf("%+v: err %v, ledger %+v", c, err, l)
		}
		if len(told) != 1 || !errors.Is(told[0], judge.ErrOutage) {
			t.Errorf("%+v: told of %v", c, told)
		}
	}
}

// A report outlives a ledger that is away for a while.
func TestWorkerWritesItsReportAgain(t *testing.T) {
	away := errors.New("connection refused")
	accept := judgerFunc(func(context.Context, judge.Submission, func(judge.Event)) (judge.Report, error) {
		return judge.Report{Verdict: judge.AC}, nil
	})
	l := &judgetest.Ledger{Tries: 1, FinishErr: []error{away, away, nil}}
	observed, err := handle(t.Context(), l, accept)
	if err != nil || observed != 1 || len(l.Finished) != 1 || len(l.Released) != 0 {
		t.Errorf("err %v, ledger %+v", err, l)
	}
	// Somebody else has it by then.
	l = &judgetest.Ledger{Tries: 1, FinishErr: []error{away, judge.ErrSuperseded}}
	if observed, err = handle(t.Context(), l, accept); err != nil || observed != 0 || len(l.Finished) != 0 {
		t.Errorf("superseded: err %v, ledger %+v", err, l)
	}
	// A worker that stops cannot wait.
	ctx, cancel := context.WithCancel(t.Context())
	l = &judgetest.Ledger{Tries: 1, FinishErr: []error{away, away, away}}
	_, err = handle(ctx, l, func(context.Context, judge.Submission, func(judge.Event)) (judge.Report, error) {
		defer cancel()
		return judge.Report{Verdict: judge.AC}, nil
	})
	if !errors.Is(err, judge.ErrHandedBack) || !slices.Equal(l.Released, []judge.ReleaseReason{judge.ReleaseStopping}) {
		t.Errorf("stopping: err %v, ledger %+v", err, l)
	}
}

// A submission whose workers die never gets to fail in an orderly way.
func TestWorkerGivesUpOnAKiller(t *testing.T) {
	l := &judgetest.Ledger{Tries: judge.MaxTries + 1}
	observed, err := handle(t.Context(), l, func(context.Context, judge.Submission, func(judge.Event)) (judge.Report, error) {
		t.Error("it was judged once more")
		return judge.Report{}, nil
	})
	if err != nil || observed != 1 || len(l.Finished) != 1 || l.Finished[0].Verdict != judge.JE {
		t.Errorf("err %v, ledger %+v", err, l)
	}
}

func TestWorkerStopsWhenCancelled(t *testing.T) {
	l := &judgetest.Ledger{Tries: 1}
	observed, err := handle(t.Context(), l, func(ctx context.Context, _ judge.Submission, _ func(judge.Event)) (judge.Report, error) {
		l.Lose(judge.ErrSuperseded)
		<-ctx.Done()
		return judge.Report{}, ctx.Err()
	})
	if err != nil || observed != 0 || len(l.Finished) != 0 || len(l.Released) != 0 {
		t.Errorf("err %v, ledger %+v", err, l)
	}
}

func TestWorkerHandsBackWhenStopping(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	l := &judgetest.Ledger{Tries: judge.MaxTries}
	_, err := handle(ctx, l, func(ctx context.Context, _ judge.Submission, _ func(judge.Event)) (judge.Report, error) {
		cancel()
		<-ctx.Done()
		return judge.Report{}, ctx.Err()
	})
	if !errors.Is(err, judge.ErrHandedBack) || len(l.Finished) != 0 || !slices.Equal(l.Released, []judge.ReleaseReason{judge.ReleaseStopping}) {
		t.Errorf("err %v, ledger %+v", err, l)
	}
}
