package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/docketjudge/docket/judge"
)

// batchRequest is several submissions at once.
type batchRequest struct {
	Submissions []submitRequest `json:"submissions" doc:"What to judge. All are checked before any is accepted." schema:"minItems=1,maxItems=50"`
}

// batchReply holds the reports of a batch in the order of its submissions.
type batchReply struct {
	Submissions []judge.Report `json:"submissions" doc:"In the order in which they were sent."`
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
		s.cfg.Log.Warn("accepted without a task; the sweeper will enqueue it", "submission", id, "err", err)
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
	if err := s.decode(r, &in); err != nil {
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
	done, err := s.admit(ctx, r.key, sub)
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
// final one. The submission is on record by now: that its end cannot be waited
// for is no failure, which a client would answer by sending it again.
func (s *Server) reply(r *request, at string, rep judge.Report, wait time.Duration, body func(judge.Report) any) error {
	if wait > 0 {
		var err error
		if rep, err = s.await(r, rep, wait); err != nil {
			s.cfg.Log.Info("accepted and not waited for", "request_id", r.id, "submission", rep.ID, "err", err)
		}
	}
	if rep.Rejected != "" {
		return judge.Rejected("cases", "%s", rep.Rejected)
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
	if err := s.decode(r, &in); err != nil {
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
	done, err := s.admit(ctx, r.key, subs...)
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
