package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"

	"github.com/google/uuid"
)

// Caps on the fields of a submission that Docket only carries.
const (
	maxUser      = 128
	maxMetadata  = 4 * judge.KiB
	maxBatch     = 50
	maxIdemKey   = 255
	defaultPage  = 50
	idemKeyField = "Idempotency-Key"
)

// file is one source file as clients send it.
type file struct {
	Name    string `json:"name" doc:"A relative path with forward slashes, ending as the language's files do." schema:"minLength=1,maxLength=128"`
	Content string `json:"content" doc:"The text."`
}

// submitRequest is a program to be judged against a problem's tests.
type submitRequest struct {
	Problem  judge.Slug      `json:"problem" doc:"The problem that it claims to solve."`
	Language judge.Language  `json:"language" doc:"What the program is written in."`
	Source   *string         `json:"source,omitempty" doc:"The program's text, for one file under the language's usual name."`
	Files    []file          `json:"files,omitempty" doc:"The program's files, in place of source. At most 256 KiB together." schema:"minItems=1,maxItems=32"`
	Queue    judge.Queue     `json:"queue,omitempty" doc:"How urgent it is. Defaults to interactive when the request waits, else to default."`
	User     string          `json:"user,omitempty" doc:"Whose it is, in the client's own terms." schema:"maxLength=128"`
	Metadata json.RawMessage `json:"metadata,omitempty" doc:"An object of the client's own, at most 4 KiB, returned with every report."`
}

// batchRequest is several submissions at once.
type batchRequest struct {
	Submissions []submitRequest `json:"submissions" doc:"What to judge. All are checked before any is accepted." schema:"minItems=1,maxItems=50"`
}

// batchReply holds the reports of a batch in the order of its submissions.
type batchReply struct {
	Submissions []judge.Report `json:"submissions" doc:"In the order in which they were sent."`
}

// listReply is a page of submissions.
type listReply struct {
	Submissions []judge.Report `json:"submissions" doc:"Newest first, without what the compiler said and without their tests."`
	Next        string         `json:"next,omitempty" doc:"The cursor of the next page; absent on the last."`
}

// attemptsReply holds every judging of a submission.
type attemptsReply struct {
	Attempts []judge.Report `json:"attempts" doc:"Oldest first."`
}

// program returns the files of a request that carries source or files.
func program(lang judge.Language, source *string, files []file) ([]judge.File, error) {
	var out []judge.File
	switch {
	case source != nil && files != nil:
		return nil, judge.Invalid("files", "send source or files, not both")
	case source != nil:
		out = []judge.File{{Name: lang.MainFile(), Content: *source}}
		if lang.Valid() && *source == "" {
			return nil, judge.Invalid("source", "must not be empty")
		}
	case files == nil:
		return nil, judge.Invalid("source", "send the program as source, or as files")
	default:
		out = make([]judge.File, len(files))
		for i, f := range files {
			out[i] = judge.File(f)
		}
	}
	err := judge.ValidateFiles(lang, out)
	var known *judge.Error
	if source != nil && errors.As(err, &known) && known.Field != "language" {
		e := *known
		e.Field = "source" // the client knows of no files
		return nil, &e
	}
	return out, err
}

// submission turns a request into what the store keeps, or says which field
// is wrong.
func (s *Server) submission(ctx context.Context, r *request, in submitRequest, queue judge.Queue) (judge.Submission, error) {
	none := judge.Submission{}
	files, err := program(in.Language, in.Source, in.Files)
	if err != nil {
		return none, err
	}
	if err := s.solvable(ctx, in.Problem, in.Language); err != nil {
		return none, err
	}
	if in.Queue != "" {
		if queue = in.Queue; !slices.Contains(judge.Queues(), queue) {
			return none, judge.Invalid("queue", "must be interactive, default or batch")
		}
	}
	if utf8.RuneCountInString(in.User) > maxUser {
		return none, judge.Invalid("user", "must be at most %d characters", maxUser)
	}
	for _, c := range in.User {
		if unicode.IsControl(c) {
			return none, judge.Invalid("user", "must not hold control characters")
		}
	}
	metadata, err := compact(in.Metadata)
	if err != nil {
		return none, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return none, fmt.Errorf("making a submission id: %w", err)
	}
	return judge.Submission{
		ID: judge.SubmissionID(id.String()), Kind: judge.KindSubmission,
		Problem: in.Problem, Language: in.Language, Files: files, Queue: queue,
		User: in.User, Metadata: metadata, KeyID: r.key.ID, Created: s.cfg.Now().UTC(),
	}, nil
}

