package queue_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/queue"
	"github.com/docketjudge/docket/judge/store"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// The test binary runs itself as a worker that is then killed.
const (
	victimEnv   = "DOCKET_TEST_VICTIM"    // the URL of its Redis
	victimAtEnv = "DOCKET_TEST_VICTIM_AT" // where it stops: "taken" or "begun"

	victimSlots = 3
)

// beVictim takes tasks, says so, and never ends by itself.
func beVictim(url, at string) {
	fail := func(err error) {
		fmt.Fprintln(os.Stderr, "victim:", err)
		os.Exit(1)
	}
	s, err := store.Open(url, store.Config{})
	if err != nil {
		fail(err)
	}
	go s.KeepAlive(context.Background(), func() store.Worker { return store.Worker{ID: "victim"} })
	srv, err := queue.NewServer(queue.Config{Redis: s.Client(), Slots: victimSlots,
		Handler: func(ctx context.Context, task judge.Delivery) error {
			if at == "begun" {
				if _, _, err := s.Begin(ctx, task, "victim"); err != nil {
					fail(err)
				}
			}
			fmt.Println("holds", task.ID)
			select {}
		}})
	if err != nil {
		fail(err)
	}
	if err := srv.Start(); err != nil {
		fail(err)
	}
	select {}
}

func TestAKilledWorkersJudgingsRunElsewhere(t *testing.T) {
	for _, at := range []string{"taken", "begun"} {
		t.Run(at, func(t *testing.T) {
			redistest.Each(t, func(t *testing.T, url string) { killAndRecover(t, url, at) })
		})
	}
}

func killAndRecover(t *testing.T, url, at string) {
	s, err := store.Open(url, store.Config{Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	c := queue.NewClient(s.Client())
	const n = victimSlots + 2
	for range n {
		id, _, err := s.Create(t.Context(), judge.Submission{Language: judge.Go}, "")
		if err == nil {
			err = c.Enqueue(t.Context(), id, 1, judge.Default)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	kill := startVictim(t, url, at)

	ctx, cancel := context.WithCancel(context.Background())
	swept := make(chan struct{})
	go func() {
		defer close(swept)
		s.RunSweeper(ctx, c)
	}()
	t.Cleanup(func() { cancel(); <-swept })

	kill()
	done := make(chan judge.SubmissionID, 2*n)
	serve(t, s.Client(), 2, func(ctx context.Context, task judge.Delivery) error {
		_, claim, err := s.Begin(ctx, task, "survivor")
		if errors.Is(err, judge.ErrNotNeeded) {
			return nil
		}
		if err == nil {
			err = s.Finish(ctx, claim, judge.Report{Verdict: judge.AC})
		}
		if err != nil {
			t.Error(err)
			return err
		}
		done <- claim.ID
		return nil
	})
	seen := make(map[judge.SubmissionID]bool)
	limit := time.After(long)
	for len(seen) < n {
		select {
		case id := <-done:
			if seen[id] {
				t.Errorf("%s was judged twice", id)
			}
			seen[id] = true
		case <-limit:
			t.Fatalf("%d of %d were judged %s after the worker's death", len(seen), n, long)
		}
	}
	// Asynq would deliver the same tasks again, after half a minute and more; the
	// sweeper makes new ones of what was begun. What was not begun waits on, and
	// others begin it with the tasks that are left or that the sweeper adds.
	anew := 0
	for id := range seen {
		if n, _ := s.Client().HGet(t.Context(), "docket:s:"+string(id), "delivery").Int(); n > 0 {
			anew++
		}
	}
	if at == "begun" && anew < victimSlots {
		t.Errorf("the sweeper delivered %d anew, want at least %d", anew, victimSlots)
	}
	for id := range seen {
		if r, err := s.Report(t.Context(), id); err != nil || r.Verdict != judge.AC || r.Attempt != 1 {
			t.Errorf("report is %+v, %v", r, err)
		}
	}
}

// startVictim returns when the victim's slots are full.
func startVictim(t *testing.T, url, at string) (kill func()) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), victimEnv+"="+url, victimAtEnv+"="+at)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	killed := false
	kill = func() {
		if !killed {
			killed = true
			_ = cmd.Process.Kill()
			_ = cmd.Wait() // killed: its status says nothing
		}
	}
	t.Cleanup(kill)
	lines := bufio.NewScanner(out)
	for held := 0; held < victimSlots; {
		if !lines.Scan() {
			t.Fatalf("the victim ended: %v", lines.Err())
		}
		if strings.HasPrefix(lines.Text(), "holds ") {
			held++
		}
	}
	return kill
}
