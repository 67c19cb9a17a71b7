package api

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
)

// fakeStore keeps submissions in memory. Tests drive the judging by hand.
type fakeStore struct {
	mu       sync.Mutex
	reports  map[judge.SubmissionID][]judge.Report // by attempt
	sent     map[judge.SubmissionID]judge.Submission
	events   map[judge.SubmissionID][]judge.Event
	watchers map[judge.SubmissionID]map[chan struct{}]bool
	idem     map[string]string // "id digest"
	keys     map[string]judge.Key
	pending  map[string]int64
	failing  error // what every call returns, when set
	calls    map[string]int
	watching chan judge.SubmissionID // receives when a watch begins, when set
}

func newFakeStore() *fakeStore {
	return &fakeStore{
		reports: map[judge.SubmissionID][]judge.Report{}, sent: map[judge.SubmissionID]judge.Submission{},
		events: map[judge.SubmissionID][]judge.Event{}, watchers: map[judge.SubmissionID]map[chan struct{}]bool{},
		idem: map[string]string{}, keys: map[string]judge.Key{}, pending: map[string]int64{}, calls: map[string]int{},
	}
}

// enter locks the store and counts the call.
func (f *fakeStore) enter(call string) error {
	f.mu.Lock()
	f.calls[call]++
	return f.failing
}

func digest(s judge.Submission) string {
	s.ID, s.Created, s.Queue = "", time.Time{}, ""
	b, _ := json.Marshal(s)
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

func (f *fakeStore) Create(_ context.Context, s judge.Submission, key string) (judge.SubmissionID, bool, error) {
	err := f.enter("Create")
	defer f.mu.Unlock()
	if err != nil {
		return "", false, err
	}
	if key != "" {
		key = s.KeyID + "/" + key
		if was, ok := f.idem[key]; ok {
			id, sum, _ := strings.Cut(was, " ")
			if sum != digest(s) {
				return "", false, judge.Conflict("the idempotency key was used for something else")
			}
			return judge.SubmissionID(id), false, nil
		}
		f.idem[key] = string(s.ID) + " " + digest(s)
	}
	f.sent[s.ID] = s
	f.pending[s.KeyID]++
	f.reports[s.ID] = []judge.Report{{ID: s.ID, Kind: s.Kind, Problem: s.Problem, Language: s.Language, State: judge.StateQueued,
		Attempt: 1, User: s.User, Metadata: s.Metadata, KeyID: s.KeyID, Created: s.Created}}
	f.append(s.ID, judge.Event{Kind: judge.EventQueued, Attempt: 1, At: s.Created})
	return s.ID, true, nil
}

// append adds an event and wakes those who watch. The store is locked.
func (f *fakeStore) append(id judge.SubmissionID, e judge.Event) {
	e.ID = fmt.Sprintf("%d-0", len(f.events[id])+1)
	f.events[id] = append(f.events[id], e)
	for ch := range f.watchers[id] {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}

func (f *fakeStore) Report(_ context.Context, id judge.SubmissionID) (judge.Report, error) {
	err := f.enter("Report")
	defer f.mu.Unlock()
	if err != nil {
		return judge.Report{}, err
	}
	reps := f.reports[id]
	if len(reps) == 0 {
		return judge.Report{}, judge.NotFound("submission %s is not known", id)
	}
	return reps[len(reps)-1], nil
}

func (f *fakeStore) Attempts(_ context.Context, id judge.SubmissionID) ([]judge.Report, error) {
	err := f.enter("Attempts")
	defer f.mu.Unlock()
	return slices.Clone(f.reports[id]), err
}

func (f *fakeStore) List(_ context.Context, q judge.Filter) ([]judge.Report, judge.SubmissionID, error) {
	err := f.enter("List")
	defer f.mu.Unlock()
	if err != nil {
		return nil, "", err
	}
	var all []judge.Report
	for id, reps := range f.reports {
		r := reps[len(reps)-1]
		if f.sent[id].Kind != q.Kind || q.Problem != "" && r.Problem != q.Problem || q.User != "" && r.User != q.User ||
			q.Verdict != "" && r.Verdict != q.Verdict || q.KeyID != "" && r.KeyID != q.KeyID || q.Cursor != "" && id >= q.Cursor {
			continue
		}
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b judge.Report) int { return strings.Compare(string(b.ID), string(a.ID)) })
	if len(all) > q.Limit {
		return all[:q.Limit], all[q.Limit-1].ID, nil
	}
	return all, "", nil
}

func (f *fakeStore) Events(_ context.Context, id judge.SubmissionID, after string, limit int64) ([]judge.Event, error) {
	err := f.enter("Events")
	defer f.mu.Unlock()
	if err != nil {
		return nil, err
	}
	list := f.events[id]
	if after != "" {
		i := slices.IndexFunc(list, func(e judge.Event) bool { return e.ID == after })
		if i < 0 {
			return nil, judge.Invalid("Last-Event-ID", "is not the id of an event")
		}
		list = list[i+1:]
	}
	return slices.Clone(list[:min(len(list), int(limit))]), nil
}

func (f *fakeStore) Watch(id judge.SubmissionID) (<-chan struct{}, func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	ch := make(chan struct{}, 1)
	if f.watchers[id] == nil {
		f.watchers[id] = map[chan struct{}]bool{}
	}
	f.watchers[id][ch] = true
	if f.watching != nil {
		f.watching <- id
	}
	return ch, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.watchers[id], ch)
		if f.watching != nil && len(f.watchers[id]) == 0 {
			f.watching <- ""
		}
	}
}

