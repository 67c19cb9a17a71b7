// Package solution asks many sources at once.
package solution

import "context"

type answer struct {
	source, text string
	err          error
}

// FetchAll returns the answers that came before the end of the context.
func FetchAll(ctx context.Context, sources []string, fetch func(context.Context, string) (string, error)) (map[string]string, error) {
	// There is room for every answer, so nobody waits who comes too late.
	answers := make(chan answer, len(sources))
	for _, source := range sources {
		go func() {
			text, err := fetch(ctx, source)
			answers <- answer{source, text, err}
		}()
	}
	found := make(map[string]string, len(sources))
	for range sources {
		select {
		case a := <-answers:
			if a.err == nil {
				found[a.source] = a.text
			}
		case <-ctx.Done():
			return found, nil
		}
	}
	return found, nil
}
