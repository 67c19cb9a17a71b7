package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// sendMany creates submissions of one key and user.
func sendMany(t *testing.T, s *Store, n int, key, user string) []judge.SubmissionID {
	t.Helper()
	ids := make([]judge.SubmissionID, n)
	for i := range ids {
		ids[i] = create(t, s, judge.Submission{KeyID: key, User: user})
	}
	return ids
}

// beginNext begins what a worker is given for a task.
func beginNext(t testing.TB, s *Store, task judge.SubmissionID) judge.Claim {
	t.Helper()
	_, c, err := s.Begin(t.Context(), taskOf(task, 1), "w1")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A thousand of one client hold nobody else up; one that sent them itself
// waits for all of them.
func TestOneClientDoesNotHoldUpTheOthers(t *testing.T) {
	const many = 1000
	for name, c := range map[string]struct {
		key, user string
		least     int // how many begin before it
		most      int
	}{
		"another key":           {key: "k2", user: "ada", most: 1},
		"another user":          {key: "k1", user: "bob", most: 1},
		"no key":                {most: 1},
		"the same key and user": {key: "k1", user: "ada", least: many, most: many},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, s *Store) {
				tasks := sendMany(t, s, many, "k1", "ada")
				mine := sendMany(t, s, 1, c.key, c.user)[0]
				before := slices.IndexFunc(append(tasks, mine), func(task judge.SubmissionID) bool {
					return beginNext(t, s, task).ID == mine
				})
				if before < c.least || before > c.most {
					t.Errorf("%d judgings began before it, want %d to %d", before, c.least, c.most)
				}
			})
		})
	}
}

func TestOrderOfTurns(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		names := map[judge.SubmissionID]string{}
		send := func(n int, key, user string) {
			for i, id := range sendMany(t, s, n, key, user) {
				names[id] = fmt.Sprintf("%s%s%d", key, user, i+1)
			}
		}
		var got []string
		next := func(n int) {
			for range n {
				got = append(got, names[beginNext(t, s, NewID()).ID])
			}
		}
		send(4, "a", "x")
		send(2, "a", "y")
		send(1, "b", "x")
		next(2)
		send(1, "b", "z") // who was served and returns is the last again
		send(1, "c", "x")
		next(7)
		want := []string{"ax1", "bx1", "ay1", "bz1", "cx1", "ax2", "ay2", "ax3", "ax4"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
	})
}

// Nobody waits for more than one turn of each who waits, whatever the others
// send, cancel or leave, and under whatever names they come; and everybody's
// judgings begin in the order in which he sent them.
func TestTurnsAreFair(t *testing.T) {
	redistest.Each(t, func(t *testing.T, url string) {
		s := open(t, url)
		rapid.Check(t, func(t *rapid.T) {
			if err := s.db.FlushDB(ctxOf()).Err(); err != nil {
				t.Fatal(err)
			}
			f := fairness{store: s, waiting: map[string][]judge.SubmissionID{}, turns: map[[2]string]int{}}
			t.Repeat(map[string]func(*rapid.T){"send": f.send, "cancel": f.cancel, "begin": f.begin, "": func(*rapid.T) {}})
			if left := s.db.Exists(ctxOf(), "docket:numbers").Val(); f.waits() == 0 && left != 0 {
				t.Fatal("numbers are kept although nobody waits")
			}
		})
	})
}

// fairness knows who waits: keys, or users of one key.
type fairness struct {
	store   *Store
	waiting map[string][]judge.SubmissionID
	// turns counts those of the first of two since the second waits.
	turns  map[[2]string]int
	strays int
}

func (f *fairness) waits() (n int) {
	for _, ids := range f.waiting {
		n += len(ids)
	}
	return n
}

