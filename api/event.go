package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/docketjudge/docket/judge"
)

// eventPage is how many events are read from the store at once.
const eventPage = 128

// followEvents answers GET /v1/submissions/{id}/events.
func followEvents(s *Server, r *request) error {
	rep, err := s.readable(r)
	if err != nil {
		return err
	}
	after := r.Get("Last-Event-ID")
	if !eventID(after) {
		return judge.Invalid("Last-Event-ID", "must be the id of an event of this stream")
	}
	// The first read happens here, where an error can still be answered.
	ctx, cancel := s.bounded()
	defer cancel()
	first, err := s.cfg.Store.Events(ctx, rep.ID, after, eventPage)
	if err != nil {
		return err
	}
	if len(first) == 0 && rep.State.Final() {
		if after != "" {
			// The client has seen the end. This is how an EventSource is told
			// not to come back.
			r.Status(http.StatusNoContent)
			return nil
		}
		// The stream has expired and the report has not.
		first = []judge.Event{lastEvent(rep)}
	}
	done, err := s.hold(r.key)
	if err != nil {
		return err
	}
	h := &r.Response().Header
	h.SetContentType("text/event-stream")
	h.Set("X-Accel-Buffering", "no") // proxies that would collect events are asked not to
	st := &stream{server: s, id: rep.ID, after: after, conn: r.Context().Conn(), requestID: r.id, secret: r.secret}
	r.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer done()
		st.run(w, first)
	})
	return nil
}

// eventID reports whether a string could be the id of an event.
func eventID(s string) bool {
	if len(s) > 64 {
		return false
	}
	for i := range len(s) {
		if (s[i] < '0' || s[i] > '9') && s[i] != '-' {
			return false
		}
	}
	return true
}

// lastEvent is the final event of a report whose stream is no more.
func lastEvent(rep judge.Report) judge.Event {
	e := judge.Event{Kind: judge.EventDone, Attempt: rep.Attempt, At: rep.Created, Report: &rep}
	if rep.State == judge.StateCancelled {
		e.Kind = judge.EventCancelled
	}
	if rep.Finished != nil {
		e.At = *rep.Finished
	}
	return e
}

// stream sends a submission's events to one client. It runs on a goroutine of
// its own beside fasthttp, and touches nothing of the request.
type stream struct {
	server    *Server
	id        judge.SubmissionID
	after     string
	conn      net.Conn
	requestID string
	secret    string // of the API key
	buf       bytes.Buffer
}

// run sends events until the final one has been sent and nothing followed it,
// the client is gone, its key was revoked, its time is up or the server stops.
func (t *stream) run(w *bufio.Writer, first []judge.Event) {
	s := t.server
	defer func() {
		if v := recover(); v != nil {
			s.cfg.Log.Error("panic while streaming events", "request_id", t.requestID, "submission", t.id,
				"panic", v, "stack", string(debug.Stack()))
		}
	}()
	changed, unwatch := s.cfg.Store.Watch(t.id)
	defer unwatch()
	gone, leave := watchPeer(t.conn)
	defer leave()
	beat := time.NewTicker(s.cfg.Heartbeat)
	defer beat.Stop()
	life := time.NewTimer(s.cfg.MaxStream)
	defer life.Stop()

	if _, err := w.WriteString("retry: 1000\n\n"); err != nil {
		return
	}
	final, err := t.send(w, first)
	if err != nil {
		return
	}
	for {
		more, err := t.read()
		if err != nil {
			s.cfg.Log.Error("reading events", "request_id", t.requestID, "submission", t.id, "err", err)
			return // the client comes back with the id of the last event that it got
		}
		if len(more) > 0 {
			if final, err = t.send(w, more); err != nil {
				return
			}
		}
		switch {
		case len(more) == eventPage:
			continue
		case final:
			return
		}
		select {
		case _, open := <-changed:
			if !open {
				changed = nil
			}
		case <-beat.C:
			if t.revoked() {
				return
			}
			if _, err := w.WriteString(": alive\n\n"); err != nil || t.flush(w) != nil {
				return
			}
		case <-gone:
			return
		case <-life.C:
			return
		case <-s.stopping:
			return
		}
	}
}

// revoked reports whether the key with which the stream was begun is no longer
// in force. While nobody can tell, the stream goes on.
func (t *stream) revoked() bool {
	if t.secret == "" {
		return false
	}
	ctx, cancel := t.server.bounded()
	defer cancel()
	_, err := t.server.keyOf(ctx, t.secret)
	return judge.CodeOf(err) == judge.CodeUnauth
}

func (t *stream) read() ([]judge.Event, error) {
	ctx, cancel := context.WithTimeout(context.Background(), t.server.cfg.RequestTimeout)
	defer cancel()
	return t.server.cfg.Store.Events(ctx, t.id, t.after, eventPage)
}

// send writes events and reports whether the last of them is final.
func (t *stream) send(w *bufio.Writer, events []judge.Event) (final bool, err error) {
	for _, e := range events {
		if e.ID != "" {
			t.after = e.ID
			_, _ = fmt.Fprintf(w, "id: %s\n", e.ID) // errors stay in w until it is flushed
		}
		final = e.Kind == judge.EventDone || e.Kind == judge.EventCancelled
		t.buf.Reset()
		enc := json.NewEncoder(&t.buf)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(e); err != nil {
			return final, fmt.Errorf("writing event %s: %w", e.ID, err)
		}
		_, _ = fmt.Fprintf(w, "event: %s\ndata: %s\n", e.Kind, t.buf.Bytes()) // the encoder ends its line
	}
	return final, t.flush(w)
}

// flush hands what was written to the client, who has WriteTimeout to take it
// from then on.
func (t *stream) flush(w *bufio.Writer) error {
	if err := t.conn.SetWriteDeadline(time.Now().Add(t.server.cfg.WriteTimeout)); err != nil {
		return fmt.Errorf("bounding a write: %w", err)
	}
	return w.Flush()
}
