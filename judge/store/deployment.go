package store

import (
	"context"
	"fmt"
)

// Deployment names what all processes on this Redis have in common, so that
// two installations can share a Docker engine and leave each other's boxes
// alone. It is made on first use and kept for ever.
func (s *Store) Deployment(ctx context.Context) (string, error) {
	if err := s.db.SetNX(ctx, keyDeployment, randomID(), 0).Err(); err != nil {
		return "", fmt.Errorf("naming the deployment: %w", err)
	}
	id, err := s.db.Get(ctx, keyDeployment).Result()
	if err != nil {
		return "", fmt.Errorf("naming the deployment: %w", err)
	}
	return id, nil
}
