package engine

import (
	"context"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/docketjudge/docket/judge"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serve answers as an engine would on a unix socket and points DOCKER_HOST at it.
func serve(t *testing.T, answers map[string]string) {
	t.Helper()
	serveBy(t, func(w http.ResponseWriter, r *http.Request) {
		for suffix, answer := range answers {
			if strings.HasSuffix(r.URL.Path, suffix) {
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(answer))
				return
			}
		}
		w.WriteHeader(http.StatusInternalServerError)
	})
}

func serveBy(t *testing.T, handler http.HandlerFunc) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "engine.sock")
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", path)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: handler}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	t.Setenv("DOCKER_HOST", "unix://"+path)
	t.Setenv("DOCKER_TLS_VERIFY", "")
	t.Setenv("DOCKER_CERT_PATH", "")
}

func TestProbeReadsWhatTheEngineSays(t *testing.T) {
	serve(t, map[string]string{
		"/_ping":   `OK`,
		"/version": `{"ApiVersion":"1.47","Os":"linux","Arch":"arm64"}`,
		"/info": `{"ServerVersion":"27.1","Driver":"overlay2","DockerRootDir":"/data","NCPU":4,"MemTotal":1048576,
			"CgroupVersion":"2","CgroupDriver":"systemd","MemoryLimit":true,"SwapLimit":false,"CPUSet":true,"PidsLimit":true,
			"OperatingSystem":"Debian","KernelVersion":"6.1","Warnings":["no swap limit support"],
			"Runtimes":{"runsc":{"path":"x"},"runc":{"path":"y"}},
			"SecurityOptions":["name=apparmor","name=seccomp,profile=builtin","name=rootless","name=cgroupns"]}`,
		"/containers/json": `[{"Id":"a"},{"Id":"b"}]`,
	})
	got, err := Probe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := Info{
		Host: got.Host, Local: true, Version: "27.1", API: "1.47", OS: "linux", Arch: "arm64",
		System: "Debian", Kernel: "6.1", Rootless: true, RootDir: "/data", Storage: "overlay2",
		CPUs: 4, Memory: judge.MiB, Runtimes: []string{"runc", "runsc"}, Boxes: 2,
		Warnings: []string{"no swap limit support"},
		Cgroup:   Cgroup{Version: "2", Driver: "systemd", Memory: true, CPUSet: true, Pids: true},
		Seccomp:  true, AppArmor: true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("info (-want +got):\n%s", diff)
	}
}

func TestProbeNamesTheAddressThatFailed(t *testing.T) {
	host := "unix://" + filepath.Join(t.TempDir(), "nobody.sock")
	t.Setenv("DOCKER_HOST", host)
	if _, err := Probe(t.Context()); err == nil || !strings.Contains(err.Error(), host) {
		t.Errorf("error %v, want one that names %s", err, host)
	}
	t.Setenv("DOCKER_HOST", "nonsense")
	if _, err := Probe(t.Context()); err == nil {
		t.Error("a DOCKER_HOST that is no address was taken")
	}
	serve(t, map[string]string{"/_ping": "OK", "/version": "{}"})
	if _, err := Probe(t.Context()); err == nil || !strings.Contains(err.Error(), "what it can do") {
		t.Errorf("error %v, want the step that failed", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Probe(ctx); err == nil {
		t.Error("a cancelled probe succeeded")
	}
}

func TestSecurityName(t *testing.T) {
	for option, want := range map[string]string{
		"name=seccomp,profile=default": "seccomp",
		"profile=x,name=selinux":       "selinux",
		"seccomp":                      "seccomp",
		"":                             "",
	} {
		if got := securityName(option); got != want {
			t.Errorf("securityName(%q) = %q, want %q", option, got, want)
		}
	}
}

// TestRemoveBoxes has one box that goes, one that somebody else removes at the
// same time, and one that the engine will not part with.
func TestRemoveBoxes(t *testing.T) {
	var asked atomic.Value
	serveBy(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch {
		case strings.HasSuffix(r.URL.Path, "/_ping"):
			w.Header().Set("Api-Version", MinAPI)
		case strings.HasSuffix(r.URL.Path, "/containers/json"):
			asked.Store(r.URL.Query().Get("filters"))
			_, _ = w.Write([]byte(`[{"Id":"goes"},{"Id":"gone"},{"Id":"stays"}]`))
		case r.Method == http.MethodDelete && strings.HasSuffix(r.URL.Path, "/goes"):
			w.WriteHeader(http.StatusNoContent)
		case r.Method == http.MethodDelete && strings.HasSuffix(r.URL.Path, "/gone"):
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"message":"no such container"}`))
		default:
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = w.Write([]byte(`{"message":"device busy"}`))
		}
	})
	n, err := RemoveBoxes(t.Context())
	if n != 1 {
		t.Errorf("%d boxes removed, want 1", n)
	}
	if err == nil || !strings.Contains(err.Error(), "stays") || strings.Contains(err.Error(), "gone") {
		t.Errorf("error %v, want it to name the box that stays and no other", err)
	}
	if filter, _ := asked.Load().(string); !strings.Contains(filter, WorkerLabel) {
		t.Errorf("the boxes were asked for by %q, without the label", filter)
	}
}
