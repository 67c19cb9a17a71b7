package solution

import "context"

// RunAll returns at the first failure without cancelling what runs.
func RunAll(ctx context.Context, jobs []func(context.Context) (int, error), limit int) ([]int, error) {
	type outcome struct {
		at, value int
		err       error
	}
	done := make(chan outcome, len(jobs))
	results := make([]int, len(jobs))
	next := 0
	start := func() {
		if next < len(jobs) {
			at := next
			next++
			go func() {
				value, err := jobs[at](ctx)
				done <- outcome{at, value, err}
			}()
		}
	}
	for range limit {
		start()
	}
	for range jobs {
		o := <-done
		if o.err != nil {
			return nil, o.err
		}
		results[o.at] = o.value
		start()
	}
	return results, nil
}
