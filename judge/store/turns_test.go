package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"
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
		most      int // how many begin before it
		least     int
	}{
		"another key":           {"k2", "ada", 2, 0},
		"another user":          {"k1", "bob", 2, 0},
		"no key":                {"", "", 2, 0},
		"the same key and user": {"k1", "ada", many, many},
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

func TestTurnsInDetail(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		names := map[judge.SubmissionID]string{}
		var tasks []judge.SubmissionID
		send := func(n int, key, user string) {
			for i, id := range sendMany(t, s, n, key, user) {
				names[id] = fmt.Sprintf("%s%s%d", key, user, i+1)
				tasks = append(tasks, id)
			}
		}
		send(3, "a", "x")
		send(2, "a", "y")
		send(2, "b", "x")
		var got []string
		next := func(n int) {
			for range n {
				got = append(got, names[beginNext(t, s, tasks[0]).ID])
				tasks = tasks[1:]
			}
		}
		next(4)
		send(1, "c", "x") // does not catch up on what it missed
		next(4)
		// What a client has no more of is no hindrance; a return at once brings
		// no turn before those who waited.
		want := []string{"ax1", "bx1", "ay1", "bx2", "cx1", "ax2", "ay2", "ax3"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
	})
}

// Whoever waits gets as many turns as anybody else who waits, whatever the
// others send, cancel or leave, and in the order in which he sent.
func TestTurnsAreFair(t *testing.T) {
	redistest.Each(t, func(t *testing.T, url string) {
		s := open(t, url)
		keys := []string{"a", "b", "c"}
		rapid.Check(t, func(t *rapid.T) {
			if err := s.db.FlushDB(ctxOf()).Err(); err != nil {
				t.Fatal(err)
			}
			waiting := map[string][]judge.SubmissionID{} // by key
			turns := map[string]int{}                    // since both of a pair wait, under "ab"
			reset := func(key string) {
				for _, other := range keys {
					turns[key+other], turns[other+key] = 0, 0
				}
			}
			t.Repeat(map[string]func(*rapid.T){
				"send": func(t *rapid.T) {
					key := rapid.SampledFrom(keys).Draw(t, "key")
					id, _, err := s.Create(ctxOf(), judge.Submission{KeyID: key}, "")
					if err != nil {
						t.Fatal(err)
					}
					if len(waiting[key]) == 0 {
						reset(key)
					}
					waiting[key] = append(waiting[key], id)
				},
				"cancel": func(t *rapid.T) {
					key := rapid.SampledFrom(keys).Draw(t, "key")
					if len(waiting[key]) == 0 {
						t.Skip("it has none")
					}
					i := rapid.IntRange(0, len(waiting[key])-1).Draw(t, "which")
					if _, d, err := s.Cancel(ctxOf(), waiting[key][i]); err != nil || d == nil {
						t.Fatalf("%v, %v", d, err)
					}
					waiting[key] = slices.Delete(waiting[key], i, i+1)
				},
				"begin": func(t *rapid.T) {
					_, c, err := s.Begin(ctxOf(), taskOf(NewID(), 1), "w1")
					if errors.Is(err, judge.ErrNotNeeded) {
						for key, ids := range waiting {
							if len(ids) > 0 {
								t.Fatalf("%d of %s wait in vain", len(ids), key)
							}
						}
						return
					}
					if err != nil {
						t.Fatal(err)
					}
					key := keys[slices.IndexFunc(keys, func(k string) bool { return slices.Contains(waiting[k], c.ID) })]
					if c.ID != waiting[key][0] {
						t.Fatalf("%s began before %s of the same key", c.ID, waiting[key][0])
					}
					for _, other := range keys {
						if other == key || len(waiting[other]) == 0 {
							continue
						}
						turns[key+other]++
						if ahead := turns[key+other] - turns[other+key]; ahead > 2 {
							t.Fatalf("%s is %d turns ahead of %s", key, ahead, other)
						}
					}
					waiting[key] = waiting[key][1:]
				},
			})
		})
	})
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
		if err := s.db.ZAdd(t.Context(), "docket:later:default", redis.Z{Score: 1, Member: string(ids[0])}).Err(); err != nil {
			t.Fatal(err)
		}
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
// It waits without a task until the sweeper gives it a new one.
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
		wantPending(t, tasks)
		finish(t, s, c, judge.AC)
		delete(tasks.active, string(ada[1])+":1")
		sweep()
		wantPending(t, tasks, string(ada[1])+":1")
		// Now it is taken, and its worker dies before it begins anything.
		tasks.take(string(ada[1]) + ":1")
		sweep()
		wantPending(t, tasks, string(ada[1])+":1:1")
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
			"waiting without its task": {ada[1], true},  // the queue knows
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
		for _, key := range []string{"docket:line:default:k1:ada", "docket:turns:default", "docket:turns:default:k1", "docket:clocks"} {
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
