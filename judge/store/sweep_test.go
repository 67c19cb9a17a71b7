package store

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// fakeTasks is a queue as the sweeper sees it: a task id is taken until its
// task is answered for, whether its worker lives or not.
type fakeTasks struct {
	pending, active map[string]judge.Delivery
	fails           error
}

func newFakeTasks() *fakeTasks {
	return &fakeTasks{pending: make(map[string]judge.Delivery), active: make(map[string]judge.Delivery)}
}

func (f *fakeTasks) Deliver(_ context.Context, d judge.Delivery) error {
	if f.fails != nil {
		return f.fails
	}
	if _, taken := f.active[d.TaskID()]; !taken {
		f.pending[d.TaskID()] = d
	}
	return nil
}

func (f *fakeTasks) Active(context.Context) ([]judge.Delivery, error) {
	return slices.Collect(maps.Values(f.active)), nil
}

func (f *fakeTasks) Pending(_ context.Context, q judge.Queue) (n int, err error) {
	for _, d := range f.pending {
		if d.Queue == q {
			n++
		}
	}
	return n, nil
}

func (f *fakeTasks) take(id string) judge.Delivery {
	d := f.pending[id]
	delete(f.pending, id)
	f.active[id] = d
	return d
}

func (f *fakeTasks) retry(d judge.Delivery) {
	delete(f.active, d.TaskID())
	f.pending[d.TaskID()] = d
}

// A killed worker's judging runs elsewhere within ten seconds: its lease runs
// out, the sweeper waits for contactTime or patience, and each may have to wait
// for the next round.
func TestRecoveryTakesTenSecondsAtMost(t *testing.T) {
	if sum := LeaseTime + max(contactTime, patience) + 2*sweepInterval; sum > 10*time.Second {
		t.Errorf("it may take %s", sum)
	}
}

// hasty makes a Store sweep without patience.
func hasty(s *Store) *Store {
	s.sweep.patience, s.sweep.trust = 0, 0
	return s
}

func wantPending(t *testing.T, f *fakeTasks, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(f.pending))); diff != "" {
		t.Errorf("pending tasks (-want +got):\n%s", diff)
	}
}

// wantWaits checks that one judging waits, and that it does so in queue q.
func wantWaits(t *testing.T, s *Store, q judge.Queue) {
	t.Helper()
	waiting, _, err := s.Depth(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range waiting {
		if want := map[bool]int64{true: 1}[d.Queue == q]; d.Waiting != want {
			t.Errorf("%d judgings wait in %s, want %d", d.Waiting, d.Queue, want)
		}
	}
}

func TestContactBeginsAnewAfterAnOutage(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		sweep := func(ctx context.Context) error { return s.Sweep(ctx, newFakeTasks()) }
		contact := func(want bool) {
			t.Helper()
			s.sweep.last = time.Now() // a slow host's last sweep may be long ago
			if got := s.InContact(0); got != want {
				t.Errorf("in contact: %v, want %v", got, want)
			}
		}
		contact(false)
		if err := sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		contact(true)
		if s.InContact(time.Hour) {
			t.Error("in contact since before the store was opened")
		}
		cut, cancel := context.WithCancel(t.Context())
		cancel()
		if err := sweep(cut); err == nil {
			t.Fatal("a sweep reached Redis without a context")
		}
		contact(false)
	})
}

func TestSweepReclaimsFromTheDead(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		hasty(s)
		tasks := newFakeTasks()
		id := create(t, s, sample())
		c := begin(t, s, id, 1)
		held, stop := s.Hold(t.Context(), c)
		defer stop()
		running(t, s)
		if err := s.Sweep(t.Context(), tasks); err != nil {
			t.Fatal(err)
		}
		if len(tasks.pending) != 0 {
			t.Fatalf("a living worker's judging was put back: %v", tasks.pending)
		}
		expireLease(t, s, id)
		if err := s.Sweep(t.Context(), tasks); err != nil {
			t.Fatal(err)
		}
		wantPending(t, tasks, string(id)+":1:1")
		wantWaits(t, s, judge.Default)
		await(t, held.Done(), "the silent worker to be told")
		if r := report(t, s, id); r.State != judge.StateQueued || r.Attempt != 1 {
			t.Errorf("report is %+v", r)
		}
		if err := s.Finish(t.Context(), c, judge.Report{Verdict: judge.AC}); !errors.Is(err, judge.ErrSuperseded) {
			t.Errorf("Finish by the silent worker: %v", err)
		}
	})
}

