//go:build !quick

// Package deploy_test tries the setup script for real: on engines beside the
// usual one, each with its own socket, state and network namespace. It needs
// root and dockerd, as the script does.
package deploy_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// setup runs setup.sh without a DOCKER_HOST of the environment.
func setup(t *testing.T, env []string, args ...string) (output string, code int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "./setup.sh", args...)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "DOCKER_HOST=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, env...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	t.Logf("setup.sh %s\n%s", strings.Join(args, " "), out)
	return string(out), cmd.ProcessState.ExitCode()
}

// engineDir is a directory for an engine, which is ended with the test.
func engineDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "engine") //nolint:usetesting // short: a socket's path may have 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, file := range []string{"docker.pid", "exec/containerd/containerd.pid"} {
			if pid, ok := readPID(filepath.Join(dir, file)); ok {
				end(t, pid, syscall.SIGTERM)
			}
		}
		_ = unix.Unmount(filepath.Join(dir, "data"), unix.MNT_DETACH) // the engine mounts its data on itself
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func readPID(file string) (pid int, ok bool) {
	b, err := os.ReadFile(file)
	if err != nil {
		return 0, false
	}
	pid, err = strconv.Atoi(strings.TrimSpace(string(b)))
	return pid, err == nil
}

func mustPID(t *testing.T, dir string) int {
	t.Helper()
	pid, ok := readPID(filepath.Join(dir, "docker.pid"))
	if !ok {
		t.Fatal("the engine left no pid file")
	}
	return pid
}

// end signals a process and waits until it is gone.
func end(t *testing.T, pid int, sig syscall.Signal) {
	t.Helper()
	fd, err := unix.PidfdOpen(pid, 0)
	if errors.Is(err, unix.ESRCH) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	if err := unix.PidfdSendSignal(fd, sig, nil, 0); err != nil && !errors.Is(err, unix.ESRCH) {
		t.Fatal(err)
	}
	const patience = 60_000 // ms; an engine waits up to 15 s for what it runs
	for {
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, patience)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil || n == 0 {
			t.Fatalf("process %d outlived %v: %v", pid, sig, err)
		}
		return
	}
}

func answers(t *testing.T, dir string) bool {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", filepath.Join(dir, "docker.sock"))
		},
	}}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://engine/_ping", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func TestSetupStartsAnEngineOnce(t *testing.T) {
	dir := engineDir(t)
	if _, code := setup(t, nil, "--engine-dir", dir); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	if !answers(t, dir) {
		t.Fatal("no engine answers")
	}
	first := mustPID(t, dir)
	out, code := setup(t, nil, "--engine-dir", dir)
	if code != 0 || !strings.Contains(out, "nothing was missing") {
		t.Errorf("the second run: exit code %d, %q", code, out)
	}
	if again := mustPID(t, dir); again != first {
		t.Errorf("the second run replaced engine %d by %d", first, again)
	}
}

func TestSetupRestartsAKilledEngine(t *testing.T) {
	dir := engineDir(t)
	if _, code := setup(t, nil, "--engine-dir", dir); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	killed := mustPID(t, dir)
	end(t, killed, syscall.SIGKILL) // leaves pid file, socket and containerd behind
	if _, code := setup(t, nil, "--engine-dir", dir); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	if mustPID(t, dir) == killed || !answers(t, dir) {
		t.Error("no engine answers after the restart")
	}
}

// TestSetupForgetsReusedPIDs lays out what a reboot leaves: pid files whose
// numbers belong to somebody else by now, and sockets that nobody listens on.
func TestSetupForgetsReusedPIDs(t *testing.T) {
	dir := engineDir(t)
	containerd := filepath.Join(dir, "exec", "containerd")
	if err := os.MkdirAll(containerd, 0o700); err != nil {
		t.Fatal(err)
	}
	self := []byte(strconv.Itoa(os.Getpid()))
	for _, file := range []string{filepath.Join(dir, "docker.pid"), filepath.Join(containerd, "containerd.pid")} {
		if err := os.WriteFile(file, self, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, socket := range []string{filepath.Join(dir, "docker.sock"), filepath.Join(containerd, "containerd.sock")} {
		l, err := net.ListenUnix("unix", &net.UnixAddr{Name: socket, Net: "unix"})
		if err != nil {
			t.Fatal(err)
		}
		l.SetUnlinkOnClose(false)
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	out, code := setup(t, nil, "--engine-dir", dir)
	if code != 0 || !answers(t, dir) {
		t.Fatalf("exit code %d", code)
	}
	if n := strings.Count(out, "removing the stale"); n != 4 {
		t.Errorf("%d stale files were removed, want 4", n)
	}
}

func TestSetupShowsWhyAnEngineDoesNotStart(t *testing.T) {
	dir := engineDir(t)
	if err := os.WriteFile(filepath.Join(dir, "data"), nil, 0o600); err != nil { // where a directory is needed
		t.Fatal(err)
	}
	out, code := setup(t, nil, "--engine-dir", dir)
	if code != 1 || !strings.Contains(out, "dockerd ended while starting") {
		t.Errorf("exit code %d, %q; want 1 and what happened", code, out)
	}
	_, tail, _ := strings.Cut(out, "the last lines of")
	if !strings.Contains(tail, "'"+filepath.Join(dir, "data")+"'") && !strings.Contains(tail, filepath.Join(dir, "data")+":") {
		t.Errorf("%q does not say what dockerd stumbled over", out)
	}
}

func TestSetupHonoursDockerHost(t *testing.T) {
	dir := engineDir(t)
	if out, code := setup(t, []string{"DOCKER_HOST=tcp://192.0.2.1:2376"}); code != 0 || !strings.Contains(out, "no engine is installed") {
		t.Errorf("remote: exit code %d, %q", code, out)
	}
	nobody := "DOCKER_HOST=unix://" + filepath.Join(dir, "nobody.sock")
	if out, code := setup(t, []string{nobody}); code != 1 || !strings.Contains(out, "nobody.sock") {
		t.Errorf("socket of nobody: exit code %d, %q", code, out)
	}
}

func TestSetupUsage(t *testing.T) {
	if _, code := setup(t, nil, "--frobnicate"); code != 2 {
		t.Errorf("unknown flag: exit code %d, want 2", code)
	}
	if out, code := setup(t, nil, "--help"); code != 0 || !strings.Contains(out, "--tests") {
		t.Errorf("--help: exit code %d, %q", code, out)
	}
}
