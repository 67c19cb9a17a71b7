//go:build !quick

package engine

import (
	"runtime"
	"slices"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// TestProbe asks the real engine of the machine.
func TestProbe(t *testing.T) {
	info, err := Probe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if info.OS != "linux" || info.Version == "" || info.API == "" || info.Storage == "" || info.RootDir == "" {
		t.Errorf("an engine that does not know itself: %+v", info)
	}
	if info.Local && (info.Arch != runtime.GOARCH || info.CPUs < 1 || info.Memory < 64*judge.MiB) {
		t.Errorf("a local engine on another machine: %+v", info)
	}
	if !slices.Contains(info.Runtimes, "runc") {
		t.Errorf("runtimes %q, want runc among them", info.Runtimes)
	}
	if v := info.Cgroup.Version; v != "1" && v != "2" {
		t.Errorf("cgroup version %q", v)
	}
}
