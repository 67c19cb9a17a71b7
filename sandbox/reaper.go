package sandbox

import (
	"context"
	"fmt"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/filters"
)

// Reap removes the boxes of this deployment's workers that are gone and returns
// how many. A box ends by itself when its worker's connection closes. Reap is the
// net for the other cases: an engine that was restarted, a host that lost its
// network.
// Alive says whether a worker id is still in use; boxes younger than a minute
// are left alone, since their worker may not have announced itself yet.
func (d *Docker) Reap(ctx context.Context, alive func(worker string) bool) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, d.config.StartTimeout)
	defer cancel()
	list, err := d.client.ContainerList(ctx, container.ListOptions{
		All: true, Filters: filters.NewArgs(filters.Arg("label", labelDeployment+"="+d.config.Deployment)),
	})
	if err != nil {
		return 0, fmt.Errorf("listing boxes: %w", err)
	}
	d.removeLost(ctx)
	n := 0
	for _, c := range list {
		worker := c.Labels[labelWorker]
		young := time.Since(time.Unix(c.Created, 0)) < time.Minute
		if worker == d.config.Worker || young || alive(worker) {
			continue
		}
		d.log.Info("removing the box of a worker that is gone", "container", c.ID[:12], "worker", worker)
		d.remove(c.ID)
		n++
	}
	return n, nil
}
