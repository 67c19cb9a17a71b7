package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

// Submission reads what was sent.
func (s *Store) Submission(ctx context.Context, id judge.SubmissionID) (judge.Submission, error) {
	body, err := s.db.HGet(ctx, recordKey(id), "sub").Bytes()
	if errors.Is(err, redis.Nil) {
		return judge.Submission{}, notFound(id)
	}
	if err != nil {
		return judge.Submission{}, fmt.Errorf("reading submission %s: %w", id, err)
	}
	var sub judge.Submission
	if err := json.Unmarshal(body, &sub); err != nil {
		return judge.Submission{}, fmt.Errorf("reading submission %s: %w", id, err)
	}
	return sub, nil
}

// Report is the account of the latest judging, in any state: while it runs,
// it holds the compiler's words and the tests that have ended so far.
func (s *Store) Report(ctx context.Context, id judge.SubmissionID) (judge.Report, error) {
	rec, err := s.record(ctx, id)
	if err != nil {
		return judge.Report{}, fmt.Errorf("reading report %s: %w", id, err)
	}
	rep, err := s.reportOf(ctx, rec)
	if err != nil {
		return judge.Report{}, fmt.Errorf("reading report %s: %w", id, err)
	}
	return rep, nil
}

func (s *Store) reportOf(ctx context.Context, rec record) (judge.Report, error) {
	switch rec.state {
	case judge.StateDone, judge.StateCancelled:
		full, err := s.db.HGet(ctx, reportsKey(rec.id), strconv.Itoa(rec.attempt)).Result()
		if errors.Is(err, redis.Nil) { // a rejudge began since the record was read
			return rec.report()
		}
		if err != nil {
			return judge.Report{}, err
		}
		return rec.decode(full)
	case judge.StateRunning:
		rep, err := rec.report()
		if err != nil {
			return judge.Report{}, err
		}
		events, err := s.events(ctx, rec.id, "", 0)
		if err != nil {
			return judge.Report{}, err
		}
		addProgress(&rep, events)
		return rep, nil
	}
	return rec.report()
}

// addProgress fills a report with what the events of its attempt say. A
// judging that was begun again starts from nothing.
func addProgress(rep *judge.Report, events []judge.Event) {
	at := make(map[string]int)
	for _, e := range events {
		if e.Attempt != rep.Attempt {
			continue
		}
		switch e.Kind {
		case judge.EventQueued:
			rep.Compile, rep.Tests, rep.Summary = nil, nil, judge.Summary{}
			clear(at)
		case judge.EventRunning:
			rep.Compile, rep.Tests, rep.Summary = nil, nil, judge.Summary{Total: e.Total}
			clear(at)
		case judge.EventCompiled:
			rep.Compile = e.Compile
		case judge.EventTest:
			if e.Test == nil {
				continue
			}
			if i, ok := at[e.Test.Name]; ok { // an event sent twice
				rep.Tests[i] = *e.Test
				continue
			}
			at[e.Test.Name] = len(rep.Tests)
			rep.Tests = append(rep.Tests, *e.Test)
		}
	}
	sum := judge.Summary{Total: max(rep.Summary.Total, len(rep.Tests))}
	for _, t := range rep.Tests {
		if t.Verdict == judge.AC {
			sum.Passed++
		}
		sum.CPUMillisTotal += t.CPUMillis
		sum.CPUMillisMax = max(sum.CPUMillisMax, t.CPUMillis)
		sum.MemoryKiBMax = max(sum.MemoryKiBMax, t.MemoryKiB)
	}
	rep.Summary = sum
}

