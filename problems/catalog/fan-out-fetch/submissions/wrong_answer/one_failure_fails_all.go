package solution

import (
	"context"
	"sync"
)

// FetchAll stops everything at the first failure, as a batch of jobs would.
func FetchAll(ctx context.Context, sources []string, fetch func(context.Context, string) (string, error)) (map[string]string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		mu    sync.Mutex
		all   sync.WaitGroup
		found = map[string]string{}
	)
	for _, source := range sources {
		all.Go(func() {
			text, err := fetch(ctx, source)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				cancel()
				return
			}
			found[source] = text
		})
	}
	all.Wait()
	return found, nil
}
