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
				id, _, err := s.Create(ctxOf(), sub, "")
				if err != nil {
					t.Fatal(err)
				}
				v := rapid.SampledFrom(verdicts).Draw(t, "verdict")
				if v != "" {
					_, c, err := s.Begin(ctxOf(), id, 1, "w")
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

func TestFinishTrimsIndexes(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		all := indexKeys(judge.KindSubmission, "", "", "")[0]
		old := idFloor(time.Now().Add(-DefaultRetention-indexSlack-time.Hour)) + "-7000-8000-000000000000"
		kept := idFloor(time.Now().Add(-DefaultRetention)) + "-7000-8000-000000000000"
		for _, id := range []string{old, kept} {
			if err := s.db.Do(ctx, "ZADD", all, 0, id).Err(); err != nil {
				t.Fatal(err)
			}
		}
		id := create(t, s, sample())
		finish(t, s, begin(t, s, id, 1), judge.AC)
		if diff := cmp.Diff([]string{kept, string(id)}, s.db.ZRange(ctx, all, 0, -1).Val()); diff != "" {
			t.Errorf("index (-want +got):\n%s", diff)
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
