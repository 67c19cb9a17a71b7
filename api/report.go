package api

import (
	"net/http"
	"strconv"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"
)

// listReply is a page of submissions.
type listReply struct {
	Submissions []judge.Report `json:"submissions" doc:"Newest first, without what the compiler said and without their tests."`
	Next        string         `json:"next,omitempty" doc:"The cursor of the next page; absent on the last."`
}

// attemptsReply holds every judging of a submission.
type attemptsReply struct {
	Attempts []judge.Report `json:"attempts" doc:"Oldest first."`
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
	if err := s.admitAll(ctx, judge.Load{Submissions: 1}); err != nil {
		return err
	}
	attempt, err := s.cfg.Store.Rejudge(ctx, rep.ID)
	if err != nil {
		return err
	}
	if err := s.cfg.Queue.Enqueue(ctx, rep.ID, attempt, judge.Batch); err != nil {
		s.cfg.Log.Warn("rejudging without a task; the sweeper will enqueue it",
			"submission", rep.ID, "attempt", attempt, "err", err)
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
	rep, task, err := s.cfg.Store.Cancel(ctx, rep.ID)
	if err != nil {
		return err
	}
	if task != nil {
		if err := s.cfg.Queue.Withdraw(ctx, *task); err != nil {
			s.cfg.Log.Info("cancelled and still queued; a worker will drop it", "submission", rep.ID, "err", err)
		}
	}
	return r.json(http.StatusOK, rep)
}
