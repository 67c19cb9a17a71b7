package solution

import (
	"context"
	"sync"
)

// RunAll starts everything at once.
func RunAll(ctx context.Context, jobs []func(context.Context) (int, error), limit int) ([]int, error) {
	ctx, stop := context.WithCancelCause(ctx)
	results := make([]int, len(jobs))
	var running sync.WaitGroup
	for i, job := range jobs {
		running.Go(func() {
			value, err := job(ctx)
			if err != nil {
				stop(err)
			}
			results[i] = value
		})
	}
	running.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	return results, nil
}
