package api

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
)

var errNoKey = &judge.Error{Code: judge.CodeUnauth,
	Message: "Send an API key as Authorization: Bearer dk_... or as X-API-Key."}

// authenticate finds the request's API key and checks that it carries one of
// the scopes that the route takes.
func (s *Server) authenticate(r *request) error {
	if !s.cfg.RequireKeys || r.route.open || r.route.path == "/metrics" && s.cfg.OpenMetrics {
		return nil
	}
	secret := r.Get("X-API-Key")
	if auth := r.Get("Authorization"); auth != "" {
		scheme, rest, _ := strings.Cut(auth, " ")
		if !strings.EqualFold(scheme, "bearer") {
			return errNoKey
		}
		secret = strings.TrimSpace(rest)
	}
	if secret == "" || len(secret) > 256 || !visible(secret) {
		return errNoKey
	}
	ctx, cancel := s.bounded()
	defer cancel()
	key, err := s.keyOf(ctx, secret)
	if err != nil {
		return err
	}
	r.key, r.secret = key, secret
	if len(r.route.scopes) > 0 && !slices.ContainsFunc(r.route.scopes, key.Allows) {
		return &judge.Error{Code: judge.CodeForbidden,
			Message: "The key has none of the scopes that this takes: " + scopeList(r.route.scopes) + "."}
	}
	return nil
}

// keyOf finds the key that a secret belongs to, if it is in force.
func (s *Server) keyOf(ctx context.Context, secret string) (judge.Key, error) {
	key, err := s.cfg.Store.LookupKey(ctx, secret)
	switch code := judge.CodeOf(err); {
	case code == judge.CodeNotFound || code == judge.CodeUnauth || err == nil && key.Revoked != nil:
		return judge.Key{}, &judge.Error{Code: judge.CodeUnauth, Message: "The API key is not known or was revoked."}
	case err != nil:
		return judge.Key{}, err
	}
	return key, nil
}

func scopeList(scopes []judge.Scope) string {
	names := make([]string, len(scopes))
	for i, sc := range scopes {
		names[i] = string(sc)
	}
	return strings.Join(names, ", ")
}

// readsAll reports whether the request may read everybody's submissions.
func (s *Server) readsAll(r *request) bool {
	return !s.cfg.RequireKeys || r.key.Allows(judge.ScopeRead)
}

// owns reports whether the request's key sent the submission, or is above
// that question.
func (s *Server) owns(r *request, rep judge.Report) bool {
	return !s.cfg.RequireKeys || r.key.Allows(judge.ScopeAdmin) || r.key.ID != "" && rep.KeyID == r.key.ID
}

// errNotYours denies that a submission exists: ids of others are not to be
// probed for.
var errNotYours = &judge.Error{Code: judge.CodeNotFound, Message: "There is no submission with this id."}

// readable returns the report of the submission that the path names, if the
// request may see it.
func (s *Server) readable(r *request) (judge.Report, error) {
	id, err := judge.ParseSubmissionID(r.Params("id"))
	if err != nil {
		return judge.Report{}, errNotYours
	}
	ctx, cancel := s.bounded()
	defer cancel()
	rep, err := s.cfg.Store.Report(ctx, id)
	if err != nil {
		var known *judge.Error
		if errors.As(err, &known) && known.Code == judge.CodeNotFound {
			return judge.Report{}, errNotYours // the same words for absent and for not yours
		}
		return judge.Report{}, err
	}
	if !s.readsAll(r) && !s.owns(r, rep) {
		return judge.Report{}, errNotYours
	}
	return rep, nil
}
