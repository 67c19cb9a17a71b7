package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/docketjudge/docket/judge"
)

// progressEvent is an event of a submission's stream, with the report as the
// server sent it.
type progressEvent struct {
	judge.Event
	Report json.RawMessage `json:"report"`
}

// errNoStream says that events do not come through, and polling must do.
var errNoStream = errors.New("the server's events do not come through")

// follow waits for the report of a judging: it follows the submission's
// events, tells of each, and comes back with the last one's id when the
// connection breaks. Where events do not come through it asks for the report
// itself. Events of attempts before the given one are left out.
func (c *client) follow(ctx context.Context, id judge.SubmissionID, attempt int, tell func(judge.Event)) (report, error) {
	var (
		last  string
		pause = c.pause
	)
	for failures := 0; failures < maxTries; {
		seen := last
		raw, err := c.listen(ctx, id, attempt, &last, tell)
		switch {
		case err == nil && len(raw) > 0 && raw[0] == '{':
			return c.readReport(raw)
		case err == nil: // the stream has no more, so there is a report
			return c.poll(ctx, id, attempt)
		case ctx.Err() != nil:
			return report{}, ctx.Err()
		case errors.Is(err, errNoStream):
			return c.poll(ctx, id, attempt)
		case final(err):
			return report{}, err
		}
		failures++
		if last != seen {
			failures, pause = 0, c.pause
		}
		if err := sleep(ctx, pause); err != nil {
			return report{}, err
		}
		pause = min(2*pause, longestPause)
	}
	return c.poll(ctx, id, attempt)
}

// final reports whether a refusal will not change by asking again.
func final(err error) bool {
	var refused *refusalError
	return errors.As(err, &refused) && refused.status < 500 && refused.status != http.StatusTooManyRequests
}

// listen follows one connection's worth of events after last, which it moves
// on. It returns the report of the final one, and neither report nor error
// when the server says that there is no more or the event came without.
func (c *client) listen(ctx context.Context, id judge.SubmissionID, attempt int, last *string, tell func(judge.Event)) (json.RawMessage, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// A connection that is open and silent is as good as broken.
	silence := time.AfterFunc(c.idle, cancel)
	defer silence.Stop()

	req, err := c.request(ctx, http.MethodGet, "/v1/submissions/"+string(id)+"/events", nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "text/event-stream")
	if *last != "" {
		req.Header.Set("Last-Event-ID", *last)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.unreachable(err)
	}
	defer resp.Body.Close() //nolint:errcheck // only read
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	switch {
	case resp.StatusCode == http.StatusNoContent:
		return nil, nil
	case resp.StatusCode == http.StatusOK && media != "text/event-stream":
		return nil, errNoStream
	case resp.StatusCode != http.StatusOK:
		body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
		if err != nil {
			return nil, c.unreachable(err)
		}
		return nil, c.refusal(resp, body)
	}
	events := newEventReader(&awake{r: resp.Body, timer: silence, idle: c.idle})
	for {
		se, err := events.next()
		if err != nil {
			return nil, c.unreachable(err)
		}
		var e progressEvent
		if err := json.Unmarshal([]byte(se.Data), &e); err != nil {
			return nil, fmt.Errorf("%w: event %q: %w", errNoStream, printable(se.ID), err)
		}
		*last, e.ID = se.ID, se.ID
		if e.Attempt < attempt {
			continue
		}
		tell(e.Event)
		if e.Kind == judge.EventDone || e.Kind == judge.EventCancelled {
			return e.Report, nil
		}
	}
}

// poll asks for the report until it is final.
func (c *client) poll(ctx context.Context, id judge.SubmissionID, attempt int) (report, error) {
	for {
		asked := time.Now()
		r, err := c.report(ctx, id, longPoll)
		if err != nil {
			return r, err
		}
		if r.Attempt >= attempt && r.State.Final() {
			return r, nil
		}
		// A server that does not wait, because it stops or is full, is not to
		// be asked in a tight loop.
		if time.Since(asked) < c.pause {
			if err := sleep(ctx, c.pause); err != nil {
				return r, err
			}
		}
	}
}

// awake puts a timer off with every read.
type awake struct {
	r     io.Reader
	timer *time.Timer
	idle  time.Duration
}

func (a *awake) Read(p []byte) (int, error) {
	n, err := a.r.Read(p)
	a.timer.Reset(a.idle)
	return n, err
}