func (f *fakeStore) Cancel(_ context.Context, id judge.SubmissionID) (judge.Report, *judge.Delivery, error) {
	err := f.enter("Cancel")
	defer f.mu.Unlock()
	if err != nil {
		return judge.Report{}, nil, err
	}
	rep := &f.reports[id][len(f.reports[id])-1]
	if rep.State.Final() {
		return judge.Report{}, nil, judge.Conflict("it is %s already", rep.State)
	}
	now := time.Now().UTC()
	rep.State, rep.Finished = judge.StateCancelled, &now
	f.append(id, judge.Event{Kind: judge.EventCancelled, Attempt: rep.Attempt, At: now, Report: rep})
	return *rep, &judge.Delivery{ID: id, Attempt: rep.Attempt, Queue: f.sent[id].Queue}, nil
}

func (f *fakeStore) Rejudge(_ context.Context, id judge.SubmissionID) (int, error) {
	err := f.enter("Rejudge")
	defer f.mu.Unlock()
	if err != nil {
		return 0, err
	}
	rep := f.reports[id][len(f.reports[id])-1]
	if !rep.State.Final() {
		return 0, judge.Conflict("it is %s", rep.State)
	}
	rep = judge.Report{ID: id, Kind: rep.Kind, Problem: rep.Problem, Language: rep.Language, State: judge.StateQueued,
		Attempt: rep.Attempt + 1, KeyID: rep.KeyID, Created: rep.Created}
	f.reports[id] = append(f.reports[id], rep)
	f.append(id, judge.Event{Kind: judge.EventQueued, Attempt: rep.Attempt, At: rep.Created})
	return rep.Attempt, nil
}

func (f *fakeStore) LookupKey(_ context.Context, secret string) (judge.Key, error) {
	err := f.enter("LookupKey")
	defer f.mu.Unlock()
	if err != nil {
		return judge.Key{}, err
	}
	k, ok := f.keys[secret]
	if !ok {
		return judge.Key{}, &judge.Error{Code: judge.CodeUnauth, Message: "unknown"}
	}
	return k, nil
}

func (f *fakeStore) Admit(_ context.Context, key string, more, ahead judge.Load, q judge.Quota) error {
	err := f.enter("Admit")
	defer f.mu.Unlock()
	if err != nil {
		return err
	}
	if f.pending[key]+int64(ahead.Submissions+more.Submissions) > int64(q.Pending.Submissions) {
		return judge.RateLimited(0, "too much is pending")
	}
	if q.Minute.Bytes > 0 && more.Bytes > q.Minute.Bytes {
		return judge.RateLimited(6500*time.Millisecond, "too much a minute")
	}
	return nil
}

func (f *fakeStore) PendingBytes(context.Context) (judge.Bytes, error) {
	err := f.enter("PendingBytes")
	defer f.mu.Unlock()
	var n judge.Bytes
	for id, reps := range f.reports {
		if !reps[len(reps)-1].State.Final() {
			n += f.sent[id].Size()
		}
	}
	return n, err
}

// finish ends a judging as a worker would.
func (f *fakeStore) finish(id judge.SubmissionID, v judge.Verdict) judge.Report {
	f.mu.Lock()
	defer f.mu.Unlock()
	rep := &f.reports[id][len(f.reports[id])-1]
	now := time.Now().UTC()
	rep.State, rep.Verdict, rep.Score, rep.Finished = judge.StateDone, v, 100, &now
	rep.Compile = &judge.CompileReport{OK: true, Output: "main.go:3: <odd> & unused", Millis: 12}
	rep.Worker, rep.Toolchain = "w1", "go1.26"
	usage := judge.Usage{CPUMillis: 3, WallMillis: 4, MemoryKiB: 1024}
	if f.sent[id].Kind == judge.KindRun {
		rep.Run = &judge.RunReport{Stdout: "hello\n", Encoding: "utf-8", Usage: usage}
	} else {
		rep.Tests = []judge.TestReport{{Name: "sample/1", Group: "sample", Sample: true, Verdict: v, Usage: usage}}
		rep.Summary = judge.Summary{Passed: 1, Total: 1, CPUMillisMax: 3, CPUMillisTotal: 3, MemoryKiBMax: 1024}
		f.append(id, judge.Event{Kind: judge.EventTest, Attempt: rep.Attempt, At: now, Test: &rep.Tests[0]})
	}
	copied := *rep
	f.append(id, judge.Event{Kind: judge.EventDone, Attempt: rep.Attempt, At: now, Report: &copied})
	f.pending[rep.KeyID]--
	return copied
}

