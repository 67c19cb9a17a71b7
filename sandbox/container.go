package sandbox

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/events"
	"github.com/docker/docker/api/types/filters"
	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/client"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
)

// Labels of every container that Docket makes.
const (
	labelWorker     = "docket.worker"     // the id of the worker that owns it
	labelDeployment = "docket.deployment" // the installation that the worker belongs to
	labelRole       = "docket.role"
)

// socketMemory is what the buffers of TCP and UDP sockets of a box may take
// together on a host with control groups of version 1.
const socketMemory = 32 * judge.MiB

// settings are the arguments of a container, apart from what all share.
type settings struct {
	image      string
	role       *role
	cpus       string // cpuset
	memory     judge.Bytes
	worker     string
	deployment string
	runtime    string
	boundTCP   bool // the host can bound the buffers of sockets by themselves
}

// config returns what the engine is asked for. This is the whole list of what
// a box may do; it is checked by TestContainerSettings.
func (s settings) config() (*container.Config, *container.HostConfig) {
	tmpfs := func(options string) string {
		return fmt.Sprintf("rw,nosuid,nodev,%s,size=%d,nr_inodes=%d", options, s.role.work, s.role.inodes)
	}
	c := &container.Config{
		Image: s.image,
		Cmd:   s.role.command,
		// Env of the runner and its helper; programs get an environment of
		// their own.
		Env:         []string{"PATH=/usr/bin:/bin", "LANG=C.UTF-8"},
		User:        "0:0",
		WorkingDir:  "/",
		AttachStdin: true, AttachStdout: true, AttachStderr: true,
		OpenStdin: true,
		// The runner ends when its input does, so a box never outlives the
		// connection of its worker.
		StdinOnce:       true,
		NetworkDisabled: true,
		Labels:          map[string]string{labelWorker: s.worker, labelDeployment: s.deployment, labelRole: string(s.role.name)},
	}
	init := false
	h := &container.HostConfig{
		AutoRemove:     true,
		NetworkMode:    network.NetworkNone,
		ReadonlyRootfs: true,
		CapDrop:        []string{"ALL"},
		// What the runner needs to become the run UID and to kill it.
		CapAdd:       []string{"SETUID", "SETGID", "KILL"},
		SecurityOpt:  []string{"no-new-privileges", "seccomp=" + images.Seccomp()},
		Runtime:      s.runtime,
		IpcMode:      container.IPCModePrivate,
		ShmSize:      int64(16 * judge.MiB),
		CgroupnsMode: container.CgroupnsModePrivate,
		LogConfig:    container.LogConfig{Type: "none"},
		Sysctls: map[string]string{
			// A closed connection over loopback leaves no trace that the next
			// run could find, and nobody may send pings.
			"net.ipv4.tcp_max_tw_buckets": "0",
			"net.ipv4.ping_group_range":   "1 0",
			// Buffers of a connection stay small, also where nothing bounds
			// them all together.
			"net.ipv4.tcp_rmem": "4096 32768 65536",
			"net.ipv4.tcp_wmem": "4096 16384 65536",
		},
		Init: &init, // the runner is PID 1
		Tmpfs: map[string]string{
			// The artifact: root-owned, so that no program can change it.
			"/box":  fmt.Sprintf("rw,nosuid,nodev,exec,mode=0755,size=%d,nr_inodes=4096", 512*judge.MiB),
			"/work": tmpfs("noexec,mode=1777"),
			"/tmp":  tmpfs("noexec,mode=1777"),
		},
		Resources: container.Resources{
			Memory:     int64(s.memory),
			MemorySwap: int64(s.memory), // no swap on top
			CpusetCpus: s.cpus,
			PidsLimit:  &s.role.pids,
			Ulimits: []*container.Ulimit{
				{Name: "core", Soft: 0, Hard: 0},
				{Name: "nofile", Soft: 1024, Hard: 1024},
				// A stack may grow to the memory limit.
				{Name: "stack", Soft: -1, Hard: -1},
				{Name: "memlock", Soft: 0, Hard: 0},
				{Name: "msgqueue", Soft: 0, Hard: 0},
			},
		},
	}
	if s.boundTCP {
		// Control groups of version 1 charge the buffers of TCP and UDP only
		// where they are bounded; version 2 charges them like any memory.
		h.KernelMemoryTCP = int64(socketMemory) //nolint:staticcheck // there is nothing else on version 1
	}
	return c, h
}

