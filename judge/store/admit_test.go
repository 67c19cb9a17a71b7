package store

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
)

func TestAdmit(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		q := judge.Quota{
			Pending: judge.Load{Submissions: 3, Bytes: 1000},
			Minute:  judge.Load{Submissions: 10, Bytes: 5000},
		}
		one := func(bytes judge.Bytes) judge.Load { return judge.Load{Submissions: 1, Bytes: bytes} }
		// admit asks for key k1; complaint is "" where it may.
		admit := func(more, ahead judge.Load, complaint string) {
			t.Helper()
			err := s.Admit(ctx, "k1", more, ahead, q)
			if complaint == "" && err != nil {
				t.Fatal(err)
			}
			if complaint != "" {
				if wantCode(t, err, judge.CodeRateLimited); !strings.Contains(err.Error(), complaint) {
					t.Fatalf("%v, want %q", err, complaint)
				}
			}
		}
		admit(one(10), judge.Load{}, "") // 1 and 10 of this minute
		admit(one(10), judge.Load{Submissions: 3}, "3 submissions queued and running, and has 3")
		admit(one(10), one(995), "and has 995 B")
		big := sample()
		big.Stdin = strings.Repeat("7", 900)
		id := create(t, s, big)
		if n, err := s.PendingBytes(ctx); err != nil || n != big.Size() || n < 900 {
			t.Errorf("PendingBytes = %d, %v; want %d", n, err, big.Size())
		}
		admit(one(200), judge.Load{}, "of programs and inputs queued")
		if _, _, err := s.Cancel(ctx, id); err != nil {
			t.Fatal(err)
		}
		if n, err := s.PendingBytes(ctx); err != nil || n != 0 {
			t.Errorf("PendingBytes after a cancel = %d, %v", n, err)
		}

		q.Pending = judge.Load{}                            // now of rates alone
		admit(judge.Load{Submissions: 8}, judge.Load{}, "") // 9 and 10
		admit(judge.Load{Submissions: 4}, judge.Load{}, "10 submissions and")
		admit(one(4000), judge.Load{}, "") // 10 and 4010
		err := s.Admit(ctx, "k1", one(1), judge.Load{}, q)
		var known *judge.Error
		if !errors.As(err, &known) || known.Wait <= 0 || known.Wait > time.Minute/10 {
			t.Errorf("the eleventh of a minute: %v, wait %v; want about a tenth of a minute", err, known.Wait)
		}
		if err := s.Admit(ctx, "k2", one(1), judge.Load{}, q); err != nil {
			t.Errorf("another key: %v", err)
		}
		// What is more than a minute's worth goes when nothing else did.
		if err := s.Admit(ctx, "k3", one(1<<30), judge.Load{}, q); err != nil {
			t.Errorf("the first and largest: %v", err)
		}
		wantCode(t, s.Admit(ctx, "k3", one(100), judge.Load{}, q), judge.CodeRateLimited)
		if ttl := s.db.PTTL(ctx, keyRate+"k3").Val(); ttl <= 0 || ttl > time.Minute {
			t.Errorf("rates live for %s", ttl)
		}
	})
}

// A run that ended is not judged again, so that nothing of its input stays.
func TestEndedRunsLeaveTheirInput(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		run := sample()
		run.Kind, run.Problem, run.Stdin = judge.KindRun, "", strings.Repeat("7", 1<<20)
		judged, cancelled, running := create(t, s, run), create(t, s, run), create(t, s, run)
		finish(t, s, begin(t, s, judged, 1), judge.AC)
		begin(t, s, running, 1)
		for _, id := range []judge.SubmissionID{cancelled, running} {
			if _, _, err := s.Cancel(ctx, id); err != nil {
				t.Fatal(err)
			}
		}
		for _, id := range []judge.SubmissionID{judged, cancelled, running} {
			_, err := s.Submission(ctx, id)
			wantCode(t, err, judge.CodeNotFound)
			if r := report(t, s, id); r.User != "ada" || !r.State.Final() {
				t.Errorf("report is %+v", r)
			}
			_, err = s.Rejudge(ctx, id)
			wantCode(t, err, judge.CodeConflict)
		}
		// A submission keeps its sources for a rejudge, unless it was never begun.
		kept := create(t, s, sample())
		begin(t, s, kept, 1)
		never := create(t, s, sample())
		for _, id := range []judge.SubmissionID{kept, never} {
			if _, _, err := s.Cancel(ctx, id); err != nil {
				t.Fatal(err)
			}
		}
		_, err := s.Submission(ctx, never)
		wantCode(t, err, judge.CodeNotFound)
		_, err = s.Rejudge(ctx, never)
		wantCode(t, err, judge.CodeConflict)
		if sub, err := s.Submission(ctx, kept); err != nil || len(sub.Files) != 1 {
			t.Errorf("submission is %+v, %v", sub, err)
		}
	})
}

// Where nothing is pending no bytes are, whatever became of the records.
func TestSweepForgetsBytesOfNothing(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		bytes := func() judge.Bytes {
			t.Helper()
			if err := hasty(s).Sweep(ctx, newFakeTasks()); err != nil {
				t.Fatal(err)
			}
			n, err := s.PendingBytes(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		id := create(t, s, sample())
		s.db.Del(ctx, recordKey(id)) // by hand
		other := create(t, s, sample())
		sub := sample()
		if n := bytes(); n != 2*sub.Size() {
			t.Errorf("%d bytes are pending, want %d", n, 2*sub.Size())
		}
		c := begin(t, s, other, 1)
		if n := bytes(); n != 2*sub.Size() {
			t.Errorf("%d bytes are pending while one runs, want %d", n, 2*sub.Size())
		}
		finish(t, s, c, judge.AC)
		if n := bytes(); n != 0 {
			t.Errorf("%d bytes are pending, want none", n)
		}
	})
}
