package main

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/engine"
)

// installEngine is the command that mends an absent or too old engine.
const installEngine = "deploy/setup.sh (or: make up)"

func engineAbsent(err error) finding {
	return finding{"engine", failing, err.Error(), installEngine + "; if DOCKER_HOST is set, check its value"}
}

// examineEngine judges what the engine says of itself.
func examineEngine(info engine.Info) []finding {
	return []finding{
		engineVersion(info),
		engineAPI(info),
		enginePlatform(info),
		engineCgroup(info.Cgroup),
		engineSeccomp(info),
		engineStorage(info),
		{"runtimes", healthy, strings.Join(info.Runtimes, ", ") + gVisor(info.Runtimes), ""},
		{"boxes", healthy, fmt.Sprintf("%d containers of docket workers", info.Boxes), ""},
		engineCPU(info),
		{"engine memory", healthy, size(info.Memory), ""},
	}
}

func engineVersion(info engine.Info) finding {
	return finding{"engine", healthy, fmt.Sprintf("%s at %s (%s, kernel %s)", info.Version, info.Host, info.System, info.Kernel), ""}
}

func engineAPI(info engine.Info) finding {
	if olderAPI(info.API, engine.MinAPI) {
		return finding{"engine API", failing,
			info.API + " is too old: boxes need a cgroup namespace of their own, which came with " + engine.MinAPI,
			"install Docker 20.10 or newer: apt-get install docker.io"}
	}
	return finding{"engine API", healthy, fmt.Sprintf("%s (needs %s)", info.API, engine.MinAPI), ""}
}

// olderAPI reports whether API version a is older than b. What is no version
// counts as old.
func olderAPI(a, b string) bool {
	parse := func(s string) (n [2]int) {
		major, minor, _ := strings.Cut(s, ".")
		n[0], _ = strconv.Atoi(major)
		n[1], _ = strconv.Atoi(minor)
		return n
	}
	x, y := parse(a), parse(b)
	return slices.Compare(x[:], y[:]) < 0
}

func enginePlatform(info engine.Info) finding {
	found := info.OS + "/" + info.Arch
	if info.OS != runtime.GOOS || info.Arch != runtime.GOARCH {
		return finding{"platform", failing,
			found + ": this docket and the runner in its images are " + runtime.GOOS + "/" + runtime.GOARCH,
			"point DOCKER_HOST at an engine of the same kind, or build docket for " + found}
	}
	if info.Rootless {
		return finding{"platform", warning, found + ", rootless: the engine's own user limits what boxes may be given",
			"run the engine as root, unless all other lines are ok"}
	}
	return finding{"platform", healthy, found, ""}
}

func engineCgroup(c engine.Cgroup) finding {
	found := fmt.Sprintf("version %s, driver %s", c.Version, c.Driver)
	var lacking []string
	for _, controller := range []struct {
		name string
		has  bool
	}{{"memory", c.Memory}, {"cpuset", c.CPUSet}, {"pids", c.Pids}} {
		if !controller.has {
			lacking = append(lacking, controller.name)
		}
	}
	switch {
	case len(lacking) > 0 && c.Version == "2":
		return finding{"cgroup", failing, found + ", without " + strings.Join(lacking, ", "),
			"echo '+" + strings.Join(lacking, " +") + "' > /sys/fs/cgroup/cgroup.subtree_control, then restart the engine"}
	case len(lacking) > 0:
		return finding{"cgroup", failing, found + ", without " + strings.Join(lacking, ", "),
			"apt-get install cgroupfs-mount && cgroupfs-mount, then restart the engine; " +
				"for memory also boot with cgroup_enable=memory"}
	case !c.Swap:
		return finding{"cgroup", warning, found + ": memory, cpuset, pids, but swap is not counted: " +
			"on a host with swap a program could hold more than its limit",
			"boot with swapaccount=1, or swapoff -a"}
	}
	return finding{"cgroup", healthy, found + ": memory, swap, cpuset, pids", ""}
}

func engineSeccomp(info engine.Info) finding {
	if !info.Seccomp {
		return finding{"seccomp", failing, "the engine or its kernel has none: boxes could not be confined",
			"run a kernel with CONFIG_SECCOMP_FILTER=y and an engine built with seccomp (Debian's are)"}
	}
	if info.AppArmor {
		return finding{"seccomp", healthy, "yes, and AppArmor", ""}
	}
	return finding{"seccomp", healthy, "yes", ""}
}

func engineStorage(info engine.Info) finding {
	switch info.Storage {
	case "overlay2", "overlayfs", "btrfs", "zfs":
		return finding{"storage", healthy, info.Storage + " in " + info.RootDir, ""}
	}
	return finding{"storage", warning, info.Storage + " in " + info.RootDir + ": every box is a slow copy of its image",
		`put {"storage-driver": "overlay2"} into /etc/docker/daemon.json and restart the engine`}
}

func gVisor(runtimes []string) string {
	if slices.Contains(runtimes, "runsc") {
		return " (gVisor can be had with --runtime runsc)"
	}
	return ""
}

func engineCPU(info engine.Info) finding {
	if info.CPUs < 2 {
		return finding{"CPUs", warning, "1: the API and the worker share it with the programs that they time",
			"give the host a second CPU, or run the API elsewhere"}
	}
	return finding{"CPUs", healthy, strconv.Itoa(info.CPUs), ""}
}

// size writes bytes as a person reads them.
func size(b judge.Bytes) string {
	if b < judge.GiB {
		return fmt.Sprintf("%d MiB", b/judge.MiB)
	}
	return fmt.Sprintf("%.1f GiB", float64(b)/float64(judge.GiB))
}