// reject ends a run whose cases the problem does not take.
func (f *fakeStore) reject(id judge.SubmissionID, why string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	rep := &f.reports[id][0]
	rep.State, rep.Rejected = judge.StateDone, why
	copied := *rep
	f.append(id, judge.Event{Kind: judge.EventDone, Attempt: 1, Report: &copied})
}

// progress tells that something happened that ends nothing.
func (f *fakeStore) progress(id judge.SubmissionID, e judge.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reports[id][len(f.reports[id])-1].State = judge.StateRunning
	f.append(id, e)
}

func (f *fakeStore) submission(id judge.SubmissionID) judge.Submission {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.sent[id]
}

func (f *fakeStore) count(call string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[call]
}

func (f *fakeStore) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failing = err
}

// task is what was enqueued.
type task struct {
	id      judge.SubmissionID
	attempt int
	queue   judge.Queue
}

type fakeQueue struct {
	mu    sync.Mutex
	tasks []task
	err   error
}

func (q *fakeQueue) Enqueue(_ context.Context, id judge.SubmissionID, attempt int, queue judge.Queue) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.err == nil {
		q.tasks = append(q.tasks, task{id, attempt, queue})
	}
	return q.err
}

func (q *fakeQueue) Withdraw(_ context.Context, d judge.Delivery) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.tasks = slices.DeleteFunc(q.tasks, func(t task) bool { return t == task{d.ID, d.Attempt, d.Queue} })
	return q.err
}

func (q *fakeQueue) last(t *testing.T) task {
	t.Helper()
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.tasks) == 0 {
		t.Fatal("nothing was enqueued")
	}
	return q.tasks[len(q.tasks)-1]
}

// fakeHarness is that of a function problem whose cases are arrays of one
// element.
type fakeHarness struct{}

func (fakeHarness) Source(lang judge.Language, files []judge.File) (judge.Source, error) {
	return judge.Source{Language: lang, Files: files}, nil
}

func (fakeHarness) Starter(lang judge.Language) judge.File {
	return judge.File{Name: "twice" + lang.Extension(), Content: "starter of " + string(lang)}
}

func (fakeHarness) Input(cases []json.RawMessage) ([]byte, error) {
	for i, c := range cases {
		var one []any
		if json.Unmarshal(c, &one) != nil || len(one) != 1 {
			return nil, judge.Rejected(fmt.Sprintf("cases[%d]", i), "must be an array of one element")
		}
	}
	return nil, nil
}

// fakeProblems holds two problems: one for every language, one for Go only.
type fakeProblems struct{}

func data(text string) judge.Data {
	return judge.Data{Size: judge.Bytes(len(text)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(text)), nil
	}}
}

var longSample = strings.Repeat("x", int(judge.MaxSample)+1)

func hidden() judge.Data {
	return judge.Data{Open: func() (io.ReadCloser, error) { return nil, errors.New("a hidden test was opened") }}
}

func (fakeProblems) Problem(_ context.Context, slug judge.Slug) (*judge.Problem, error) {
	p := &judge.Problem{Slug: slug, Title: "Sums", Revision: "r1", Statement: "# Sums\nAdd <them>.",
		Groups: []judge.Group{
			{Name: "sample", Sample: true, Tests: []judge.Test{{Name: "sample/1", Sample: true, Input: data("1 2\n"), Answer: data("3\n")},
				{Name: "sample/2", Sample: true, Input: data(longSample), Answer: data("\xff")}}},
			{Name: "secret", Tests: []judge.Test{{Name: "secret/1", Input: hidden(), Answer: hidden()}}},
		}}
	switch slug {
	case "sums":
		return p, nil
	case "go-only":
		p.Languages, p.Keywords, p.Difficulty = []judge.Language{judge.Go}, []string{"maps"}, "easy"
		return p, nil
	case "twice":
		p.Harness, p.Reference = fakeHarness{}, &judge.Reference{Language: judge.Go}
		return p, nil
	case "broken":
		return nil, errors.New("secret cause: /srv/problems/broken is unreadable")
	}
	return nil, judge.NotFound("problem %q is not known", slug)
}

func (fakeProblems) List(_ context.Context, q ProblemQuery) ([]ProblemSummary, string, error) {
	list := []ProblemSummary{{Slug: "go-only", Title: "Only Go", Keywords: []string{"maps"}, Kind: "program", Languages: []judge.Language{judge.Go}, Tests: 3, Revision: "r1"},
		{Slug: "sums", Title: "Sums", Kind: "program", Tests: 3, Revision: "r1"}}
	var out []ProblemSummary
	for _, p := range list {
		if (q.Tag == "" || slices.Contains(p.Keywords, q.Tag)) && (q.Text == "" || strings.Contains(p.Title, q.Text)) && string(p.Slug) > q.Cursor {
			out = append(out, p)
		}
	}
	if len(out) > q.Limit {
		return out[:q.Limit], string(out[q.Limit-1].Slug), nil
	}
	return out, "", nil
}
