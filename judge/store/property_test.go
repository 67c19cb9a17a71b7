package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// TestNothingLostNothingTwice lets two processes take, begin, finish,
// release, die and wake up again, with clients that cancel and rejudge and a
// sweeper in between, in any order. No attempt may ever end twice, and once
// the world calms down every submission must have ended.
func TestNothingLostNothingTwice(t *testing.T) {
	redistest.Each(t, func(t *testing.T, url string) {
		stores := []*Store{hasty(open(t, url)), hasty(open(t, url))}
		rapid.Check(t, func(rt *rapid.T) {
			w := newWorld(rt, stores)
			rt.Repeat(map[string]func(*rapid.T){
				"create":       w.create,
				"take":         w.take,
				"begin anew":   w.beginStray,
				"progress":     w.progress,
				"finish":       w.finish,
				"hand back":    w.release,
				"die":          w.die,
				"zombie":       w.zombie,
				"cancel":       w.cancel,
				"rejudge":      w.rejudge,
				"sweep":        w.sweep,
				"lease expire": w.expire,
				"heartbeat":    w.heartbeat,
				"":             w.check,
			})
			w.calm()
		})
	})
}

type attemptID struct {
	id      judge.SubmissionID
	attempt int
}

// job is a claim in a worker's hands, with the task that led to it.
type job struct {
	claim judge.Claim
	task  *judge.Delivery // nil for a stray Begin
	store *Store
}

type world struct {
	t       *rapid.T
	stores  []*Store
	tasks   *fakeTasks
	ids     []judge.SubmissionID
	latest  map[judge.SubmissionID]int
	jobs    []job
	dead    []job
	ended   map[attemptID]string // how each attempt ended: a verdict's mark or "cancelled"
	marks   int
	highest map[judge.SubmissionID]int64 // the largest token handed out
}

func newWorld(t *rapid.T, stores []*Store) *world {
	if err := stores[0].db.FlushDB(ctxOf()).Err(); err != nil {
		t.Fatal(err)
	}
	for _, s := range stores {
		s.held.init()
		s.sweep = sweeper{}
	}
	return &world{
		t: t, stores: stores, tasks: newFakeTasks(), latest: make(map[judge.SubmissionID]int),
		ended: make(map[attemptID]string), highest: make(map[judge.SubmissionID]int64),
	}
}

func (w *world) store(t *rapid.T) *Store { return rapid.SampledFrom(w.stores).Draw(t, "process") }

func (w *world) id(t *rapid.T) judge.SubmissionID {
	if len(w.ids) == 0 {
		t.Skip("nothing was sent")
	}
	return rapid.SampledFrom(w.ids).Draw(t, "submission")
}

// pick takes a job out of a list.
func pick(t *rapid.T, jobs *[]job) job {
	if len(*jobs) == 0 {
		t.Skip("no such job")
	}
	i := rapid.IntRange(0, len(*jobs)-1).Draw(t, "job")
	j := (*jobs)[i]
	*jobs = slices.Delete(*jobs, i, i+1)
	return j
}