// After an outage of Redis nobody's lease is fresh and nobody is to blame.
func TestSweepTrustsWorkersAfterAnOutage(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		tasks := newFakeTasks()
		id := create(t, s, sample())
		begin(t, s, id, 1)
		expireLease(t, s, id)
		if err := s.Sweep(t.Context(), tasks); err != nil {
			t.Fatal(err)
		}
		if r := report(t, s, id); r.State != judge.StateRunning {
			t.Errorf("the first sweep made it %s", r.State)
		}
		s.sweep.contact = s.sweep.contact.Add(-contactTime)
		if err := s.Sweep(t.Context(), tasks); err != nil {
			t.Fatal(err)
		}
		if r := report(t, s, id); r.State != judge.StateQueued {
			t.Errorf("a later sweep left it %s", r.State)
		}
	})
}

func TestSweepEnqueuesWhatTheQueueDoesNotKnow(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		tasks := newFakeTasks()
		old := sample()
		old.Created = time.Now().Add(-time.Minute)
		lost, fresh := create(t, s, old), create(t, s, sample())
		if err := s.Sweep(t.Context(), tasks); err != nil {
			t.Fatal(err)
		}
		wantPending(t, tasks, string(lost)+":1")
		_ = fresh // its sender may be about to enqueue it

		tasks = newFakeTasks()
		tasks.fails = errors.New("queue is away")
		if err := s.Sweep(t.Context(), tasks); !errors.Is(err, tasks.fails) {
			t.Errorf("Sweep = %v", err)
		}
		tasks.fails = nil
		if err := s.Sweep(t.Context(), tasks); err != nil {
			t.Fatal(err)
		}
		wantPending(t, tasks, string(lost)+":1")
	})
}

// More wait than one sweep looks at, many of them since the same millisecond.
func TestSweepAuditsEverythingInTurn(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		tasks := newFakeTasks()
		old := sample()
		old.Created = time.Now().Add(-time.Minute)
		const n = 2*maxAudit + 70
		for i := range n {
			if i%60 == 59 {
				old.Created = old.Created.Add(time.Millisecond)
			}
			create(t, s, old)
		}
		for range 3 {
			if err := s.Sweep(t.Context(), tasks); err != nil {
				t.Fatal(err)
			}
		}
		if len(tasks.pending) != n {
			t.Errorf("%d of %d were found in three sweeps", len(tasks.pending), n)
		}
	})
}

func TestSweepFindsTasksTakenButNotBegun(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		tasks := newFakeTasks()
		id := create(t, s, sample())
		task := judge.Delivery{ID: id, Attempt: 1, Queue: judge.Default}
		if err := tasks.Deliver(t.Context(), task); err != nil {
			t.Fatal(err)
		}
		tasks.take(task.TaskID())
		if err := s.Sweep(t.Context(), tasks); err != nil {
			t.Fatal(err)
		}
		wantPending(t, tasks) // it may be about to begin
		s.sweep.taken[task.TaskID()] = time.Now().Add(-patience)
		if err := s.Sweep(t.Context(), tasks); err != nil {
			t.Fatal(err)
		}
		wantPending(t, tasks, task.TaskID()+":1")
		wantWaits(t, s, judge.Default)
		tasks.take(task.TaskID() + ":1")
		begin(t, s, id, 1)
		s.sweep.patience = 0
		for range 2 {
			if err := s.Sweep(t.Context(), tasks); err != nil {
				t.Fatal(err)
			}
		}
		wantPending(t, tasks) // it was begun
	})
}

func TestOneSweepsAtATime(t *testing.T) {
	redistest.Each(t, func(t *testing.T, url string) {
		a, b := hasty(open(t, url)), hasty(open(t, url))
		old := sample()
		old.Created = time.Now().Add(-time.Minute)
		create(t, a, old)
		ta, tb := newFakeTasks(), newFakeTasks()
		for range 2 {
			if err := errors.Join(a.Sweep(t.Context(), ta), b.Sweep(t.Context(), tb)); err != nil {
				t.Fatal(err)
			}
		}
		if len(ta.pending) != 1 || len(tb.pending) != 0 {
			t.Errorf("both swept: %v, %v", ta.pending, tb.pending)
		}
		if err := a.db.Set(t.Context(), keySweeper, a.id+" 1", 0).Err(); err != nil { // a's lock ran out
			t.Fatal(err)
		}
		if err := b.Sweep(t.Context(), tb); err != nil || len(tb.pending) != 1 {
			t.Errorf("nobody swept in a's place: %v, %v", tb.pending, err)
		}
	})
}

func TestRunSweeperEnds(t *testing.T) {
	s := open(t, redistest.Embedded(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s.RunSweeper(ctx, newFakeTasks())
}
