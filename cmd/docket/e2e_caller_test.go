//go:build !quick

package main_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// caller is a client of the HTTP API that knows nothing of docket's own.
type caller struct{ base string }

// answer is what a request was answered with.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (c *caller) send(ctx context.Context, method, path string, body any, header ...string) (answer, error) {
	var text io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return answer{}, err
		}
		text = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, text)
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	a := answer{status: resp.StatusCode, header: resp.Header}
	a.body, err = io.ReadAll(resp.Body)
	return a, err
}

// call sends a request whose answer must have a status, and reads it into out
// unless that is nil.
func (c *caller) call(t *testing.T, method, path string, status int, body, out any, header ...string) {
	t.Helper()
	a, err := c.send(t.Context(), method, path, body, header...)
	if err != nil {
		t.Fatal(err)
	}
	if a.status != status {
		t.Fatalf("%s %s: status %d, want %d: %s", method, path, a.status, status, a.body)
	}
	if out != nil {
		if err := json.Unmarshal(a.body, out); err != nil {
			t.Fatalf("%s %s: %v: %s", method, path, err, a.body)
		}
	}
}

// submission is what is posted.
type submission struct {
	Problem  judge.Slug     `json:"problem"`
	Language judge.Language `json:"language"`
	Source   string         `json:"source"`
	User     string         `json:"user,omitempty"`
}

func (c *caller) submit(t *testing.T, s submission) judge.SubmissionID {
	t.Helper()
	var r judge.Report
	c.call(t, http.MethodPost, "/v1/submissions", http.StatusAccepted, s, &r)
	return r.ID
}

// final waits until a judging has ended.
func (c *caller) final(ctx context.Context, id judge.SubmissionID) (judge.Report, error) {
	for {
		a, err := c.send(ctx, http.MethodGet, "/v1/submissions/"+string(id)+"?wait=30s", nil)
		if err != nil {
			return judge.Report{}, err
		}
		var r judge.Report
		if err := json.Unmarshal(a.body, &r); err != nil || a.status != http.StatusOK {
			return judge.Report{}, fmt.Errorf("status %d, %w: %s", a.status, err, a.body)
		}
		if r.State.Final() {
			return r, nil
		}
	}
}

// ended posts what is to be judged, waits for its end however long the host
// takes, and reads the report into out.
func (c *caller) ended(t *testing.T, path string, body, out any) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	a, err := c.send(ctx, http.MethodPost, path+"?wait=30s", body)
	for {
		if err != nil {
			t.Fatal(err)
		}
		var r struct {
			ID    string
			State judge.State
		}
		if err := json.Unmarshal(a.body, &r); err != nil || a.status != http.StatusOK && a.status != http.StatusAccepted {
			t.Fatalf("POST %s: status %d, %v: %s", path, a.status, err, a.body)
		}
		if r.State.Final() {
			break
		}
		a, err = c.send(ctx, http.MethodGet, path+"/"+r.ID+"?wait=30s", nil)
	}
	if err := json.Unmarshal(a.body, out); err != nil {
		t.Fatalf("POST %s: %v: %s", path, err, a.body)
	}
}

// report is final for a test that has nothing else to do.
func (c *caller) report(t *testing.T, id judge.SubmissionID) judge.Report {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r, err := c.final(ctx, id)
	if err != nil {
		t.Fatalf("waiting for %s: %v", id, err)
	}
	return r
}

// judged submits and waits.
func (c *caller) judged(t *testing.T, s submission) judge.Report {
	t.Helper()
	return c.report(t, c.submit(t, s))
}

// streamed is an event as the stream shows it.
type streamed struct {
	id   string
	name judge.EventKind
	judge.Event
}

// follow reads a submission's events after one of them until the stream ends
// or until returns true.
func (c *caller) follow(t *testing.T, id judge.SubmissionID, after string, until func(streamed) bool) []streamed {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/v1/submissions/"+string(id)+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	if after != "" {
		req.Header.Set("Last-Event-ID", after)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("following %s: %s", id, resp.Status)
	}
	var (
		all []streamed
		e   streamed
	)
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		field, value, _ := strings.Cut(lines.Text(), ": ")
		switch field {
		case "id":
			e.id = value
		case "event":
			e.name = judge.EventKind(value)
		case "data":
			if err := json.Unmarshal([]byte(value), &e.Event); err != nil {
				t.Fatalf("event %s: %v: %s", e.id, err, value)
			}
			all = append(all, e)
			if until != nil && until(e) {
				return all
			}
			e = streamed{}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatalf("following %s: %v", id, err)
	}
	if until != nil {
		t.Fatalf("the events of %s ended too early: %v", id, kinds(all))
	}
	return all
}

// awaitEvent waits for an event of a kind.
func (c *caller) awaitEvent(t *testing.T, id judge.SubmissionID, kind judge.EventKind) {
	t.Helper()
	c.follow(t, id, "", func(e streamed) bool { return e.name == kind })
}

func kinds(events []streamed) []judge.EventKind {
	out := make([]judge.EventKind, 0, len(events))
	for _, e := range events {
		out = append(out, e.name)
	}
	return out
}
