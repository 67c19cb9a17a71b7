package judging

import (
	"context"
	"errors"
	"fmt"

	"github.com/docketjudge/docket/judge"
)

// blame adds ErrOutage to an error where a look at the worker finds it out of
// order. Slot is nil where the judging has none yet.
func (j *Judge) blame(ctx context.Context, s judge.Slot, l judge.Language, err error) error {
	if ctx.Err() != nil || errors.Is(err, judge.ErrOutage) {
		return err
	}
	found := j.check(ctx, s, l)
	if found == nil || ctx.Err() != nil {
		return err
	}
	if errors.Is(found, judge.ErrOutage) {
		return fmt.Errorf("%w (at first: %w)", found, err)
	}
	return fmt.Errorf("%w: %w (at first: %w)", judge.ErrOutage, found, err)
}

// check makes sure that submissions in a language can be judged at all.
func (j *Judge) check(ctx context.Context, s judge.Slot, l judge.Language) error {
	if err := j.config.Healthy(ctx); err != nil {
		return err
	}
	if s == nil {
		var err error
		if s, err = j.config.Sandbox.Acquire(ctx); err != nil {
			return err
		}
		defer s.Release()
	}
	return s.Check(ctx, l)
}

// again returns nil when a second try makes sense after err, and otherwise the
// error to end with: the judging was stopped, or the worker is out of order.
func (a *attempt) again(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return err
	}
	if err = a.judge.blame(ctx, a.slot, a.sub.Language, err); errors.Is(err, judge.ErrOutage) {
		return err
	}
	return nil
}