// solvable checks that a problem exists and takes the language.
func (s *Server) solvable(ctx context.Context, slug judge.Slug, lang judge.Language) error {
	if slug == "" {
		return judge.Invalid("problem", "is needed")
	}
	if !judge.ValidSlug(string(slug)) {
		return judge.Invalid("problem", "must be a problem's slug: lower-case letters, digits and dashes")
	}
	p, err := s.cfg.Problems.Problem(ctx, slug)
	if err != nil {
		if judge.CodeOf(err) == judge.CodeNotFound {
			return judge.Invalid("problem", "there is no problem %q", slug)
		}
		return fmt.Errorf("finding problem %s: %w", slug, err)
	}
	if len(p.Languages) > 0 && !slices.Contains(p.Languages, lang) {
		return judge.Invalid("language", "problem %s does not take %s", slug, lang)
	}
	return nil
}

func compact(metadata json.RawMessage) (json.RawMessage, error) {
	if metadata == nil {
		return nil, nil
	}
	if metadata[0] != '{' {
		return nil, judge.Invalid("metadata", "must be an object")
	}
	if judge.Bytes(len(metadata)) > maxMetadata {
		return nil, judge.Invalid("metadata", "must be at most %d bytes", maxMetadata)
	}
	var b bytes.Buffer
	b.Grow(len(metadata))
	if err := json.Compact(&b, metadata); err != nil {
		return nil, fmt.Errorf("compacting metadata: %w", err)
	}
	return b.Bytes(), nil
}

// accept stores a submission and enqueues it, or finds the one that an earlier
// request with the same idempotency key made, and says which. When the queue fails the
// submission is accepted all the same: it is on record, and the sweeper
// enqueues what has no task.
func (s *Server) accept(ctx context.Context, sub judge.Submission, idemKey string) (rep judge.Report, replayed bool, err error) {
	id, created, err := s.cfg.Store.Create(ctx, sub, idemKey)
	if err != nil {
		return judge.Report{}, false, err
	}
	if !created {
		rep, err := s.cfg.Store.Report(ctx, id)
		return rep, true, err
	}
	if err := s.cfg.Queue.Enqueue(ctx, id, 1, sub.Queue); err != nil {
		s.cfg.Log.Warn("accepted without a task; the sweeper will enqueue it", "submission", id, "error", err)
	}
	s.metrics.accepted.WithLabelValues(string(sub.Kind), string(sub.Language)).Inc()
	return judge.Report{
		ID: id, Problem: sub.Problem, Language: sub.Language, State: judge.StateQueued,
		Attempt: 1, User: sub.User, Metadata: sub.Metadata, KeyID: sub.KeyID, Created: sub.Created,
	}, false, nil
}

// idempotencyKey returns the name that the client gave its request, or "".
func idempotencyKey(r *request) (string, error) {
	key := r.Get(idemKeyField)
	if key == "" {
		return "", nil
	}
	if len(key) > maxIdemKey || !visible(key) {
		return "", judge.Invalid(idemKeyField, "must be 1 to %d visible ASCII characters", maxIdemKey)
	}
	return key, nil
}

// submit answers POST /v1/submissions.
func submit(s *Server, r *request) error {
	var in submitRequest
	if err := decode(r.Request().Body(), &in); err != nil {
		return err
	}
	wait, queue, err := urgency(r)
	if err != nil {
		return err
	}
	ctx, cancel := s.bounded()
	defer cancel()
	sub, err := s.submission(ctx, r, in, queue)
	if err != nil {
		return err
	}
	rep, err := s.take(ctx, r, sub)
	if err != nil {
		return err
	}
	return s.reply(r, "/v1/submissions/", rep, wait, func(rep judge.Report) any { return rep })
}

