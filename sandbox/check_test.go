//go:build !quick

package sandbox_test

import (
	"context"
	"testing"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox"
	"github.com/docketjudge/docket/sandbox/engine"
)

// killBoxes does to a worker's boxes what the end of their engine does.
func killBoxes(t *testing.T, worker string) {
	t.Helper()
	cli, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		t.Fatal(err)
	}
	defer cli.Close()
	ids, err := engine.Boxes(t.Context(), worker)
	if err != nil || len(ids) == 0 {
		t.Fatalf("boxes of %s: %v, %v", worker, ids, err)
	}
	for _, id := range ids {
		if err := cli.ContainerRemove(t.Context(), id, container.RemoveOptions{Force: true}); err != nil {
			t.Fatal(err)
		}
	}
}

// wantWarm compares how many boxes of each role wait.
func wantWarm(t *testing.T, d *sandbox.Docker, want int) {
	t.Helper()
	for role, n := range d.Stats().Warm {
		if n != want {
			t.Errorf("%d warm boxes of %s, want %d", n, role, want)
		}
	}
}

func TestCheckFindsDeadBoxes(t *testing.T) {
	worker := sandbox.WorkerID()
	d := open(t, func(c *sandbox.Config) { c.Worker = worker })
	slot, err := d.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer slot.Release()
	for _, l := range judge.Languages() {
		if err := slot.Check(t.Context(), l); err != nil {
			t.Errorf("%s on a sandbox that is well: %v", l, err)
		}
	}
	wantWarm(t, d, 2)
	killBoxes(t, worker)
	if err := slot.Check(t.Context(), judge.Python); err == nil {
		t.Error("nobody sees that the boxes died")
	}
	if err := slot.Check(t.Context(), judge.Python); err != nil {
		t.Errorf("what was seen once is told again: %v", err)
	}
	died := d.Stats().Destroyed["died"]
	b, err := slot.Build(t.Context(), judge.Source{Language: judge.Go, Files: []judge.File{hello[judge.Go]}})
	if err != nil || !b.OK {
		t.Errorf("building: %v, %s", err, b.Output)
	}
	if n := d.Stats().Destroyed["died"]; n != died {
		t.Errorf("%d dead boxes were left", n-died)
	}
}

func TestRecoverMakesBoxesAnew(t *testing.T) {
	worker := sandbox.WorkerID()
	d := open(t, func(c *sandbox.Config) { c.Worker, c.Slots = worker, 2 })
	if err := d.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.Warm(t.Context()); err != nil { // slots that are filled
		t.Fatal(err)
	}
	killBoxes(t, worker)
	if err := d.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	died := d.Stats().Destroyed["died"]
	if died != int64(2*len(d.Stats().Warm)) {
		t.Errorf("%d dead boxes were destroyed", died)
	}
	if err := d.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantWarm(t, d, 2)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Recover(ctx); err == nil {
		t.Error("it recovered without an answer of the engine")
	}
}
