package sandbox

import (
	"context"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
)

// lostContainer is one that the engine may make although nobody waits for it
// any more. It is never started, so that it does not end by itself.
type lostContainer struct {
	name string
	at   time.Time
}

const (
	// maxLost bounds how many are remembered; a worker that has more has other
	// trouble.
	maxLost = 1000
	// lostTime is after what time an engine makes no container any more that it
	// was asked for.
	lostTime = 10 * time.Minute
	// removeTime bounds one removal.
	removeTime = 20 * time.Second
)

func (d *Docker) lose(name string) {
	d.lost.Lock()
	defer d.lost.Unlock()
	if len(d.lost.containers) < maxLost {
		d.lost.containers = append(d.lost.containers, lostContainer{name, time.Now()})
	}
}

// removeLost removes the lost containers that the engine has made by now, and
// keeps the others in mind.
func (d *Docker) removeLost(ctx context.Context) {
	d.lost.Lock()
	all := d.lost.containers
	d.lost.containers = nil
	d.lost.Unlock()
	var left []lostContainer
	for _, c := range all {
		gone := time.Since(c.at) > lostTime
		if ctx.Err() == nil {
			err := d.removeNamed(ctx, c.name)
			gone = err == nil || gone && errdefs.IsNotFound(err)
		}
		if !gone {
			left = append(left, c)
		}
	}
	d.lost.Lock()
	defer d.lost.Unlock()
	d.lost.containers = append(left, d.lost.containers...)
}

func (d *Docker) removeNamed(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, removeTime)
	defer cancel()
	return d.client.ContainerRemove(ctx, name, container.RemoveOptions{Force: true, RemoveVolumes: true})
}
