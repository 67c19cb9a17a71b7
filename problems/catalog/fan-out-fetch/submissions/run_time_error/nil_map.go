package solution

import (
	"context"
	"sync"
)

// FetchAll writes to a nil map.
func FetchAll(ctx context.Context, sources []string, fetch func(context.Context, string) (string, error)) (map[string]string, error) {
	var (
		all   sync.WaitGroup
		found map[string]string
	)
	for _, source := range sources {
		all.Go(func() {
			if text, err := fetch(ctx, source); err == nil {
				found[source] = text
			}
		})
	}
	all.Wait()
	return found, nil
}
