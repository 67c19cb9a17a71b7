package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// listAll follows the cursor to the end.
func listAll(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, s *Store, f judge.Filter) []judge.SubmissionID {
	var ids []judge.SubmissionID
	for pages := 0; ; pages++ {
		if pages > 1000 {
			t.Fatal("the list has no end")
		}
		page, next, err := s.List(ctxOf(), f)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) > f.Limit {
			t.Fatalf("page of %d, limit %d", len(page), f.Limit)
		}
		for _, r := range page {
			ids = append(ids, r.ID)
		}
		if next == "" {
			return ids
		}
		f.Cursor = next
	}
}

// Lists agree with a plain filter over everything, whatever is combined.
func TestListProperty(t *testing.T) {
	redistest.Each(t, func(t *testing.T, url string) {
		s := open(t, url)
		problems := []judge.Slug{"", "a", "b"}
		users := []string{"", "u", "v"}
		keys := []string{"", "k", "l"}
		verdicts := []judge.Verdict{"", judge.AC, judge.WA}
		kinds := []judge.Kind{"", judge.KindSubmission, judge.KindRun}
		rapid.Check(t, func(t *rapid.T) {
			if err := s.db.FlushDB(ctxOf()).Err(); err != nil {
				t.Fatal(err)
			}
			var all []judge.Report
			for range rapid.IntRange(0, 25).Draw(t, "submissions") {
				sub := judge.Submission{
					Kind:    rapid.SampledFrom(kinds[1:]).Draw(t, "kind"),
					Problem: rapid.SampledFrom(problems).Draw(t, "problem"),
					User:    rapid.SampledFrom(users).Draw(t, "user"),
					KeyID:   rapid.SampledFrom(keys).Draw(t, "key"),
				}
				v := rapid.SampledFrom(verdicts).Draw(t, "verdict")
				if v == "" {
					sub.Queue = judge.Batch // where it waits for ever
				}
				id, _, err := s.Create(ctxOf(), sub, "")
				if err != nil {
					t.Fatal(err)
				}
				if v != "" {
					_, c, err := s.Begin(ctxOf(), taskOf(id, 1), "w")
					if err == nil {
						err = s.Finish(ctxOf(), c, judge.Report{Verdict: v, Tests: make([]judge.TestReport, 3)})
					}
					if err != nil {
						t.Fatal(err)
					}
				}
				if rapid.IntRange(0, 9).Draw(t, "expired") == 0 {
					s.db.Del(ctxOf(), recordKey(id))
					continue
				}
				all = append(all, judge.Report{ID: id, Kind: sub.Kind, Problem: sub.Problem,
					User: sub.User, KeyID: sub.KeyID, Verdict: v})
			}
			f := judge.Filter{
				Kind:    rapid.SampledFrom(kinds).Draw(t, "by kind"),
				Problem: rapid.SampledFrom(problems).Draw(t, "by problem"),
				User:    rapid.SampledFrom(users).Draw(t, "by user"),
				KeyID:   rapid.SampledFrom(keys).Draw(t, "by key"),
				Verdict: rapid.SampledFrom(verdicts).Draw(t, "by verdict"),
				Limit:   rapid.IntRange(1, 10).Draw(t, "limit"),
			}
			var want []judge.SubmissionID
			for _, r := range slices.Backward(all) {
				if (f.Kind == "" || f.Kind == r.Kind) && (f.Problem == "" || f.Problem == r.Problem) &&
					(f.User == "" || f.User == r.User) && (f.KeyID == "" || f.KeyID == r.KeyID) &&
					(f.Verdict == "" || f.Verdict == r.Verdict) {
					want = append(want, r.ID)
				}
			}
			if diff := cmp.Diff(want, listAll(t, s, f)); diff != "" {
				t.Fatalf("list by %+v (-want +got):\n%s", f, diff)
			}
		})
	})
}

func TestListLeavesTestsOutAndTrims(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		id := create(t, s, sample())
		finish(t, s, begin(t, s, id, 1), judge.AC)
		gone := create(t, s, sample())
		s.db.Del(ctx, recordKey(gone))
		page, next, err := s.List(ctx, judge.Filter{User: "ada"})
		if err != nil || len(page) != 1 || next != "" || page[0].ID != id {
			t.Fatalf("List = %v, %q, %v", page, next, err)
		}
		if page[0].Tests != nil || page[0].Verdict != judge.AC || page[0].KeyID != "k1" {
			t.Errorf("listed report is %+v", page[0])
		}
		members := s.db.ZRange(ctx, indexKeys(judge.KindSubmission, "", "ada", "")[1], 0, -1).Val()
		if diff := cmp.Diff([]string{string(id)}, members); diff != "" {
			t.Errorf("index after the list (-want +got):\n%s", diff)
		}
		page, next, err = s.List(ctx, judge.Filter{Limit: 1})
		if err != nil || len(page) != 1 || next != "" {
			t.Errorf("a last full page has a next: %v, %q, %v", page, next, err)
		}
	})
}

