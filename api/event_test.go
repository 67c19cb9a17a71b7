package api

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
)

func kinds(events []sseEvent) string {
	var out []string
	for _, e := range events {
		out = append(out, e.kind)
	}
	return strings.Join(out, " ")
}

func TestEventsFollowASubmission(t *testing.T) {
	c := start(t, nil)
	began := watched(c)
	rep := c.submit(goProgram)
	at := "/v1/submissions/" + string(rep.ID) + "/events"
	pending := c.async("GET", at, "")
	<-began
	c.store.progress(rep.ID, judge.Event{Kind: judge.EventRunning, Attempt: 1, Total: 1})
	c.store.progress(rep.ID, judge.Event{Kind: judge.EventCompiled, Attempt: 1, Compile: &judge.CompileReport{OK: true, Output: "a\nb"}})
	c.store.finish(rep.ID, judge.AC)
	a := <-pending
	a.decode(t, 200, nil)
	if got := a.header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("content type %q", got)
	}
	events := parseEvents(a.body)
	if got := kinds(events); got != "queued running compiled test done" {
		t.Fatalf("events %s", got)
	}
	var last judge.Event
	if err := json.Unmarshal([]byte(events[4].data), &last); err != nil || last.Report == nil || last.Report.Verdict != judge.AC {
		t.Errorf("last event %s (%v)", events[4].data, err)
	}

	// Whoever comes late gets all of it, whoever comes back gets the rest, and
	// who has seen the end is told not to come back.
	for after, want := range map[string]string{"": "queued running compiled test done", "3-0": "test done"} {
		a := c.do("GET", at, "", "Last-Event-ID", after)
		a.decode(t, 200, nil)
		if got := kinds(parseEvents(a.body)); got != want {
			t.Errorf("after %q: %s, want %s", after, got, want)
		}
	}
	c.do("GET", at, "", "Last-Event-ID", events[4].id).decode(t, 204, nil)
	for _, bad := range []string{"99-0", "x", "1-0 2", strings.Repeat("1", 65)} {
		if f := c.do("GET", at, "", "Last-Event-ID", bad).failure(t, 400); f.Field != "Last-Event-ID" {
			t.Errorf("%q: %+v", bad, f)
		}
	}
}

func TestEventsGoOnThroughARejudge(t *testing.T) {
	c := start(t, nil)
	rep := c.submit(goProgram)
	c.store.finish(rep.ID, judge.JE)
	if _, err := c.store.Rejudge(t.Context(), rep.ID); err != nil {
		t.Fatal(err)
	}
	c.store.finish(rep.ID, judge.AC)
	a := c.do("GET", "/v1/submissions/"+string(rep.ID)+"/events", "")
	if got := kinds(parseEvents(a.body)); got != "queued test done queued test done" {
		t.Errorf("events %s", got)
	}
}

func TestEventsOfLongJudgingsComeWhole(t *testing.T) {
	c := start(t, nil)
	rep := c.submit(goProgram)
	for range 3 * eventPage {
		c.store.progress(rep.ID, judge.Event{Kind: judge.EventTest, Attempt: 1, Test: &judge.TestReport{Name: "t", Verdict: judge.AC}})
	}
	c.store.finish(rep.ID, judge.AC)
	events := parseEvents(c.do("GET", "/v1/submissions/"+string(rep.ID)+"/events", "").body)
	if want := 3*eventPage + 3; len(events) != want {
		t.Fatalf("%d events, want %d", len(events), want)
	}
	for i, e := range events {
		if e.id != fmt.Sprintf("%d-0", i+1) {
			t.Fatalf("event %d has id %s", i, e.id)
		}
	}
}

func TestExpiredStreamStillEnds(t *testing.T) {
	c := start(t, nil)
	rep := c.submit(goProgram)
	c.store.finish(rep.ID, judge.TLE)
	c.store.mu.Lock()
	c.store.events[rep.ID] = nil
	c.store.mu.Unlock()
	events := parseEvents(c.do("GET", "/v1/submissions/"+string(rep.ID)+"/events", "").body)
	if kinds(events) != "done" || events[0].id != "" || !strings.Contains(events[0].data, `"TLE"`) {
		t.Errorf("events %+v", events)
	}
}

