package judge_test

import (
	"context"
	"errors"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// fakeLedger remembers what a worker did to one judging.
type fakeLedger struct {
	beginErr   error
	tries      int
	lose       context.CancelCauseFunc // set by Hold
	finished   []judge.Report
	released   int
	handedBack int
	events     []judge.EventKind
}

func (l *fakeLedger) Begin(_ context.Context, id judge.SubmissionID, attempt int, _ string) (judge.Submission, judge.Claim, error) {
	return judge.Submission{ID: id}, judge.Claim{ID: id, Attempt: attempt, Token: 1, Tries: l.tries}, l.beginErr
}

func (l *fakeLedger) Progress(_ context.Context, _ judge.Claim, events ...judge.Event) error {
	for _, e := range events {
		l.events = append(l.events, e.Kind)
	}
	return nil
}

func (l *fakeLedger) Finish(_ context.Context, _ judge.Claim, r judge.Report) error {
	l.finished = append(l.finished, r)
	return nil
}

func (l *fakeLedger) Release(context.Context, judge.Claim) error { l.released++; return nil }

func (l *fakeLedger) HandBack(context.Context, judge.Claim) error { l.handedBack++; return nil }

func (l *fakeLedger) Hold(ctx context.Context, _ judge.Claim) (context.Context, context.CancelFunc) {
	ctx, lose := context.WithCancelCause(ctx)
	l.lose = lose
	return ctx, func() { lose(context.Canceled) }
}

type judgerFunc func(context.Context, judge.Submission, func(judge.Event)) (judge.Report, error)

func (f judgerFunc) Judge(ctx context.Context, s judge.Submission, emit func(judge.Event)) (judge.Report, error) {
	return f(ctx, s, emit)
}

func handle(ctx context.Context, l *fakeLedger, f judgerFunc) (observed int, err error) {
	w := judge.NewWorker(judge.WorkerConfig{ID: "w", Ledger: l, Judge: f, Observe: func(judge.Report) { observed++ }})
	err = w.Handle(ctx, "id", 1)
	return observed, err
}

func TestWorkerFinishesOnce(t *testing.T) {
	l := &fakeLedger{tries: 1}
	observed, err := handle(t.Context(), l, func(_ context.Context, _ judge.Submission, emit func(judge.Event)) (judge.Report, error) {
		emit(judge.Event{Kind: judge.EventRunning})
		return judge.Report{Verdict: judge.WA}, nil
	})
	if err != nil || observed != 1 || len(l.finished) != 1 || l.finished[0].Worker != "w" || len(l.events) != 1 || l.released != 0 {
		t.Errorf("err %v, ledger %+v", err, l)
	}
}

func TestWorkerLeavesTheUnneededAlone(t *testing.T) {
	l := &fakeLedger{beginErr: judge.ErrNotNeeded}
	if _, err := handle(t.Context(), l, nil); err != nil || len(l.finished) != 0 {
		t.Errorf("err %v, ledger %+v", err, l)
	}
}

func TestWorkerRetriesItsOwnFailureThenGivesUp(t *testing.T) {
	fail := judgerFunc(func(context.Context, judge.Submission, func(judge.Event)) (judge.Report, error) {
		return judge.Report{}, errors.New("engine gone")
	})
	l := &fakeLedger{tries: judge.MaxTries - 1}
	if _, err := handle(t.Context(), l, fail); err == nil || l.released != 1 || len(l.finished) != 0 {
		t.Errorf("before the last try: err %v, ledger %+v", err, l)
	}
	l = &fakeLedger{tries: judge.MaxTries}
	if _, err := handle(t.Context(), l, fail); err != nil || len(l.finished) != 1 || l.finished[0].Verdict != judge.JE {
		t.Errorf("at the last try: err %v, ledger %+v", err, l)
	}
}

// A submission whose workers die never gets to fail in an orderly way.
func TestWorkerGivesUpOnAKiller(t *testing.T) {
	l := &fakeLedger{tries: judge.MaxTries + 1}
	observed, err := handle(t.Context(), l, func(context.Context, judge.Submission, func(judge.Event)) (judge.Report, error) {
		t.Error("it was judged once more")
		return judge.Report{}, nil
	})
	if err != nil || observed != 1 || len(l.finished) != 1 || l.finished[0].Verdict != judge.JE {
		t.Errorf("err %v, ledger %+v", err, l)
	}
}

func TestWorkerStopsWhenCancelled(t *testing.T) {
	l := &fakeLedger{tries: 1}
	observed, err := handle(t.Context(), l, func(ctx context.Context, _ judge.Submission, _ func(judge.Event)) (judge.Report, error) {
		l.lose(judge.ErrSuperseded)
		<-ctx.Done()
		return judge.Report{}, ctx.Err()
	})
	if err != nil || observed != 0 || len(l.finished) != 0 || l.released != 0 {
		t.Errorf("err %v, ledger %+v", err, l)
	}
}

func TestWorkerHandsBackWhenStopping(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	l := &fakeLedger{tries: judge.MaxTries}
	_, err := handle(ctx, l, func(ctx context.Context, _ judge.Submission, _ func(judge.Event)) (judge.Report, error) {
		cancel()
		<-ctx.Done()
		return judge.Report{}, ctx.Err()
	})
	if !errors.Is(err, judge.ErrHandedBack) || l.handedBack != 1 || l.released != 0 || len(l.finished) != 0 {
		t.Errorf("err %v, ledger %+v", err, l)
	}
}
