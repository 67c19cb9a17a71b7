//go:build !quick

package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/queue"
	"github.com/docketjudge/docket/judge/store"
)

// poison cannot be judged: its validator breaks at everything.
var poison = doubling("poison", "time_limit: 2", "pass-fail", map[string]string{
	"output_validator/main.py": "import sys\nsys.exit(1)\n",
})

func testIdempotency(t *testing.T, c *caller) {
	const clients = 20
	s := submission{Problem: "double", Language: judge.Python, Source: twice + "# once\n", User: "impatient"}
	var (
		wg       sync.WaitGroup
		mu       sync.Mutex
		made     = map[judge.SubmissionID]int{}
		replayed int
	)
	for range clients {
		wg.Go(func() {
			a, err := c.send(t.Context(), http.MethodPost, "/v1/submissions?wait=30s", s, "Idempotency-Key", "the-same")
			var r judge.Report
			if err == nil {
				err = json.Unmarshal(a.body, &r)
			}
			mu.Lock()
			defer mu.Unlock()
			if err != nil || a.status != http.StatusOK || r.Verdict != judge.AC {
				t.Errorf("status %d, %v: %s", a.status, err, a.body)
			}
			made[r.ID]++
			if a.header.Get("Idempotency-Replayed") == "true" {
				replayed++
			}
		})
	}
	wg.Wait()
	if len(made) != 1 || replayed != clients-1 {
		t.Errorf("%d requests became %d submissions, %d answers were said to be replayed", clients, len(made), replayed)
	}
	var list struct {
		Submissions []judge.Report `json:"submissions"`
	}
	c.call(t, http.MethodGet, "/v1/submissions?user=impatient", http.StatusOK, nil, &list)
	if len(list.Submissions) != 1 {
		t.Errorf("%d submissions are listed", len(list.Submissions))
	}
	s.Source += "# another\n"
	c.call(t, http.MethodPost, "/v1/submissions", http.StatusConflict, s, nil, "Idempotency-Key", "the-same")
}

// testDuplicates delivers a judging again while it runs and after it ended.
func testDuplicates(t *testing.T, c *caller, url string) {
	rdb, err := store.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	defer rdb.Close()
	tasks := queue.NewClient(rdb)
	again := func(id judge.SubmissionID, number int) {
		t.Helper()
		if err := tasks.Deliver(t.Context(), judge.Delivery{ID: id, Attempt: 1, Number: number, Queue: judge.Interactive}); err != nil {
			t.Fatal(err)
		}
	}
	taken := func() bool {
		depths, err := tasks.Depths(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, d := range depths {
			n += d.Pending
		}
		return n == 0
	}
	id := c.begun(t, sleeper(1))
	for i := range 5 {
		again(id, 7+i)
	}
	eventually(t, "the duplicates are taken", taken)
	first := c.report(t, id)
	again(id, 20)
	eventually(t, "the late duplicate is taken", taken)
	// Whatever it would have done is done before the next one is judged on
	// both slots.
	for i := range 4 {
		c.judged(t, submission{Problem: "double", Language: judge.Python, Source: fmt.Sprint(twice, "# ", i, "\n")})
	}
	if diff := cmp.Diff(first, c.report(t, id)); diff != "" || first.Verdict != judge.AC {
		t.Errorf("the report changed (-first +later):\n%s", diff)
	}
	want := []judge.EventKind{
		judge.EventQueued, judge.EventRunning, judge.EventCompiled,
		judge.EventTest, judge.EventTest, judge.EventTest, judge.EventDone,
	}
	if diff := cmp.Diff(want, kinds(c.follow(t, id, "", nil))); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

func testPoison(t *testing.T, c *caller, d *daemon, url string, id judge.SubmissionID) {
	r := c.report(t, id)
	if r.State != judge.StateDone || r.Verdict != judge.JE || r.Attempt != 1 || !strings.Contains(r.Message, "operators") {
		t.Errorf("it ended as %s %s: %+v", r.State, r.Verdict, r)
	}
	if tries := recordField(t, url, id, "tries"); tries != strconv.Itoa(judge.MaxTries) {
		t.Errorf("it was tried %s times, want %d", tries, judge.MaxTries)
	}
	events := kinds(c.follow(t, id, "", nil))
	count := func(kind judge.EventKind) (n int) {
		for _, k := range events {
			if k == kind {
				n++
			}
		}
		return n
	}
	if count(judge.EventDone) != 1 || count(judge.EventRunning) != judge.MaxTries || slices.Contains(events, judge.EventTest) {
		t.Errorf("its events are %v", events)
	}
	if line := regexp.MustCompile(`level=ERROR msg="judging given up" submission=` + string(id) + `.*output validator.*`).FindString(d.said()); line == "" {
		t.Errorf("the log does not say why it was given up:\n%s", d.said())
	}
	a, err := c.send(t.Context(), http.MethodGet, "/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := `docket_judgings_total{language="python",verdict="JE"} 1` + "\n"; !strings.Contains(string(a.body), want) {
		t.Errorf("/metrics lacks %q:\n%s", want, a.body)
	}
}
