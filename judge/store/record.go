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

// head is what must be known of a submission without reading its sources: by
// what it is indexed, and what reports repeat.
type head struct {
	Kind     judge.Kind      `json:"kind"`
	Problem  judge.Slug      `json:"problem,omitempty"`
	Language judge.Language  `json:"language"`
	User     string          `json:"user,omitempty"`
	KeyID    string          `json:"key,omitempty"`
	Metadata json.RawMessage `json:"metadata,omitempty"`
	Created  time.Time       `json:"created"`
}

func headOf(sub judge.Submission) head {
	return head{
		Kind: sub.Kind, Problem: sub.Problem, Language: sub.Language, User: sub.User,
		KeyID: sub.KeyID, Metadata: sub.Metadata, Created: sub.Created,
	}
}

// line is where it waits for its turn; lua/turns.lua takes it apart.
func (h head) line() string { return h.KeyID + ":" + h.User }

func (h head) indexes() []string { return indexKeys(h.Kind, h.Problem, h.User, h.KeyID) }

// record is what a submission's hash says, its sources left where they are.
type record struct {
	head
	id       judge.SubmissionID
	state    judge.State
	attempt  int
	token    int64
	delivery int
	lined    bool // it was put into a line
	queue    judge.Queue
	worker   string
	verdict  judge.Verdict
	brief    string
}

var recordFields = []string{
	"state", "attempt", "token", "delivery", "queue", "worker", "verdict", "brief", "head", "line",
}

// parseRecord reads the answer to an HMGET of recordFields. It returns false
// when there is no such record.
func parseRecord(id judge.SubmissionID, vals []any) (record, bool, error) {
	text := func(i int) string {
		v, _ := vals[i].(string)
		return v
	}
	if len(vals) != len(recordFields) || text(0) == "" {
		return record{}, false, nil
	}
	r := record{
		id: id, state: judge.State(text(0)), queue: judge.Queue(text(4)), worker: text(5),
		verdict: judge.Verdict(text(6)), brief: text(7), lined: text(9) != "",
	}
	// Written by our own scripts; absent before the first claim and delivery.
	r.attempt, _ = strconv.Atoi(text(1))
	r.token, _ = strconv.ParseInt(text(2), 10, 64)
	r.delivery, _ = strconv.Atoi(text(3))
	if err := json.Unmarshal([]byte(text(8)), &r.head); err != nil {
		return record{}, false, fmt.Errorf("record %s: %w", id, err)
	}
	return r, true, nil
}

func (s *Store) record(ctx context.Context, id judge.SubmissionID) (record, error) {
	vals, err := s.db.HMGet(ctx, recordKey(id), recordFields...).Result()
	if err != nil {
		return record{}, err
	}
	r, ok, err := parseRecord(id, vals)
	if err == nil && !ok {
		err = notFound(id)
	}
	return r, err
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
		r, ok, err := parseRecord(id, cmds[i].Val())
		if err != nil {
			return nil, err
		}
		if ok {
			recs[id] = r
		}
	}
	return recs, nil
}

// report is what is known from the record alone.
func (r record) report() (judge.Report, error) {
	rep := judge.Report{State: r.state, Attempt: r.attempt}
	r.fill(&rep)
	if r.state == judge.StateRunning {
		rep.Worker = r.worker
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
	r.fill(&rep)
	return rep, nil
}

// fill adds what reports repeat of the submission.
func (r record) fill(rep *judge.Report) {
	rep.ID, rep.Kind, rep.Problem, rep.Language = r.id, r.Kind, r.Problem, r.Language
	rep.User, rep.KeyID, rep.Metadata, rep.Created = r.User, r.KeyID, r.Metadata, r.Created
}

func notFound(id judge.SubmissionID) error {
	return judge.NotFound("there is no submission %s, or it is no longer kept", id)
}