// create makes and starts a container and waits until its runner speaks.
func (d *Docker) create(ctx context.Context, s settings) (*box, error) {
	ctx, cancel := context.WithTimeout(ctx, d.config.StartTimeout)
	defer cancel()
	c, h := s.config()
	// An engine that has begun to create a container goes on when nobody waits
	// for it any more, and a container that was never started does not end by
	// itself: only who waits for its id can remove it.
	creating, created := context.WithTimeout(context.WithoutCancel(ctx), d.config.StartTimeout)
	defer created()
	name := fmt.Sprintf("docket-%016x", rand.Uint64()) //nolint:gosec // unique, no secret
	made, err := d.client.ContainerCreate(creating, c, h, nil, nil, name)
	if err != nil {
		if creating.Err() != nil || client.IsErrConnectionFailed(err) {
			d.lose(name)
		}
		if errdefs.IsNotFound(err) {
			return nil, fmt.Errorf("creating %s box: image %s is missing; run `docket images build`: %w", s.role.name, s.image, err)
		}
		return nil, fmt.Errorf("creating %s box: %w", s.role.name, err)
	}
	b := &box{id: made.ID, role: s.role, memory: s.memory, docker: d, made: time.Now()}
	if err := b.start(ctx); err != nil {
		d.remove(b.id)
		return nil, fmt.Errorf("starting %s box: %w", s.role.name, err)
	}
	return b, nil
}

// start attaches to a created container, starts it and reads the greeting.
func (b *box) start(ctx context.Context) error {
	h, err := b.attach(ctx)
	if err != nil {
		return fmt.Errorf("attaching: %w", err)
	}
	b.connect(h.Conn, h.Reader)
	if err := b.docker.client.ContainerStart(ctx, b.id, container.StartOptions{}); err != nil {
		b.hangUp()
		return err
	}
	if err := b.greet(ctx); err != nil {
		b.hangUp()
		return err
	}
	return nil
}

// attach connects to the container's streams. The client does not look at ctx
// while it waits for an engine that hangs, so that wait is left to itself.
func (b *box) attach(ctx context.Context) (types.HijackedResponse, error) {
	type attachment struct {
		types.HijackedResponse
		err error
	}
	answered := make(chan attachment, 1)
	go func() {
		h, err := b.docker.client.ContainerAttach(ctx, b.id,
			container.AttachOptions{Stream: true, Stdin: true, Stdout: true, Stderr: true})
		answered <- attachment{h, err}
	}()
	select {
	case a := <-answered:
		return a.HijackedResponse, a.err
	case <-ctx.Done():
		go func() {
			if a := <-answered; a.err == nil {
				a.Close()
			}
		}()
		return types.HijackedResponse{}, ctx.Err()
	}
}

// remove deletes a container, alive or dead, and returns once it is gone. The
// engine may be removing it already, because its runner ended.
func (d *Docker) remove(id string) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	err := d.client.ContainerRemove(ctx, id, container.RemoveOptions{Force: true, RemoveVolumes: true})
	if errdefs.IsConflict(err) {
		removed, failed := d.client.ContainerWait(ctx, id, container.WaitConditionRemoved)
		select {
		case <-removed:
			err = nil
		case err = <-failed:
		}
	}
	if err != nil && !errdefs.IsNotFound(err) {
		d.complain("removing box", "container", id[:12], "err", err)
	}
}

// diedOfMemory reports whether a container ended because the kernel killed
// its PID 1 for memory. The engine forgets a container as soon as it has
// removed it, but not at once what befell it. Its silence means no.
func (d *Docker) diedOfMemory(id string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	messages, errs := d.client.Events(ctx, events.ListOptions{
		Since: "1", // of all that it remembers
		Filters: filters.NewArgs(filters.Arg("type", string(events.ContainerEventType)), filters.Arg("container", id),
			filters.Arg("event", string(events.ActionOOM)), filters.Arg("event", string(events.ActionDie)),
			filters.Arg("event", string(events.ActionKill))),
	})
	oom := false
	var late <-chan time.Time // the engine hears of the two in ways of their own
	for {
		select {
		case m := <-messages:
			switch m.Action {
			case events.ActionKill:
				return false // by the engine
			case events.ActionOOM:
				oom = true
			case events.ActionDie:
				late = time.After(time.Second)
			}
			if oom && late != nil {
				return true
			}
		case <-errs: //nolint:errcheck // silence means no
			return false
		case <-late:
			return false
		}
	}
}

// setMemory changes the memory limit of a running box.
func (b *box) setMemory(ctx context.Context, memory judge.Bytes) error {
	if b.memory == memory {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, b.docker.config.StartTimeout)
	defer cancel()
	_, err := b.docker.client.ContainerUpdate(ctx, b.id, container.UpdateConfig{Resources: container.Resources{
		Memory: int64(memory), MemorySwap: int64(memory),
	}})
	if err != nil {
		// The engine may do it later.
		return b.lost(fmt.Errorf("setting memory of %s box to %s: %w", b.role.name, memory, err))
	}
	b.memory = memory
	return nil
}

var errBoxGone = errors.New("box is gone")