// stream opens an event stream and returns a reader of its lines.
func (c *client) stream(id judge.SubmissionID) (*http.Response, *bufio.Scanner) {
	c.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	c.t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.addr+"/v1/submissions/"+string(id)+"/events", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	res, err := c.http.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	return res, bufio.NewScanner(res.Body)
}

func until(t *testing.T, lines *bufio.Scanner, want string) {
	t.Helper()
	for lines.Scan() {
		if lines.Text() == want {
			return
		}
	}
	t.Fatalf("the stream ended without %q: %v", want, lines.Err())
}

func TestStreamsEndWithTheirKey(t *testing.T) {
	c := keyed(t, func(cfg *Config) { cfg.Heartbeat = time.Millisecond })
	c.headers = map[string]string{"X-API-Key": "dk_submit"}
	rep := c.submit(goProgram)
	at := "/v1/submissions/" + string(rep.ID) + "/events"
	began := watched(c)
	pending := c.async("GET", at, "")
	<-began
	for looks := c.store.count("LookupKey"); c.store.count("LookupKey") < looks+2; { // while the key is in force
		if t.Context().Err() != nil || len(pending) > 0 {
			t.Fatal("the stream ended, or does not ask for its key")
		}
		runtime.Gosched()
	}
	c.store.mu.Lock()
	revoked := time.Now()
	key := c.store.keys["dk_submit"]
	key.Revoked = &revoked
	c.store.keys["dk_submit"] = key
	c.store.mu.Unlock()
	if got := kinds(parseEvents((<-pending).body)); got != "queued" {
		t.Errorf("events %q", got)
	}
	c.do("GET", at, "").failure(t, 401)
}

func TestStreamsDoNotLastForEver(t *testing.T) {
	c := start(t, func(cfg *Config) { cfg.MaxStream = time.Millisecond })
	rep := c.submit(goProgram)
	a := c.do("GET", "/v1/submissions/"+string(rep.ID)+"/events", "")
	events := parseEvents(a.body)
	if got := kinds(events); got != "queued" {
		t.Fatalf("events %q", got)
	}
	c.store.finish(rep.ID, judge.AC)
	a = c.do("GET", "/v1/submissions/"+string(rep.ID)+"/events", "", "Last-Event-ID", events[0].id)
	if got := kinds(parseEvents(a.body)); got != "test done" {
		t.Errorf("after coming back: %q", got)
	}
}

func TestIdleStreamBeats(t *testing.T) {
	c := start(t, func(cfg *Config) { cfg.Heartbeat = time.Millisecond; cfg.WriteTimeout = time.Second })
	rep := c.submit(goProgram)
	res, lines := c.stream(rep.ID)
	defer res.Body.Close()
	until(t, lines, "event: queued")
	for range 3 {
		until(t, lines, ": alive")
	}
	c.store.finish(rep.ID, judge.AC)
	until(t, lines, "event: done")
	for lines.Scan() { // to its end
	}
	if err := lines.Err(); err != nil {
		t.Error(err)
	}
}

func TestStreamEndsWithItsClient(t *testing.T) {
	c := start(t, nil)
	began := watched(c)
	rep := c.submit(goProgram)
	conn, err := net.Dial("tcp", c.addr)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(conn, "GET /v1/submissions/%s/events HTTP/1.1\r\nHost: localhost\r\n\r\n", rep.ID); err != nil {
		t.Fatal(err)
	}
	<-began
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	if got := <-began; got != "" {
		t.Errorf("another watch began: %q", got)
	}
}

func TestShutdownEndsStreams(t *testing.T) {
	c := start(t, nil)
	rep := c.submit(goProgram)
	res, lines := c.stream(rep.ID)
	defer res.Body.Close()
	until(t, lines, "event: queued")
	if err := c.server.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
	}
	if err := lines.Err(); err != nil {
		t.Errorf("the stream was cut: %v", err)
	}
}
