package main

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge/store"
)

// ownedBoxes are the owners of boxes on one engine.
type ownedBoxes map[string]bool

func (b ownedBoxes) Reap(_ context.Context, alive func(string) bool) (int, error) {
	n := 0
	for owner := range b {
		if !alive(owner) {
			delete(b, owner)
			n++
		}
	}
	return n, nil
}

// The first worker back after an outage of Redis finds that nobody beats, and
// leaves the boxes of those alone that only have not beaten yet.
func TestReapSparesTheLivingAfterAnOutage(t *testing.T) {
	boxes := ownedBoxes{"dead": true, "slow": true}
	var living []store.Worker
	var failing error
	contact := true
	r := &reaper{
		workers: func(context.Context) ([]store.Worker, error) { return living, failing },
		contact: func() bool { return contact }, boxes: boxes, log: slog.New(slog.DiscardHandler),
	}
	for _, step := range []struct {
		name    string
		contact bool
		failing error
		living  []store.Worker
		left    ownedBoxes
		soon    bool
	}{
		{"both beat", true, nil, []store.Worker{{ID: "dead"}, {ID: "slow"}}, ownedBoxes{"dead": true, "slow": true}, false},
		{"Redis is away", false, errors.New("refused"), nil, ownedBoxes{"dead": true, "slow": true}, true},
		{"Redis is just back", false, nil, nil, ownedBoxes{"dead": true, "slow": true}, true},
		{"nobody has beaten for a while", true, nil, nil, ownedBoxes{"dead": true, "slow": true}, true},
		{"away again", true, errors.New("refused"), nil, ownedBoxes{"dead": true, "slow": true}, true},
		{"and back", true, nil, nil, ownedBoxes{"dead": true, "slow": true}, true},
		{"one beats", true, nil, []store.Worker{{ID: "slow"}}, ownedBoxes{"slow": true}, false},
		{"and goes on", true, nil, []store.Worker{{ID: "slow"}}, ownedBoxes{"slow": true}, false},
	} {
		contact, failing, living = step.contact, step.failing, step.living
		soon := r.look(t.Context())
		if diff := cmp.Diff(step.left, boxes); diff != "" || soon != step.soon {
			t.Errorf("%s: next look soon: %v; boxes (-want +got):\n%s", step.name, soon, diff)
		}
	}
}