// Attempts are the reports of all judgings, oldest first; the last is what
// Report answers.
func (s *Store) Attempts(ctx context.Context, id judge.SubmissionID) ([]judge.Report, error) {
	rec, err := s.record(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("reading attempts of %s: %w", id, err)
	}
	stored, err := s.db.HGetAll(ctx, reportsKey(id)).Result()
	if err != nil {
		return nil, fmt.Errorf("reading attempts of %s: %w", id, err)
	}
	reps := make([]judge.Report, 0, len(stored)+1)
	for _, full := range stored {
		rep, err := rec.decode(full)
		if err != nil {
			return nil, fmt.Errorf("reading attempts of %s: %w", id, err)
		}
		reps = append(reps, rep)
	}
	if !rec.state.Final() {
		rep, err := s.reportOf(ctx, rec)
		if err != nil {
			return nil, fmt.Errorf("reading attempts of %s: %w", id, err)
		}
		if _, ended := stored[strconv.Itoa(rec.attempt)]; !ended {
			reps = append(reps, rep)
		}
	}
	slices.SortFunc(reps, func(a, b judge.Report) int { return a.Attempt - b.Attempt })
	return reps, nil
}

// firstEvent is the id of a submission's first event, which is not written
// but read out of the record: acceptance is the busiest path of all. It lies
// below every id that a stream gives.
const firstEvent = "0-1"

// Events reads at most limit events of the stream that come after the event
// with the id after; "" means from the first, a limit below 1 all. An after
// that is not an event's id is a judge.Error of CodeInvalid.
func (s *Store) Events(ctx context.Context, id judge.SubmissionID, after string, limit int64) ([]judge.Event, error) {
	if after != "" && !validEventID(after) {
		return nil, judge.Invalid("Last-Event-ID", "is not the id of an event")
	}
	events, err := s.events(ctx, id, after, limit)
	if err != nil {
		return nil, fmt.Errorf("reading events of %s: %w", id, err)
	}
	return events, nil
}

func (s *Store) events(ctx context.Context, id judge.SubmissionID, after string, limit int64) ([]judge.Event, error) {
	var events []judge.Event
	from := "(" + after
	if after == "" {
		from = "-"
	}
	var headText *redis.StringCmd
	var entries *redis.XMessageSliceCmd
	_, err := s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		headText = p.HGet(ctx, recordKey(id), "head")
		if limit > 0 {
			entries = p.XRangeN(ctx, streamKey(id), from, "+", limit)
		} else {
			entries = p.XRange(ctx, streamKey(id), from, "+")
		}
		return nil
	})
	if errors.Is(headText.Err(), redis.Nil) {
		return nil, notFound(id)
	}
	if err != nil {
		return nil, err
	}
	if after == "" {
		var h head
		if err := json.Unmarshal([]byte(headText.Val()), &h); err != nil {
			return nil, fmt.Errorf("record: %w", err)
		}
		events = append(events, judge.Event{
			ID: firstEvent, Kind: judge.EventQueued, Attempt: 1, At: h.Created,
		})
	}
	for _, x := range entries.Val() {
		if limit > 0 && int64(len(events)) == limit {
			break
		}
		text, _ := x.Values["e"].(string)
		var e judge.Event
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			return nil, fmt.Errorf("event %s: %w", x.ID, err)
		}
		e.ID = x.ID
		if e.Kind == judge.EventDone || e.Kind == judge.EventCancelled {
			if e.Report, err = s.ended(ctx, id, e.Attempt); err != nil {
				return nil, err
			}
		}
		events = append(events, e)
	}
	return events, nil
}

// ended reads the report of a judging that has ended.
func (s *Store) ended(ctx context.Context, id judge.SubmissionID, attempt int) (*judge.Report, error) {
	full, err := s.db.HGet(ctx, reportsKey(id), strconv.Itoa(attempt)).Result()
	if errors.Is(err, redis.Nil) {
		return nil, nil // it expired between two reads
	}
	if err != nil {
		return nil, err
	}
	rec, err := s.record(ctx, id)
	if err != nil {
		return nil, err
	}
	rep, err := rec.decode(full)
	if err != nil {
		return nil, err
	}
	return &rep, nil
}

// validEventID reports whether s has the form of a stream's entry id.
func validEventID(s string) bool {
	ms, seq, ok := strings.Cut(s, "-")
	return ok && digits(ms) && digits(seq)
}

func digits(s string) bool {
	if s == "" || len(s) > 19 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
