package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/docketjudge/docket/judge"
)

const someID = judge.SubmissionID("0192d0f4-5c6e-7b1a-9c3d-2f6a7b8c9d0e")

// against is a client of a server that behaves as the test wants.
func against(t *testing.T, handle http.HandlerFunc) *client {
	t.Helper()
	ignored := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, ignored) })
	s := httptest.NewServer(handle)
	t.Cleanup(s.Close)
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &client{base: s.URL, http: &http.Client{Transport: transport}, idle: time.Minute, pause: time.Millisecond}
}

// breakOff ends a connection without ending the answer.
func breakOff() { panic(http.ErrAbortHandler) }

func answerJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func answerProblem(w http.ResponseWriter, status int, code judge.Code, field, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"code": code, "title": "Title", "status": status, "field": field, "detail": detail, "request_id": "r-1"})
}

func event(id string, e judge.Event) string {
	data, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("id: %s\nevent: %s\ndata: %s\n\n", id, e.Kind, data)
}

func finalReport(attempt int) *judge.Report {
	return &judge.Report{ID: someID, State: judge.StateDone, Verdict: judge.WA, Attempt: attempt}
}

func doneEvent(id string) string {
	return event(id, judge.Event{Kind: judge.EventDone, Attempt: 1, Report: finalReport(1)})
}

func testEvent(id, name string) string {
	return event(id, judge.Event{Kind: judge.EventTest, Attempt: 1, Test: &judge.TestReport{Name: name, Verdict: judge.AC}})
}

func stream(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "text/event-stream")
	_, _ = io.WriteString(w, text)
	w.(http.Flusher).Flush()
}

// followed follows attempt 1 and returns the names of the tests told of.
func followed(t *testing.T, c *client) (report, []string) {
	t.Helper()
	var tests []string
	r, err := c.follow(t.Context(), someID, 1, func(e judge.Event) {
		if e.Test != nil {
			tests = append(tests, e.Test.Name)
		}
	})
	if err != nil {
		t.Fatalf("following: %v", err)
	}
	if r.Verdict != judge.WA {
		t.Errorf("the report is %s", r.raw)
	}
	return r, tests
}

func TestFollowResumesWhereItBroke(t *testing.T) {
	var asked []string
	c := against(t, func(w http.ResponseWriter, r *http.Request) {
		last := r.Header.Get("Last-Event-ID")
		asked = append(asked, last)
		switch last {
		case "": // breaks amid the second event
			stream(w, testEvent("1-0", "a")+"id: 2-0\nevent: test\ndata: {\"kind\"")
			breakOff()
		case "1-0": // ends in good order, but too early, as a server that stops does
			stream(w, ": alive\n\n"+testEvent("2-0", "b"))
		case "2-0":
			stream(w, testEvent("3-0", "c")+doneEvent("4-0"))
		}
	})
	_, tests := followed(t, c)
	if !slices.Equal(tests, []string{"a", "b", "c"}) || !slices.Equal(asked, []string{"", "1-0", "2-0"}) {
		t.Errorf("told of %q after asking %q", tests, asked)
	}
}

func TestFollowFallsBackToPolling(t *testing.T) {
	for name, events := range map[string]http.HandlerFunc{
		"a proxy answers":      func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") },
		"never a whole event":  func(w http.ResponseWriter, _ *http.Request) { stream(w, "id: 1"); breakOff() },
		"always an error":      func(w http.ResponseWriter, _ *http.Request) { answerProblem(w, 503, judge.CodeUnavailable, "", "full") },
		"no JSON":              func(w http.ResponseWriter, _ *http.Request) { stream(w, "data: what?\n\n") },
		"nothing more to tell": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		"done without report": func(w http.ResponseWriter, _ *http.Request) {
			stream(w, event("1", judge.Event{Kind: judge.EventDone, Attempt: 1}))
		},
		"silence": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		t.Run(name, func(t *testing.T) {
			var polls atomic.Int32
			c := against(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/events") {
					events(w, r)
					return
				}
				running := finalReport(1)
				running.State, running.Verdict = judge.StateRunning, ""
				if polls.Add(1) < 3 {
					answerJSON(w, 200, running)
					return
				}
				answerJSON(w, 200, finalReport(1))
			})
			if name == "silence" {
				c.idle = 10 * time.Millisecond
			}
			followed(t, c)
			if polls.Load() != 3 {
				t.Errorf("the report was asked for %d times", polls.Load())
			}
		})
	}
}

func TestFollowLeavesOutEarlierAttempts(t *testing.T) {
	c := against(t, func(w http.ResponseWriter, _ *http.Request) {
		again := judge.Event{Kind: judge.EventTest, Attempt: 2, Test: &judge.TestReport{Name: "new"}}
		stream(w, testEvent("1", "old")+doneEvent("2")+event("3", again)+
			event("4", judge.Event{Kind: judge.EventDone, Attempt: 2, Report: finalReport(2)}))
	})
	var tests []string
	r, err := c.follow(t.Context(), someID, 2, func(e judge.Event) {
		if e.Test != nil {
			tests = append(tests, e.Test.Name)
		}
	})
	if err != nil || r.Attempt != 2 || !slices.Equal(tests, []string{"new"}) {
		t.Errorf("attempt %d, tests %q, error %v", r.Attempt, tests, err)
	}
}