// agedSample is a submission whose id was made that long ago.
func agedSample(age time.Duration) judge.Submission {
	sub := sample()
	sub.ID = judge.SubmissionID(idFloor(time.Now().Add(-age)) + string(NewID())[13:])
	return sub
}

// An old submission that is judged again stays in lists for as long as its
// record lives, and what has no record leaves every index.
func TestListsKeepWhatLives(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		list := func(want ...judge.SubmissionID) {
			t.Helper()
			for _, f := range []judge.Filter{{}, {Problem: "range-sums"}, {User: "ada"}, {KeyID: "k1"}, {Verdict: judge.AC}} {
				f.Limit = 50
				if diff := cmp.Diff(want, listAll(t, s, f)); diff != "" {
					t.Errorf("list by %+v (-want +got):\n%s", f, diff)
				}
			}
		}
		gone := create(t, s, agedSample(3*DefaultRetention))
		finish(t, s, begin(t, s, gone, 1), judge.AC)
		old := create(t, s, agedSample(2*DefaultRetention))
		finish(t, s, begin(t, s, old, 1), judge.AC)
		if _, err := s.Rejudge(ctx, old); err != nil {
			t.Fatal(err)
		}
		finish(t, s, begin(t, s, old, 2), judge.AC)
		fresh := create(t, s, sample())
		finish(t, s, begin(t, s, fresh, 1), judge.AC)
		list(fresh, old, gone)

		s.db.Del(ctx, recordKey(gone), reportsKey(gone), streamKey(gone)) // as when it expires
		indexes := s.db.ZRange(ctx, keyIndexes, 0, -1).Val()
		if len(indexes) != 5 {
			t.Fatalf("indexes are %v", indexes)
		}
		for _, x := range indexes { // their time comes
			s.db.Do(ctx, "ZADD", keyIndexes, 1, x)
		}
		if err := s.Sweep(ctx, newFakeTasks()); err != nil {
			t.Fatal(err)
		}
		for _, x := range indexes {
			if diff := cmp.Diff([]string{string(old), string(fresh)}, s.db.ZRange(ctx, x, 0, -1).Val()); diff != "" {
				t.Errorf("%s after a sweep (-want +got):\n%s", x, diff)
			}
			if due := s.db.ZScore(ctx, keyIndexes, x).Val(); due < float64(time.Now().UnixMilli()) {
				t.Errorf("%s is trimmed again at %v", x, due)
			}
		}
		list(fresh, old)
	})
}

// Nothing that waits is taken out of lists by what ended before it.
func TestIndexesDoNotExpire(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		finish(t, s, begin(t, s, create(t, s, sample()), 1), judge.AC)
		cancelled := create(t, s, sample())
		if _, _, err := s.Cancel(ctx, cancelled); err != nil {
			t.Fatal(err)
		}
		create(t, s, sample())
		for _, x := range indexKeys(judge.KindSubmission, "range-sums", "ada", "k1") {
			if ttl := s.db.PTTL(ctx, x).Val(); ttl >= 0 {
				t.Errorf("%s expires in %s", x, ttl)
			}
		}
	})
}

// An index whose last id is gone leaves the schedule too, however many it had.
func TestEmptyIndexesGo(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		index := indexKeys(judge.KindRun, "", "eve", "")[1]
		for range 2*trimPage + 1 {
			id := agedSample(2 * DefaultRunRetention).ID
			if err := s.db.Do(ctx, "ZADD", index, 0, string(id)).Err(); err != nil {
				t.Fatal(err)
			}
		}
		s.db.Do(ctx, "ZADD", keyIndexes, 1, index)
		if err := s.Sweep(ctx, newFakeTasks()); err != nil {
			t.Fatal(err)
		}
		if n := s.db.Exists(ctx, index, keyIndexes).Val(); n != 0 {
			t.Errorf("%d of index and schedule are left", n)
		}
	})
}

func TestIDFloorBoundsIDs(t *testing.T) {
	before := idFloor(time.Now())
	id := string(NewID())
	after := idFloor(time.Now().Add(time.Millisecond))
	if before > id || id > after {
		t.Errorf("%s is not between %s and %s", id, before, after)
	}
	if got := idFloor(time.UnixMilli(-5)); got != fmt.Sprintf("%08d-%04d", 0, 0) {
		t.Errorf("floor before 1970 is %s", got)
	}
}
