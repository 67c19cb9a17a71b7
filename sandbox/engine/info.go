// Package engine asks the Docker engine what it is and what it can do, so
// that docket doctor can say what a host lacks, and does to it what commands
// ask for: it makes images and clears boxes away. It starts no box; the engine
// is trusted, as everywhere in Docket.
package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/filters"
	"github.com/docker/docker/client"

	"github.com/docketjudge/docket/judge"
)

// MinAPI is the oldest version of the engine's API that has what a box needs:
// its own cgroup namespace. Engines from 20.10 on speak it.
const MinAPI = "1.41"

// WorkerLabel is on every box that Docket makes.
const WorkerLabel = "docket.worker"

// Info is what an engine says of itself and of its host.
type Info struct {
	Host      string // where it was asked: the value of DOCKER_HOST or its default
	Local     bool   // whether it runs on this machine: it was asked over a unix socket
	Version   string // of the engine
	API       string // the newest version of the API it speaks
	OS        string // linux
	Arch      string // as Go names it: amd64, arm64
	System    string // the host's distribution, in words
	Kernel    string
	Rootless  bool
	RootDir   string // where it keeps images and boxes, on its own host
	Storage   string // the storage driver
	CPUs      int
	Memory    judge.Bytes
	Runtimes  []string // by name, sorted
	Boxes     int      // containers with a worker's label, running or not
	Warnings  []string // the engine's own
	Cgroup    Cgroup
	Seccomp   bool // whether boxes can have a seccomp profile
	AppArmor  bool
	UserRemap bool // userns-remap is on
}

// Cgroup says which limits the engine can set.
type Cgroup struct {
	Version string // "1" or "2"
	Driver  string // cgroupfs, systemd, or none (rootless without delegation)
	Memory  bool
	Swap    bool
	CPUSet  bool
	Pids    bool
}

// probeTimeout bounds a whole probe: an engine that cannot say who it is in
// this time is as good as absent.
const probeTimeout = 10 * time.Second

// Probe asks the engine that the environment names (DOCKER_HOST, DOCKER_CERT_PATH,
// DOCKER_TLS_VERIFY; the usual unix socket without them). An error means that
// no engine answered.
func Probe(ctx context.Context) (Info, error) {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	cli, err := connect()
	if err != nil {
		return Info{}, err
	}
	defer cli.Close() //nolint:errcheck // only idle connections are left to close
	info, err := probe(ctx, cli)
	if err != nil {
		return Info{}, fmt.Errorf("engine at %s: %w", cli.DaemonHost(), err)
	}
	return info, nil
}

// connect opens a client for the engine that the environment names.
func connect() (*client.Client, error) {
	cli, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		return nil, fmt.Errorf("engine: reading its address from the environment: %w", err)
	}
	return cli, nil
}

func probe(ctx context.Context, cli *client.Client) (Info, error) {
	version, err := cli.ServerVersion(ctx)
	if err != nil {
		return Info{}, fmt.Errorf("asking for its version: %w", err)
	}
	about, err := cli.Info(ctx)
	if err != nil {
		return Info{}, fmt.Errorf("asking what it can do: %w", err)
	}
	boxes, err := cli.ContainerList(ctx, container.ListOptions{
		All: true, Filters: filters.NewArgs(filters.Arg("label", WorkerLabel)),
	})
	if err != nil {
		return Info{}, fmt.Errorf("listing boxes: %w", err)
	}
	info := Info{
		Host: cli.DaemonHost(), Local: strings.HasPrefix(cli.DaemonHost(), "unix://"),
		Version: about.ServerVersion, API: version.APIVersion,
		OS: version.Os, Arch: version.Arch,
		System: about.OperatingSystem, Kernel: about.KernelVersion,
		RootDir: about.DockerRootDir, Storage: about.Driver,
		CPUs: about.NCPU, Memory: judge.Bytes(about.MemTotal),
		Boxes: len(boxes), Warnings: about.Warnings,
		Cgroup: Cgroup{
			Version: about.CgroupVersion, Driver: about.CgroupDriver,
			Memory: about.MemoryLimit, Swap: about.SwapLimit, CPUSet: about.CPUSet, Pids: about.PidsLimit,
		},
	}
	for name := range about.Runtimes {
		info.Runtimes = append(info.Runtimes, name)
	}
	slices.Sort(info.Runtimes)
	for _, option := range about.SecurityOptions {
		switch name := securityName(option); name {
		case "seccomp":
			info.Seccomp = true
		case "apparmor":
			info.AppArmor = true
		case "rootless":
			info.Rootless = true
		case "userns":
			info.UserRemap = true
		}
	}
	return info, nil
}

// securityName takes the name out of a security option, which engines write
// as name=seccomp,profile=default and very old ones as seccomp.
func securityName(option string) string {
	for field := range strings.SplitSeq(option, ",") {
		if name, ok := strings.CutPrefix(field, "name="); ok {
			return name
		}
	}
	return option
}