// take admits and accepts one submission.
func (s *Server) take(ctx context.Context, r *request, sub judge.Submission) (judge.Report, error) {
	idem, err := idempotencyKey(r)
	if err != nil {
		return judge.Report{}, err
	}
	done, err := s.admit(ctx, r.key, 1)
	if err != nil {
		return judge.Report{}, err
	}
	defer done()
	rep, replayed, err := s.accept(ctx, sub, idem)
	if replayed {
		r.Set("Idempotency-Replayed", "true")
	}
	return rep, err
}

// reply answers 202 with the report as it is, or after waiting 200 with the
// final one.
func (s *Server) reply(r *request, at string, rep judge.Report, wait time.Duration, body func(judge.Report) any) error {
	if wait > 0 {
		var err error
		if rep, err = s.await(r, rep, wait); err != nil {
			return err
		}
	}
	r.Set("Location", at+string(rep.ID))
	if wait > 0 && rep.State.Final() {
		return r.json(http.StatusOK, body(rep))
	}
	return r.json(http.StatusAccepted, body(rep))
}

// submitBatch answers POST /v1/submissions/batch.
func submitBatch(s *Server, r *request) error {
	var in batchRequest
	if err := decode(r.Request().Body(), &in); err != nil {
		return err
	}
	if len(in.Submissions) == 0 || len(in.Submissions) > maxBatch {
		return judge.Invalid("submissions", "must be 1 to %d, got %d", maxBatch, len(in.Submissions))
	}
	idem, err := idempotencyKey(r)
	if err != nil {
		return err
	}
	ctx, cancel := s.bounded()
	defer cancel()
	subs := make([]judge.Submission, len(in.Submissions))
	for i, one := range in.Submissions {
		if subs[i], err = s.submission(ctx, r, one, judge.Batch); err != nil {
			return within(err, "submissions["+strconv.Itoa(i)+"]")
		}
	}
	done, err := s.admit(ctx, r.key, len(subs))
	if err != nil {
		return err
	}
	defer done()
	reply := batchReply{Submissions: make([]judge.Report, len(subs))}
	replays := 0
	for i, sub := range subs {
		item := ""
		if idem != "" {
			item = idem + "#" + strconv.Itoa(i) // a repeated batch goes on where it failed
		}
		rep, replayed, err := s.accept(ctx, sub, item)
		if err != nil {
			return within(err, "submissions["+strconv.Itoa(i)+"]")
		}
		if replayed {
			replays++
		}
		reply.Submissions[i] = rep
	}
	if replays == len(subs) {
		r.Set("Idempotency-Replayed", "true")
	}
	return r.json(http.StatusAccepted, reply)
}

// within puts a field's error into its place in a larger body.
func within(err error, place string) error {
	var known *judge.Error
	if !errors.As(err, &known) {
		return fmt.Errorf("%s: %w", place, err)
	}
	e := *known
	if e.Field == "" {
		e.Field = place
	} else {
		e.Field = place + "." + e.Field
	}
	return &e
}

// getSubmission answers GET /v1/submissions/{id}.
func getSubmission(s *Server, r *request) error {
	wait, err := waitOf(r)
	if err != nil {
		return err
	}
	rep, err := s.readable(r)
	if err != nil {
		return err
	}
	if rep, err = s.await(r, rep, wait); err != nil {
		return err
	}
	return r.json(http.StatusOK, rep)
}