func TestFollowEndsAtARefusal(t *testing.T) {
	var asked atomic.Int32
	c := against(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		answerProblem(w, 404, judge.CodeNotFound, "", "There is no submission with this id.")
	})
	_, err := c.follow(t.Context(), someID, 1, func(judge.Event) {})
	if judge.CodeOf(err) != judge.CodeNotFound || asked.Load() != 1 {
		t.Errorf("asked %d times, error %v", asked.Load(), err)
	}
}

func TestFollowEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := against(t, func(w http.ResponseWriter, r *http.Request) {
		stream(w, ": alive\n\n")
		cancel()
		<-r.Context().Done()
	})
	_, err := c.follow(ctx, someID, 1, func(judge.Event) {})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if said := stillGoing(ctx, someID, err).Error(); !strings.Contains(said, "docket cancel "+string(someID)) {
		t.Errorf("the caller is told %q", said)
	}
}

func TestCallSendsAgainUnderTheSameName(t *testing.T) {
	var names []string
	c := against(t, func(w http.ResponseWriter, r *http.Request) {
		names = append(names, r.Header.Get("Idempotency-Key"))
		switch len(names) {
		case 1:
			answerProblem(w, 503, judge.CodeUnavailable, "", "full")
		case 2:
			breakOff() // it may have arrived
		default:
			answerJSON(w, 202, finalReport(1))
		}
	})
	var out judge.Report
	if err := c.call(t.Context(), http.MethodPost, "/v1/submissions", struct{}{}, &out); err != nil || out.ID != someID {
		t.Fatalf("report %v, error %v", out, err)
	}
	if len(names) != 3 || names[0] == "" || names[1] != names[0] || names[2] != names[0] {
		t.Errorf("the request was sent as %q", names)
	}
}

func TestCallGivesUp(t *testing.T) {
	var asked atomic.Int32
	c := against(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		answerProblem(w, 503, judge.CodeUnavailable, "", "Docket is full.")
	})
	err := c.call(t.Context(), http.MethodGet, "/", nil, nil)
	if asked.Load() != maxTries || err == nil || err.Error() != "the server failed: Docket is full (request r-1)" {
		t.Errorf("asked %d times, error %v", asked.Load(), err)
	}
}

// TestServerRefusals: what people are told, and the exit code.
func TestServerRefusals(t *testing.T) {
	for _, c := range []struct {
		name   string
		key    string
		answer http.HandlerFunc
		want   string
		code   int
	}{
		{"a wrong field", "", func(w http.ResponseWriter, _ *http.Request) {
			answerProblem(w, 400, judge.CodeInvalid, "user", "must be short.")
		}, "user: must be short", exitUsage},
		{"no such problem", "", func(w http.ResponseWriter, _ *http.Request) {
			answerProblem(w, 400, judge.CodeInvalid, "problem", `there is no problem "x"`)
		}, "problem: there is no problem \"x\"; `docket problems list` shows what there is", exitUsage},
		{"no key", "", func(w http.ResponseWriter, _ *http.Request) {
			answerProblem(w, 401, judge.CodeUnauth, "", "no")
		}, "set DOCKET_API_KEY", exitTrouble},
		{"a bad key", "dk_x", func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "Bearer dk_x" {
				t.Errorf("the key was sent as %q", r.Header.Get("Authorization"))
			}
			answerProblem(w, 401, judge.CodeUnauth, "", "no")
		}, "does not know the API key in DOCKET_API_KEY", exitTrouble},
		{"too late", "", func(w http.ResponseWriter, _ *http.Request) {
			answerProblem(w, 409, judge.CodeConflict, "", "it is done")
		}, "it is done", exitNo},
		{"another server", "", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<html>welcome")
		}, "answered 200 OK: is that the address of a docket server?", exitTrouble},
		{"another server's error", "", http.NotFound, "answered 404 Not Found: is that", exitTrouble},
		{"a hostile server", "", func(w http.ResponseWriter, _ *http.Request) {
			answerProblem(w, 400, judge.CodeInvalid, "", "\x1b[2Jgone")
		}, `\x1b[2Jgone`, exitUsage},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := against(t, c.answer)
			server.key = c.key
			err := exitFor(server.call(t.Context(), http.MethodGet, "/", nil, nil))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error %v, want %q", err, c.want)
			}
			var exit *exitError
			code := exitTrouble
			if errors.As(err, &exit) {
				code = exit.code
			}
			if code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
		})
	}
}

// TestInterruptedBeforeAcceptance: nothing was accepted, so nothing goes on.
func TestInterruptedBeforeAcceptance(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := against(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
	if err := exitFor(c.call(ctx, http.MethodPost, "/", struct{}{}, nil)); !errors.Is(err, errInterrupted) {
		t.Errorf("error %v", err)
	}
}

func TestEveryVerdictHasAnExitCode(t *testing.T) {
	for _, v := range judge.Verdicts() {
		err := exitOf(judge.StateDone, v)
		var exit *exitError
		switch {
		case v == judge.AC && err != nil, v != judge.AC && (!errors.As(err, &exit) || exit.code == exitOK):
			t.Errorf("%s: %v", v, err)
		}
	}
	if err := exitOf(judge.StateDone, "XX"); err == nil || !strings.Contains(err.Error(), "XX") {
		t.Errorf("an unknown verdict: %v", err)
	}
}
