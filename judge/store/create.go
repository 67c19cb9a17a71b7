package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/docketjudge/docket/judge"
)

// NewID makes an id for a submission.
func NewID() judge.SubmissionID { return judge.SubmissionID(uuid.Must(uuid.NewV7()).String()) }

// Create writes a submission in the state queued, in one round trip. An empty
// ID, Kind, Queue or Created is filled in. With an idempotency key, scoped by
// sub.KeyID, a call that repeats an earlier one within IdempotencyTime, or for
// as long as the earlier submission is kept where that is shorter, changes
// nothing and answers the earlier id and created == false; one whose body
// differs is a judge.Error of CodeConflict.
//
// The caller enqueues the judging next; should it die in between, the sweeper
// does.
func (s *Store) Create(ctx context.Context, sub judge.Submission, idempotencyKey string) (id judge.SubmissionID, created bool, err error) {
	idem, idemAt := "", keyIdem
	if idempotencyKey != "" {
		digest, err := bodyDigest(sub)
		if err != nil {
			return "", false, fmt.Errorf("creating submission: %w", err)
		}
		idem, idemAt = digest, idemKey(sub.KeyID, idempotencyKey)
	}
	fillIn(&sub)
	if idem != "" {
		idem = string(sub.ID) + " " + idem
	}
	keys, args, err := createCall(sub, idem, idemAt)
	if err != nil {
		return "", false, fmt.Errorf("creating submission %s: %w", sub.ID, err)
	}
	was, err := createScript.Run(ctx, s.accept, keys, args...).Text()
	if err != nil {
		return "", false, fmt.Errorf("creating submission %s: %w", sub.ID, err)
	}
	if was == "" || was == idem {
		return sub.ID, true, nil
	}
	first, digest, _ := strings.Cut(was, " ")
	if _, ours, _ := strings.Cut(idem, " "); digest != ours {
		return "", false, judge.Conflict("the idempotency key was used for another request; choose a new one")
	}
	return judge.SubmissionID(first), false, nil
}

func fillIn(sub *judge.Submission) {
	if sub.ID == "" {
		sub.ID = NewID()
	}
	if sub.Kind == "" {
		sub.Kind = judge.KindSubmission
	}
	if sub.Queue == "" {
		sub.Queue = judge.Default
	}
	if sub.Created.IsZero() {
		sub.Created = time.Now().UTC()
	}
}

func createCall(sub judge.Submission, idem, idemAt string) (keys []string, args []any, err error) {
	body, err := json.Marshal(sub)
	if err != nil {
		return nil, nil, err
	}
	keys = append([]string{
		recordKey(sub.ID), queuedKey(sub.Queue), keyPending + sub.KeyID, idemAt,
	}, indexKeys(sub.Kind, sub.Problem, sub.User, sub.KeyID)...)

	pending := ""
	if sub.KeyID != "" {
		pending = "1"
	}
	at := millis(sub.Created)
	head := headOf(sub)
	h, err := json.Marshal(head)
	if err != nil {
		return nil, nil, err
	}
	size := int64(sub.Size())
	args = append(make([]any, 0, 28), string(sub.ID), at, pending, idem, IdempotencyTime.Milliseconds(),
		keyPendingBytes, size, sub.KeyID, string(sub.Queue), head.line(),
		"state", string(judge.StateQueued), "attempt", "1", "queue", string(sub.Queue), "head", h, "sub", body, "bytes", size)
	return keys, args, nil
}

// bodyDigest identifies what a client sent, without what we add to it.
func bodyDigest(sub judge.Submission) (string, error) {
	// Waiting for the report is no part of it, and changes the queue.
	sub.ID, sub.Created, sub.Queue = "", time.Time{}, ""
	b, err := json.Marshal(sub)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16]), nil
}
