package solution

import (
	"context"
	"sync"
)

// RunAll runs the jobs on a fixed number of workers that share one queue.
func RunAll(ctx context.Context, jobs []func(context.Context) (int, error), limit int) ([]int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		mu      sync.Mutex
		next    int
		first   error
		workers sync.WaitGroup
	)
	take := func() int {
		mu.Lock()
		defer mu.Unlock()
		if first != nil {
			return len(jobs)
		}
		next++
		return next - 1
	}
	fail := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if first == nil {
			first = err
			cancel()
		}
	}
	results := make([]int, len(jobs))
	for range limit {
		workers.Go(func() {
			for i := take(); i < len(jobs); i = take() {
				value, err := jobs[i](ctx)
				if err != nil {
					fail(err)
				}
				results[i] = value
			}
		})
	}
	workers.Wait()
	if first != nil {
		return nil, first
	}
	return results, nil
}
