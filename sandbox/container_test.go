package sandbox

import (
	"slices"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
)

// What a box may do is a promise to operators: whoever loosens a setting has
// to change this test as well.
func TestContainerSettings(t *testing.T) {
	for _, r := range everyRole() {
		t.Run(string(r.name), func(t *testing.T) {
			c, h := settings{image: "i", role: r, cpus: "1", memory: 300 * judge.MiB, worker: "w", deployment: "d", boundTCP: true}.config()
			for what, ok := range map[string]bool{
				"not privileged":          !h.Privileged,
				"no mounts of the host":   len(h.Binds) == 0 && len(h.Mounts) == 0 && len(h.VolumesFrom) == 0,
				"no devices":              len(h.Devices) == 0 && len(h.DeviceRequests) == 0 && len(h.DeviceCgroupRules) == 0,
				"no network":              h.NetworkMode.IsNone() && c.NetworkDisabled && len(h.PortBindings) == 0,
				"no namespace of others":  h.PidMode == "" && h.UTSMode == "" && h.UsernsMode == "" && h.IpcMode.IsPrivate() && h.CgroupnsMode.IsPrivate(),
				"read-only root":          h.ReadonlyRootfs,
				"capabilities dropped":    slices.Equal(h.CapDrop, []string{"ALL"}),
				"capabilities to judge":   slices.Equal(h.CapAdd, []string{"SETUID", "SETGID", "KILL"}),
				"no new privileges":       slices.Contains(h.SecurityOpt, "no-new-privileges"),
				"own seccomp profile":     slices.Contains(h.SecurityOpt, "seccomp="+images.Seccomp()),
				"nothing else unconfined": len(h.SecurityOpt) == 2,
				"memory without swap":     h.Memory == int64(300*judge.MiB) && h.MemorySwap == h.Memory,
				"sockets bounded":         h.KernelMemoryTCP > 0 && h.Sysctls["net.ipv4.tcp_rmem"] != "" && h.Sysctls["net.ipv4.tcp_wmem"] != "", //nolint:staticcheck // see there
				"processes bounded":       h.PidsLimit != nil && *h.PidsLimit > 0 && *h.PidsLimit <= 512,
				"pinned":                  h.CpusetCpus == "1",
				"gone when it ends":       h.AutoRemove && c.StdinOnce,
				"no log":                  h.LogConfig.Type == "none",
				"labelled":                c.Labels[labelWorker] == "w" && c.Labels[labelDeployment] == "d",
			} {
				if !ok {
					t.Errorf("%s: does not hold", what)
				}
			}
			for path, options := range h.Tmpfs {
				bounded := strings.Contains(options, "size=") && strings.Contains(options, "nr_inodes=")
				if !bounded || !strings.Contains(options, "nosuid") || !strings.Contains(options, "nodev") {
					t.Errorf("tmpfs %s is %s", path, options)
				}
				if executable := !strings.Contains(options, "noexec"); executable != (path == "/box") {
					t.Errorf("tmpfs %s: executable %v", path, executable)
				}
			}
		})
	}
}