func (w *world) create(t *rapid.T) {
	id, _, err := w.store(t).Create(ctxOf(), judge.Submission{
		KeyID: rapid.SampledFrom([]string{"", "k"}).Draw(t, "key"), User: rapid.SampledFrom([]string{"", "ada", "bob"}).Draw(t, "user"),
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	w.ids = append(w.ids, id)
	w.latest[id] = 1
	if rapid.Bool().Draw(t, "enqueued") { // else its sender died before
		w.deliver(judge.Delivery{ID: id, Attempt: 1, Queue: judge.Default})
	}
}

func (w *world) deliver(d judge.Delivery) { _ = w.tasks.Deliver(ctxOf(), d) }

func (w *world) take(t *rapid.T) {
	ids := slices.Sorted(maps.Keys(w.tasks.pending))
	if len(ids) == 0 {
		t.Skip("no task waits")
	}
	d := w.tasks.take(rapid.SampledFrom(ids).Draw(t, "task"))
	if rapid.IntRange(0, 5).Draw(t, "dies first") == 0 {
		return // the task stays active for ever
	}
	w.begin(t, w.store(t), d, true)
}

// beginStray is a task that Asynq delivers a second time.
func (w *world) beginStray(t *rapid.T) {
	id := w.id(t)
	w.begin(t, w.store(t), taskOf(id, rapid.IntRange(1, w.latest[id]).Draw(t, "attempt")), false)
}

func (w *world) begin(t *rapid.T, s *Store, task judge.Delivery, taken bool) {
	_, c, err := s.Begin(ctxOf(), task, "w")
	var later *judge.LaterError
	switch {
	case errors.As(err, &later):
		if taken {
			w.tasks.retry(task)
		}
		return
	case errors.Is(err, judge.ErrNotNeeded):
		if taken {
			delete(w.tasks.active, task.TaskID())
		}
		return
	case err != nil:
		t.Fatal(err)
	}
	id, attempt := c.ID, c.Attempt
	if how, ok := w.ended[attemptID{id, attempt}]; ok {
		t.Fatalf("%s attempt %d began after it had ended %s", id, attempt, how)
	}
	if attempt != w.latest[id] {
		t.Fatalf("%s attempt %d began when %d is the latest", id, attempt, w.latest[id])
	}
	if c.Token <= w.highest[id] {
		t.Fatalf("token %d was handed out after %d", c.Token, w.highest[id])
	}
	w.highest[id] = c.Token
	j := job{claim: c, store: s}
	if taken {
		j.task = &task
	}
	w.jobs = append(w.jobs, j)
}

func (w *world) progress(t *rapid.T) {
	if len(w.jobs) == 0 {
		t.Skip("nothing runs")
	}
	j := rapid.SampledFrom(w.jobs).Draw(t, "job")
	err := j.store.Progress(ctxOf(), j.claim, judge.Event{Kind: judge.EventTest})
	if err != nil && !errors.Is(err, judge.ErrSuperseded) {
		t.Fatal(err)
	}
	if err == nil && j.claim.Token != w.highest[j.claim.ID] {
		t.Fatalf("progress of token %d was taken, %d is the newest", j.claim.Token, w.highest[j.claim.ID])
	}
}

func (w *world) finish(t *rapid.T) { w.end(t, pick(t, &w.jobs)) }

// zombie is a worker that was thought dead and goes on.
func (w *world) zombie(t *rapid.T) { w.end(t, pick(t, &w.dead)) }

func (w *world) end(t *rapid.T, j job) {
	w.marks++
	mark := fmt.Sprintf("mark %d", w.marks)
	err := j.store.Finish(ctxOf(), j.claim, judge.Report{Verdict: judge.AC, Message: mark})
	if err != nil && !errors.Is(err, judge.ErrSuperseded) {
		t.Fatal(err)
	}
	at := attemptID{j.claim.ID, j.claim.Attempt}
	if err == nil {
		if how, ok := w.ended[at]; ok {
			t.Fatalf("%v ended as %s and again as %s", at, how, mark)
		}
		if j.claim.Token != w.highest[j.claim.ID] {
			t.Fatalf("token %d ended it, %d is the newest", j.claim.Token, w.highest[j.claim.ID])
		}
		w.ended[at] = mark
	}
	if j.task != nil {
		delete(w.tasks.active, j.task.TaskID())
	}
}

func (w *world) release(t *rapid.T) {
	j := pick(t, &w.jobs)
	why := rapid.SampledFrom([]judge.ReleaseReason{judge.ReleaseFailed, judge.ReleaseStopping, judge.ReleaseOutage}).Draw(t, "why")
	wait := time.Duration(rapid.IntRange(0, 1).Draw(t, "ms")) * time.Millisecond
	err := j.store.Release(ctxOf(), j.claim, why, wait)
	if err != nil && !errors.Is(err, judge.ErrSuperseded) {
		t.Fatal(err)
	}
	if err == nil && j.claim.Token != w.highest[j.claim.ID] {
		t.Fatalf("token %d gave it back, %d is the newest", j.claim.Token, w.highest[j.claim.ID])
	}
	if j.task != nil {
		w.tasks.retry(*j.task)
	}
}

func (w *world) die(t *rapid.T) {
	j := pick(t, &w.jobs)
	j.store.held.drop(j.claim)
	w.dead = append(w.dead, j)
}

func (w *world) expire(t *rapid.T) { expireLease(t, w.stores[0], w.id(t)) }

func (w *world) heartbeat(t *rapid.T) {
	if err := w.store(t).Heartbeat(ctxOf(), Worker{ID: "w"}); err != nil {
		t.Fatal(err)
	}
}

func (w *world) cancel(t *rapid.T) {
	id := w.id(t)
	r, _, err := w.store(t).Cancel(ctxOf(), id)
	if judge.CodeOf(err) == judge.CodeConflict {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	at := attemptID{id, r.Attempt}
	if how, ok := w.ended[at]; ok {
		t.Fatalf("%v was cancelled after it had ended as %s", at, how)
	}
	w.ended[at] = "cancelled"
}

func (w *world) rejudge(t *rapid.T) {
	id := w.id(t)
	n, err := w.store(t).Rejudge(ctxOf(), id)
	if judge.CodeOf(err) == judge.CodeConflict {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if n != w.latest[id]+1 {
		t.Fatalf("attempt %d follows %d", n, w.latest[id])
	}
	w.latest[id] = n
	if rapid.Bool().Draw(t, "enqueued") {
		w.deliver(judge.Delivery{ID: id, Attempt: n, Queue: judge.Batch})
	}
}

func (w *world) sweep(t *rapid.T) {
	if err := w.store(t).Sweep(ctxOf(), w.tasks); err != nil {
		t.Fatal(err)
	}
}

// check compares what is stored with what was answered.
func (w *world) check(t *rapid.T) {
	for _, id := range w.ids {
		reps, err := w.stores[0].Attempts(ctxOf(), id)
		if err != nil {
			t.Fatal(err)
		}
		if len(reps) != w.latest[id] {
			t.Fatalf("%s has %d attempts, want %d", id, len(reps), w.latest[id])
		}
		for i, r := range reps {
			how, ended := w.ended[attemptID{id, i + 1}]
			if r.State.Final() != ended {
				t.Fatalf("%s attempt %d is %s, ended: %v", id, i+1, r.State, ended)
			}
			if r.State == judge.StateDone && r.Message != how || r.State == judge.StateCancelled && how != "cancelled" {
				t.Fatalf("%s attempt %d ended as %s, stored is %+v", id, i+1, how, r)
			}
		}
	}
}

// calm lets every worker die and one good worker and sweeper go on.
func (w *world) calm() {
	for _, j := range w.jobs {
		j.store.held.drop(j.claim)
	}
	w.jobs = nil
	s := w.stores[0]
	if err := s.db.Del(ctxOf(), keySweeper).Err(); err != nil {
		w.t.Fatal(err)
	}
	for range 4 {
		for _, q := range judge.Queues() {
			endWaits(w.t, s, q)
		}
		for _, id := range w.ids {
			expireLease(w.t, s, id)
		}
		if err := s.Sweep(ctxOf(), w.tasks); err != nil {
			w.t.Fatal(err)
		}
		for _, name := range slices.Sorted(maps.Keys(w.tasks.pending)) {
			d := w.tasks.take(name)
			w.begin(w.t, s, d, true)
		}
		for _, j := range w.jobs {
			w.end(w.t, j)
		}
		w.jobs = nil
	}
	for _, id := range w.ids {
		if _, ok := w.ended[attemptID{id, w.latest[id]}]; !ok {
			r, err := s.Report(ctxOf(), id)
			w.t.Fatalf("%s was lost: %+v, %v", id, r, err)
		}
	}
	w.check(w.t)
	if n, err := s.PendingBytes(ctxOf()); n != 0 || err != nil {
		w.t.Fatalf("left over: %d bytes pending, %v", n, err)
	}
	d, run, err := s.Depth(ctxOf())
	if n := pendingOf(w.t, s, "k"); n != 0 || run != 0 || err != nil {
		w.t.Fatalf("left over: %d pending, %d running, %v", n, run, err)
	}
	for _, q := range d {
		if q.Waiting != 0 {
			w.t.Fatalf("left over: %+v", d)
		}
	}
	for _, pattern := range []string{"docket:line:*", "docket:turns:*", "docket:numbers", "docket:later:*"} {
		if left, err := s.db.Keys(ctxOf(), pattern).Result(); len(left) != 0 || err != nil {
			w.t.Fatalf("left over: %q, %v", left, err)
		}
	}
}
