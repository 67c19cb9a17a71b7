package api

import (
	"context"
	"errors"
	"fmt"
	"net"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// watched makes the store tell when a watch begins ("" when the last ends).
func watched(c *client) chan judge.SubmissionID {
	ch := make(chan judge.SubmissionID, 64)
	c.store.mu.Lock()
	c.store.watching = ch
	c.store.mu.Unlock()
	return ch
}

// async sends a request beside the test.
func (c *client) async(method, target, body string, headers ...string) <-chan *reply {
	out := make(chan *reply, 1)
	go func() {
		a, err := c.try(method, target, body, headers...)
		if err != nil {
			c.t.Errorf("%s %s: %v", method, target, err)
			a = &reply{}
		}
		out <- a
	}()
	return out
}

func TestWaitAnswersWithTheFinalReport(t *testing.T) {
	c := start(t, nil)
	began := watched(c)
	pending := c.async("POST", "/v1/submissions?wait=30s", goProgram)
	id := <-began
	c.store.progress(id, judge.Event{Kind: judge.EventRunning, Attempt: 1, Total: 3})
	c.store.finish(id, judge.WA)
	var rep judge.Report
	(<-pending).decode(t, 200, &rep)
	if rep.ID != id || rep.Verdict != judge.WA || rep.State != judge.StateDone {
		t.Errorf("report %+v", rep)
	}
	if got := <-began; got != "" {
		t.Errorf("the watch goes on: %q", got)
	}

	pending = c.async("POST", "/v1/runs?wait=30", `{"language":"go","source":"x"}`)
	id = <-began
	c.store.finish(id, judge.AC)
	var run runReply
	(<-pending).decode(t, 200, &run)
	if run.ID != id || *run.Stdout != "hello\n" {
		t.Errorf("run %+v", run)
	}
	<-began

	late := c.submit(goProgram)
	pending = c.async("GET", "/v1/submissions/"+string(late.ID)+"?wait=30s", "")
	<-began
	c.store.finish(late.ID, judge.AC)
	(<-pending).decode(t, 200, &rep)
	if rep.Verdict != judge.AC {
		t.Errorf("report %+v", rep)
	}
}

func TestWaitEndsWithoutAReport(t *testing.T) {
	c := start(t, nil)
	var rep judge.Report
	c.do("POST", "/v1/submissions?wait=5ms", goProgram).decode(t, 202, &rep)
	if rep.State != judge.StateQueued {
		t.Errorf("report %+v", rep)
	}
	c.do("POST", "/v1/submissions?wait=0", goProgram).decode(t, 202, nil)
	for _, bad := range []string{"soon", "-1s", "-1"} {
		if f := c.do("POST", "/v1/submissions?wait="+bad, goProgram).failure(t, 400); f.Field != "wait" {
			t.Errorf("wait=%s: %+v", bad, f)
		}
	}
}

func TestWaitDoesNotPoll(t *testing.T) {
	c := start(t, nil)
	began := watched(c)
	pending := c.async("POST", "/v1/submissions?wait=30s", goProgram)
	id := <-began
	c.store.finish(id, judge.AC)
	(<-pending).decode(t, 200, nil)
	// One look when the wait began, and at most one for each of the notices
	// (two events, which may have become one).
	if n := c.store.count("Report"); n > 3 {
		t.Errorf("the report was read %d times", n)
	}
}

// A client that hangs up frees what waited for it, long before the wait's
// own end.
func TestWaitEndsWithItsClient(t *testing.T) {
	c := start(t, nil)
	began := watched(c)
	for _, request := range []string{
		"POST /v1/submissions?wait=60s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		"POST /v1/runs?wait=60s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
	} {
		conn, err := net.Dial("tcp", c.addr)
		if err != nil {
			t.Fatal(err)
		}
		body := goProgram
		if request[6:12] == "v1/run" {
			body = `{"language":"go","source":"x"}`
		}
		if _, err := fmt.Fprintf(conn, request, len(body), body); err != nil {
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
	// The last place is given back just after the watch ended.
	c.do("GET", "/healthz", "").decode(t, 200, nil)
}

// A connection serves the next request as ever after one that waited.
func TestConnectionLivesOnAfterAWait(t *testing.T) {
	c := start(t, nil)
	c.http.Transport = oneConnection(t)
	for range 3 {
		c.do("POST", "/v1/submissions?wait=2ms", goProgram).decode(t, 202, nil)
		c.do("GET", "/v1/languages", "").decode(t, 200, nil)
	}
}

func TestWaitingIsBounded(t *testing.T) {
	c := start(t, func(cfg *Config) { cfg.MaxWaiting = 1 })
	began := watched(c)
	pending := c.async("POST", "/v1/submissions?wait=30s", goProgram)
	id := <-began
	// What is stored is answered for, so that nobody sends it again.
	var rep judge.Report
	c.do("POST", "/v1/submissions?wait=30s", goProgram).decode(t, 202, &rep)
	if rep.State != judge.StateQueued || rep.ID == id || c.store.submission(rep.ID).ID != rep.ID {
		t.Errorf("report %+v", rep)
	}
	var run runReply
	c.do("POST", "/v1/runs?wait=30s", `{"language":"go","source":"x"}`).decode(t, 202, &run)
	if run.State != judge.StateQueued || c.store.submission(run.ID).Kind != judge.KindRun {
		t.Errorf("run %+v", run)
	}
	// Who only asks is told to come back.
	a := c.do("GET", "/v1/submissions/"+string(id)+"?wait=30s", "")
	if a.failure(t, 503); a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	c.do("GET", "/v1/submissions/"+string(id)+"/events", "").failure(t, 503)
	c.store.finish(id, judge.AC)
	(<-pending).decode(t, 200, nil)
}

// A submission that is stored is answered for, even when its report cannot be
// read any more.
func TestWaitOutlivesTheStore(t *testing.T) {
	c := start(t, nil)
	began := watched(c)
	pending := c.async("POST", "/v1/submissions?wait=30s", goProgram)
	id := <-began
	c.store.fail(errors.New("redis is away"))
	c.store.mu.Lock()
	c.store.append(id, judge.Event{Kind: judge.EventRunning, Attempt: 1}) // wakes the request
	c.store.mu.Unlock()
	var rep judge.Report
	(<-pending).decode(t, 202, &rep)
	if rep.ID != id {
		t.Errorf("report %+v", rep)
	}
}

func TestShutdownEndsWaiting(t *testing.T) {
	c := start(t, nil)
	began := watched(c)
	pending := c.async("POST", "/v1/submissions?wait=60s", goProgram)
	<-began
	if err := c.server.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	(<-pending).decode(t, 202, nil)
}

// One key cannot take all places for waiting.
func TestPlacesToWaitAreShared(t *testing.T) {
	c := keyed(t, func(cfg *Config) { cfg.MaxWaiting = 8 })
	began := watched(c)
	var waiting []<-chan *reply
	var ids []judge.SubmissionID
	for range 2 {
		waiting = append(waiting, c.async("POST", "/v1/submissions?wait=30s", goProgram, "X-API-Key", "dk_submit"))
		ids = append(ids, <-began)
	}
	at := "/v1/submissions/" + string(ids[0])
	c.do("GET", at+"?wait=30s", "", "X-API-Key", "dk_submit").failure(t, 503)
	c.do("GET", at+"/events", "", "X-API-Key", "dk_submit").failure(t, 503)
	waiting = append(waiting, c.async("POST", "/v1/submissions?wait=30s", goProgram, "X-API-Key", "dk_other"))
	ids = append(ids, <-began)
	for i, id := range ids {
		c.store.finish(id, judge.AC)
		(<-waiting[i]).decode(t, 200, nil)
	}
}
