package store

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
)

func TestCreateKeepsTheSubmission(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		want := sample()
		want.ID, want.Kind, want.Queue = NewID(), judge.KindRun, judge.Interactive
		want.Limits = judge.Limits{CPU: time.Second, Memory: 64 * judge.MiB}
		want.Stdin = "1 2\n\x00"
		want.Created = time.Now().UTC().Truncate(time.Millisecond)
		if id := create(t, s, want); id != want.ID {
			t.Errorf("id is %s, want %s", id, want.ID)
		}
		got, err := s.Submission(t.Context(), want.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("submission (-want +got):\n%s", diff)
		}
		_, err = s.Submission(t.Context(), NewID())
		wantCode(t, err, judge.CodeNotFound)
		_, err = s.Report(t.Context(), NewID())
		wantCode(t, err, judge.CodeNotFound)
	})
}

func TestCreateTwiceIsOnce(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		sub := sample()
		sub.ID = NewID()
		create(t, s, sub)
		finish(t, s, begin(t, s, sub.ID, 1), judge.AC)
		create(t, s, sub) // as the client library does after a lost connection
		if r := report(t, s, sub.ID); r.State != judge.StateDone {
			t.Errorf("a repeated Create made it %s", r.State)
		}
	})
}

func TestIdempotencyKey(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		first, created, err := s.Create(ctx, sample(), "order-1")
		if err != nil || !created {
			t.Fatalf("first Create = %v, %v", created, err)
		}
		again, created, err := s.Create(ctx, sample(), "order-1")
		if err != nil || created || again != first {
			t.Errorf("second Create = %s, %v, %v; want %s, false", again, created, err, first)
		}
		other := sample()
		other.Files[0].Content = "package other\n"
		_, _, err = s.Create(ctx, other, "order-1")
		wantCode(t, err, judge.CodeConflict)
		theirs := sample()
		theirs.KeyID = "k2"
		if id, created, err := s.Create(ctx, theirs, "order-1"); err != nil || !created || id == first {
			t.Errorf("the same idempotency key of another API key = %s, %v, %v", id, created, err)
		}
		if d, _, err := s.Depth(ctx); err != nil || d[1].Waiting != 2 {
			t.Errorf("Depth = %+v, %v; want 2 waiting", d, err)
		}
	})
}

// A Redis that does not answer holds nobody up for longer than asked.
func TestCreateEndsWithItsContext(t *testing.T) {
	silent, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0") // nobody accepts
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	s := open(t, "redis://"+silent.Addr().String())
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, _, err := s.Create(ctx, sample(), ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Create ended with %v", err)
	}
}

// A key whose run is no longer kept names nothing: the request is a new one.
func TestIdempotencyKeyOutlivesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		run := sample()
		run.Kind = judge.KindRun
		first, _, err := s.Create(ctx, run, "order-1")
		if err != nil {
			t.Fatal(err)
		}
		finish(t, s, begin(t, s, first, 1), judge.AC)
		if again, created, err := s.Create(ctx, run, "order-1"); err != nil || created || again != first {
			t.Fatalf("Create while it is kept = %s, %v, %v; want %s", again, created, err, first)
		}
		s.db.Del(ctx, recordKey(first), reportsKey(first), streamKey(first)) // as when it expires
		second, created, err := s.Create(ctx, run, "order-1")
		if err != nil || !created {
			t.Fatalf("Create after it = %s, %v, %v; want a new one", second, created, err)
		}
		report(t, s, second)
		if again, created, err := s.Create(ctx, run, "order-1"); err != nil || created || again != second {
			t.Errorf("Create once more = %s, %v, %v; want %s", again, created, err, second)
		}
	})
}

func TestPendingAndDepth(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		check := func(pending, waiting, running int64) {
			t.Helper()
			if n := pendingOf(t, s, "k1"); n != pending {
				t.Errorf("%d are pending, want %d", n, pending)
			}
			d, r, err := s.Depth(ctx)
			if err != nil || r != running || d[1].Queue != judge.Default || d[1].Waiting != waiting {
				t.Errorf("Depth = %+v, %d, %v; want %d waiting, %d running", d, r, err, waiting, running)
			}
		}
		old := sample()
		old.Created = time.Now().Add(-time.Hour)
		a := create(t, s, old)
		create(t, s, sample())
		check(2, 2, 0)
		if d, _, err := s.Depth(ctx); err != nil || d[1].Oldest < 59*time.Minute || d[0].Oldest != 0 {
			t.Errorf("Depth = %+v, %v", d, err)
		}
		c := begin(t, s, a, 1)
		check(2, 1, 1)
		finish(t, s, c, judge.AC)
		check(1, 1, 0)
	})
}
