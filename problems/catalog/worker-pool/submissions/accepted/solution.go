// Package solution runs batches of jobs, a few at a time.
package solution

import (
	"context"
	"sync"
)

// RunAll runs the jobs, at most limit at a time, and returns their results in
// order. The first failure stops the batch.
func RunAll(ctx context.Context, jobs []func(context.Context) (int, error), limit int) ([]int, error) {
	ctx, stop := context.WithCancelCause(ctx)
	results := make([]int, len(jobs))
	places := make(chan struct{}, limit)
	var running sync.WaitGroup
	for i, job := range jobs {
		places <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		running.Go(func() {
			defer func() { <-places }()
			value, err := job(ctx)
			if err != nil {
				stop(err) // only the first cause counts
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
