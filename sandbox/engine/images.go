package engine

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/filters"
	"github.com/docker/docker/client"

	"github.com/docketjudge/docket/sandbox/images"
)

// planned is the set of images that this build of Docket needs and the engine
// of the environment, which the caller closes.
func planned(ctx context.Context) (*images.Set, *client.Client, error) {
	set, err := images.Plan(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("engine: %w", err)
	}
	cli, err := connect()
	if err != nil {
		return nil, nil, err
	}
	return set, cli, nil
}

// Images says which of the images that this build of Docket needs the engine
// of the environment has.
func Images(ctx context.Context) ([]images.Status, error) {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	set, cli, err := planned(ctx)
	if err != nil {
		return nil, err
	}
	defer cli.Close() //nolint:errcheck // only idle connections are left to close
	all, err := set.Check(ctx, cli)
	if err != nil {
		return nil, fmt.Errorf("engine at %s: %w", cli.DaemonHost(), err)
	}
	return all, nil
}

// BuildImages makes the images that this build of Docket needs and the engine
// of the environment lacks. What the engine says meanwhile goes to progress.
func BuildImages(ctx context.Context, progress io.Writer) error {
	set, cli, err := planned(ctx)
	if err != nil {
		return err
	}
	defer cli.Close() //nolint:errcheck // only idle connections are left to close
	if err := set.Build(ctx, cli, progress); err != nil {
		return fmt.Errorf("engine at %s: %w", cli.DaemonHost(), err)
	}
	return nil
}

// Boxes lists the containers of a worker, running or not, by their ids.
func Boxes(ctx context.Context, worker string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	cli, err := connect()
	if err != nil {
		return nil, err
	}
	defer cli.Close() //nolint:errcheck // only idle connections are left to close
	boxes, err := cli.ContainerList(ctx, container.ListOptions{
		All: true, Filters: filters.NewArgs(filters.Arg("label", WorkerLabel+"="+worker)),
	})
	if err != nil {
		return nil, fmt.Errorf("engine at %s: listing boxes of %s: %w", cli.DaemonHost(), worker, err)
	}
	ids := make([]string, 0, len(boxes))
	for _, box := range boxes {
		ids = append(ids, box.ID)
	}
	return ids, nil
}

// RemoveBoxes removes the boxes of all workers of the engine, of those that
// run as well, and returns how many. It goes on past one that it cannot
// remove.
func RemoveBoxes(ctx context.Context) (int, error) {
	cli, err := connect()
	if err != nil {
		return 0, err
	}
	defer cli.Close() //nolint:errcheck // only idle connections are left to close
	boxes, err := cli.ContainerList(ctx, container.ListOptions{
		All: true, Filters: filters.NewArgs(filters.Arg("label", WorkerLabel)),
	})
	if err != nil {
		return 0, fmt.Errorf("engine at %s: listing boxes: %w", cli.DaemonHost(), err)
	}
	removed := 0
	var failures []error
	for _, box := range boxes {
		err := cli.ContainerRemove(ctx, box.ID, container.RemoveOptions{Force: true, RemoveVolumes: true})
		switch {
		case err == nil:
			removed++
		case !errdefs.IsNotFound(err) && !errdefs.IsConflict(err): // gone, or going by another hand
			failures = append(failures, fmt.Errorf("engine: removing box %.12s: %w", box.ID, err))
		}
	}
	return removed, errors.Join(failures...)
}

// PruneImages removes the images of other builds of Docket from the engine of
// the environment and returns their names. Those that a container uses stay.
func PruneImages(ctx context.Context) ([]string, error) {
	set, cli, err := planned(ctx)
	if err != nil {
		return nil, err
	}
	defer cli.Close() //nolint:errcheck // only idle connections are left to close
	removed, err := set.Prune(ctx, cli)
	if err != nil {
		return removed, fmt.Errorf("engine at %s: %w", cli.DaemonHost(), err)
	}
	return removed, nil
}