// listSubmissions answers GET /v1/submissions.
func listSubmissions(s *Server, r *request) error {
	f := judge.Filter{Problem: judge.Slug(r.Query("problem")), User: r.Query("user"),
		Verdict: judge.Verdict(r.Query("verdict")), Kind: judge.KindSubmission}
	if f.Problem != "" && !judge.ValidSlug(string(f.Problem)) {
		return judge.Invalid("problem", "must be a problem's slug")
	}
	if utf8.RuneCountInString(f.User) > maxUser || !utf8.ValidString(f.User) {
		return judge.Invalid("user", "must be at most %d characters of UTF-8", maxUser)
	}
	if f.Verdict != "" && !f.Verdict.Valid() {
		return judge.Invalid("verdict", "must be one of AC, WA, TLE, MLE, OLE, RTE, CE, JE")
	}
	if cursor := r.Query("cursor"); cursor != "" {
		id, err := judge.ParseSubmissionID(cursor)
		if err != nil {
			return judge.Invalid("cursor", "must be what the page before gave as next")
		}
		f.Cursor = id
	}
	var err error
	if f.Limit, err = pageSize(r); err != nil {
		return err
	}
	if !s.readsAll(r) {
		f.KeyID = r.key.ID
	}
	ctx, cancel := s.bounded()
	defer cancel()
	reports, next, err := s.cfg.Store.List(ctx, f)
	if err != nil {
		return err
	}
	reply := listReply{Submissions: make([]judge.Report, 0, len(reports)), Next: string(next)}
	for _, rep := range reports {
		if f.KeyID != "" && rep.KeyID != f.KeyID {
			continue // whatever the store thinks of the filter
		}
		rep.Tests, rep.Compile, rep.Run = nil, nil, nil
		reply.Submissions = append(reply.Submissions, rep)
	}
	return r.json(http.StatusOK, reply)
}

// pageSize reads ?limit and clamps it to what a page may hold.
func pageSize(r *request) (int, error) {
	q := r.Query("limit")
	if q == "" {
		return defaultPage, nil
	}
	n, err := strconv.Atoi(q)
	if err != nil {
		return 0, judge.Invalid("limit", "must be a number from 1 to %d", judge.MaxPage)
	}
	return min(max(n, 1), judge.MaxPage), nil
}

// listAttempts answers GET /v1/submissions/{id}/attempts.
func listAttempts(s *Server, r *request) error {
	rep, err := s.readable(r)
	if err != nil {
		return err
	}
	ctx, cancel := s.bounded()
	defer cancel()
	attempts, err := s.cfg.Store.Attempts(ctx, rep.ID)
	if err != nil {
		return err
	}
	if attempts == nil {
		attempts = []judge.Report{}
	}
	return r.json(http.StatusOK, attemptsReply{Attempts: attempts})
}

// rejudge answers POST /v1/submissions/{id}/rejudge.
func rejudge(s *Server, r *request) error {
	rep, err := s.readable(r)
	if err != nil {
		return err
	}
	ctx, cancel := s.bounded()
	defer cancel()
	if err := s.admitAll(ctx, 1); err != nil {
		return err
	}
	attempt, err := s.cfg.Store.Rejudge(ctx, rep.ID)
	if err != nil {
		return err
	}
	if err := s.cfg.Queue.Enqueue(ctx, rep.ID, attempt, judge.Batch); err != nil {
		s.cfg.Log.Warn("rejudging without a task; the sweeper will enqueue it",
			"submission", rep.ID, "attempt", attempt, "error", err)
	}
	if rep, err = s.cfg.Store.Report(ctx, rep.ID); err != nil {
		return err
	}
	r.Set("Location", "/v1/submissions/"+string(rep.ID))
	return r.json(http.StatusAccepted, rep)
}

// cancelSubmission answers DELETE /v1/submissions/{id}.
func cancelSubmission(s *Server, r *request) error {
	rep, err := s.readable(r)
	if err != nil {
		return err
	}
	if !s.owns(r, rep) {
		return &judge.Error{Code: judge.CodeForbidden, Message: "Only the key that sent a submission may cancel it."}
	}
	ctx, cancel := s.bounded()
	defer cancel()
	if rep, err = s.cfg.Store.Cancel(ctx, rep.ID); err != nil {
		return err
	}
	return r.json(http.StatusOK, rep)
}
