package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

// head is the part of a submission that it is indexed by.
type head struct {
	kind    judge.Kind
	problem judge.Slug
	user    string
	keyID   string
}

func headOf(sub judge.Submission) head {
	return head{kind: sub.Kind, problem: sub.Problem, user: sub.User, keyID: sub.KeyID}
}

func (h head) indexes() []string { return indexKeys(h.kind, h.problem, h.user, h.keyID) }

// record is what a submission's hash says, its sources left where they are.
type record struct {
	head
	id       judge.SubmissionID
	state    judge.State
	attempt  int
	token    int64
	delivery int
	queue    judge.Queue
	language judge.Language
	worker   string
	verdict  judge.Verdict
	created  time.Time
	meta     string
	brief    string
}

var recordFields = []string{
	"state", "attempt", "token", "delivery", "kind", "problem", "user", "key",
	"queue", "language", "worker", "verdict", "created", "meta", "brief",
}

// parseRecord reads the answer to an HMGET of recordFields. It returns false
// when there is no such record.
func parseRecord(id judge.SubmissionID, vals []any) (record, bool) {
	text := func(i int) string {
		v, _ := vals[i].(string)
		return v
	}
	if len(vals) != len(recordFields) || text(0) == "" {
		return record{}, false
	}
	r := record{
		id: id, state: judge.State(text(0)), queue: judge.Queue(text(8)),
		head: head{
			kind: judge.Kind(text(4)), problem: judge.Slug(text(5)), user: text(6), keyID: text(7),
		},
		language: judge.Language(text(9)), worker: text(10), verdict: judge.Verdict(text(11)),
		created: timeOf(text(12)), meta: text(13), brief: text(14),
	}
	// Written by our own scripts; an absent delivery is the first.
	r.attempt, _ = strconv.Atoi(text(1))
	r.token, _ = strconv.ParseInt(text(2), 10, 64)
	r.delivery, _ = strconv.Atoi(text(3))
	return r, true
}

func (s *Store) record(ctx context.Context, id judge.SubmissionID) (record, error) {
	vals, err := s.db.HMGet(ctx, recordKey(id), recordFields...).Result()
	if err != nil {
		return record{}, err
	}
	r, ok := parseRecord(id, vals)
	if !ok {
		return record{}, notFound(id)
	}
	return r, nil
}

// records reads many records at once; those that are gone are absent.
func (s *Store) records(ctx context.Context, ids []judge.SubmissionID) (map[judge.SubmissionID]record, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	cmds := make([]*redis.SliceCmd, len(ids))
	_, err := s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, id := range ids {
			cmds[i] = p.HMGet(ctx, recordKey(id), recordFields...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	recs := make(map[judge.SubmissionID]record, len(ids))
	for i, id := range ids {
		if r, ok := parseRecord(id, cmds[i].Val()); ok {
			recs[id] = r
		}
	}
	return recs, nil
}

// report is what is known from the record alone.
func (r record) report() (judge.Report, error) {
	rep := judge.Report{
		ID: r.id, Kind: r.kind, Problem: r.problem, Language: r.language, State: r.state,
		Attempt: r.attempt, User: r.user, KeyID: r.keyID, Created: r.created,
	}
	if r.state == judge.StateRunning {
		rep.Worker = r.worker
	}
	if r.meta != "" {
		rep.Metadata = json.RawMessage(r.meta)
	}
	if !r.state.Final() || r.brief == "" {
		return rep, nil
	}
	return r.decode(r.brief)
}

// decode reads a stored report and adds what the record knows better: the
// report was filled by a worker.
func (r record) decode(stored string) (judge.Report, error) {
	var rep judge.Report
	if err := json.Unmarshal([]byte(stored), &rep); err != nil {
		return judge.Report{}, fmt.Errorf("report of %s: %w", r.id, err)
	}
	rep.ID, rep.Kind, rep.Problem, rep.Language, rep.User = r.id, r.kind, r.problem, r.language, r.user
	rep.KeyID, rep.Created = r.keyID, r.created
	rep.Metadata = nil
	if r.meta != "" {
		rep.Metadata = json.RawMessage(r.meta)
	}
	return rep, nil
}

func notFound(id judge.SubmissionID) error {
	return judge.NotFound("there is no submission %s, or it is no longer kept", id)
}
