package main

import (
	"context"
	"fmt"

	"github.com/docketjudge/docket/sandbox/engine"
)

// cleanCmd removes what workers left on the engine. Workers remove their own
// boxes when they end, and one another's when one is killed; this is for a
// host that is to be left without any.
type cleanCmd struct{}

func (*cleanCmd) Run(ctx context.Context, p *process) error {
	n, err := engine.RemoveBoxes(ctx)
	if err != nil {
		return fmt.Errorf("clean: %d boxes removed: %w", n, err)
	}
	_, err = fmt.Fprintf(p.stdout, "%d boxes removed\n", n)
	return err
}