func (f *fairness) send(t *rapid.T) {
	who := rapid.SampledFrom([]string{"a", "b", "c", "key:u", "a name never seen before"}).Draw(t, "who")
	sub := judge.Submission{KeyID: who}
	switch who {
	case "key:u":
		sub = judge.Submission{KeyID: "key", User: "u"}
	case "a name never seen before":
		f.strays++
		who = fmt.Sprint("stray", f.strays)
		sub.KeyID = who
	}
	id, _, err := f.store.Create(ctxOf(), sub, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(f.waiting[who]) == 0 {
		for pair := range f.turns {
			if pair[1] == who {
				f.turns[pair] = 0
			}
		}
	}
	f.waiting[who] = append(f.waiting[who], id)
}

func (f *fairness) cancel(t *rapid.T) {
	all := slices.Concat(slices.Collect(maps.Values(f.waiting))...)
	if len(all) == 0 {
		t.Skip("nothing waits")
	}
	slices.Sort(all)
	id := rapid.SampledFrom(all).Draw(t, "which")
	if _, d, err := f.store.Cancel(ctxOf(), id); err != nil || d == nil {
		t.Fatalf("%v, %v", d, err)
	}
	f.remove(id)
}

// remove answers whose it was and whether it was the oldest.
func (f *fairness) remove(id judge.SubmissionID) (who string, oldest bool) {
	for who, ids := range f.waiting {
		if i := slices.Index(ids, id); i >= 0 {
			f.waiting[who] = slices.Delete(ids, i, i+1)
			return who, i == 0
		}
	}
	return "", false
}

func (f *fairness) begin(t *rapid.T) {
	_, c, err := f.store.Begin(ctxOf(), taskOf(NewID(), 1), "w1")
	if errors.Is(err, judge.ErrNotNeeded) {
		if n := f.waits(); n > 0 {
			t.Fatalf("%d wait in vain", n)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	who, oldest := f.remove(c.ID)
	if !oldest {
		t.Fatalf("%s of %q began before an older one", c.ID, who)
	}
	for other, ids := range f.waiting {
		if other == who || len(ids) == 0 {
			continue
		}
		f.turns[[2]string{who, other}]++
		if n := f.turns[[2]string{who, other}]; n > 1 {
			t.Fatalf("%q has had %d turns while %q waited", who, n, other)
		}
	}
	for pair := range f.turns {
		if pair[1] == who {
			f.turns[pair] = 0
		}
	}
}

func TestPostponedJudgingsWait(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ids := sendMany(t, s, 2, "k1", "ada")
		release := func(wait time.Duration) {
			t.Helper()
			c := beginNext(t, s, ids[0])
			if c.ID != ids[0] {
				t.Fatalf("%s began, want the older %s", c.ID, ids[0])
			}
			if err := s.Release(t.Context(), c, judge.ReleaseFailed, wait); err != nil {
				t.Fatal(err)
			}
		}
		release(0) // goes to the head of its line
		release(time.Hour)
		if c := beginNext(t, s, ids[0]); c.ID != ids[1] {
			t.Errorf("%s began before its time", c.ID)
		}
		_, _, err := s.Begin(t.Context(), taskOf(ids[0], 1), "w1")
		var later *judge.LaterError
		if !errors.As(err, &later) || later.Wait <= 0 || later.Wait > time.Hour {
			t.Errorf("Begin = %v", err)
		}
		endWaits(t, s, judge.Default)
		if c := beginNext(t, s, ids[0]); c.ID != ids[0] || c.Tries != 3 {
			t.Errorf("after its wait %+v began", c)
		}
		// One that is cancelled meanwhile does not come back.
		ids = sendMany(t, s, 1, "k1", "ada")
		release(time.Hour)
		if _, _, err := s.Cancel(t.Context(), ids[0]); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Begin(t.Context(), taskOf(ids[0], 1), "w1"); !errors.Is(err, judge.ErrNotNeeded) {
			t.Errorf("Begin = %v", err)
		}
	})
}

// A judging whose task began another one was not taken by a worker that died.
// It gets a new task at once: it must not wait for the end of the other.
func TestSweepTellsUsedTasksFromLostOnes(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		hasty(s)
		tasks := newFakeTasks()
		sweep := func() {
			t.Helper()
			if err := s.Sweep(t.Context(), tasks); err != nil {
				t.Fatal(err)
			}
		}
		ada := sendMany(t, s, 2, "k1", "ada")
		bob := sendMany(t, s, 1, "k1", "bob")
		tasks.active[string(ada[0])+":1"] = taskOf(ada[0], 1)
		tasks.active[string(ada[1])+":1"] = taskOf(ada[1], 1)
		beginNext(t, s, ada[0])
		c := beginNext(t, s, ada[1])
		if c.ID != bob[0] {
			t.Fatalf("%s began, want %s", c.ID, bob[0])
		}
		sweep()
		wantPending(t, tasks, string(ada[1])+":1:1")
		finish(t, s, c, judge.AC)
		delete(tasks.active, string(ada[1])+":1")
		sweep()
		wantPending(t, tasks, string(ada[1])+":1:1")
		// Now it is taken, and its worker dies before it begins anything.
		tasks.take(string(ada[1]) + ":1:1")
		sweep()
		wantPending(t, tasks, string(ada[1])+":1:2")
		if c := beginNext(t, s, ada[1]); c.ID != ada[1] {
			t.Errorf("%s began, want %s", c.ID, ada[1])
		}
	})
}

// Cancelling tells which task serves nothing any more.
func TestCancelNamesTheTaskToWithdraw(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ada := sendMany(t, s, 3, "k1", "ada")
		bob := sendMany(t, s, 1, "k1", "bob")
		beginNext(t, s, ada[0])
		if c := beginNext(t, s, ada[1]); c.ID != bob[0] {
			t.Fatalf("%s began, want %s", c.ID, bob[0])
		}
		for what, c := range map[string]struct {
			id       judge.SubmissionID
			withdraw bool
		}{
			"running":                  {ada[0], false},
			"running by another task":  {bob[0], false}, // its own is ada[1]'s now
			"waiting without its task": {ada[1], true},  // the queue has none of that name
			"waiting":                  {ada[2], true},
		} {
			_, d, err := s.Cancel(t.Context(), c.id)
			if err != nil || (d != nil) != c.withdraw || c.withdraw && *d != taskOf(c.id, 1) {
				t.Errorf("%s: %v, %v", what, d, err)
			}
		}
	})
}

// Judgings that an older version has left waiting are in no line.
func TestSweepPutsOldJudgingsIntoLines(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		hasty(s)
		ids := sendMany(t, s, 3, "k1", "ada")
		for _, key := range []string{"docket:line:default:k1:ada", "docket:turns:default", "docket:turns:default:k1", "docket:numbers"} {
			s.db.Del(t.Context(), key)
		}
		for _, id := range ids {
			s.db.HDel(t.Context(), recordKey(id), "line")
		}
		if _, _, err := s.Begin(t.Context(), taskOf(ids[0], 1), "w1"); !errors.Is(err, judge.ErrNotNeeded) {
			t.Fatalf("Begin = %v", err)
		}
		if err := s.Sweep(t.Context(), newFakeTasks()); err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			if c := beginNext(t, s, id); c.ID != id {
				t.Errorf("%s began, want %s", c.ID, id)
			}
		}
	})
}
