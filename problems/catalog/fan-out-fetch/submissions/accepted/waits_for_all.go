package solution

import (
	"context"
	"sync"
)

// FetchAll relies on fetches that end when their context does.
func FetchAll(ctx context.Context, sources []string, fetch func(context.Context, string) (string, error)) (map[string]string, error) {
	var (
		mu    sync.Mutex
		all   sync.WaitGroup
		found = map[string]string{}
	)
	for _, source := range sources {
		all.Go(func() {
			if text, err := fetch(ctx, source); err == nil {
				mu.Lock()
				defer mu.Unlock()
				found[source] = text
			}
		})
	}
	all.Wait()
	return found, nil
}
