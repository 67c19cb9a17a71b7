// Package enginetest starts Docker engines for tests that do to an engine what
// the machine's own must be spared.
package enginetest

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/image"
	"github.com/docker/docker/client"
	"golang.org/x/sys/unix"

	"github.com/docketjudge/docket/sandbox/engine"
)

// Engine is a Docker engine of a test's own, beside the machine's.
type Engine struct {
	dir string
	cli *client.Client
}

// Start starts an engine and gives it the images of this build of Docket,
// which the engine of the environment must have. It ends with the test.
func Start(t testing.TB) *Engine {
	t.Helper()
	dir, err := os.MkdirTemp("", "engine") //nolint:usetesting // short: a socket's path may have 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	e := &Engine{dir: dir}
	t.Cleanup(func() { e.end(t) })
	e.Start(t)
	if e.cli, err = client.NewClientWithOpts(client.WithHost(e.Host()), client.WithAPIVersionNegotiation()); err != nil {
		t.Fatal(err)
	}
	if err := e.copyImages(t.Context()); err != nil {
		t.Fatalf("copying images: %v", err)
	}
	return e
}

func (e *Engine) copyImages(ctx context.Context) error {
	all, err := engine.Images(ctx)
	if err != nil {
		return err
	}
	refs := make([]string, 0, len(all))
	for _, i := range all {
		refs = append(refs, i.Ref)
	}
	from, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		return err
	}
	defer from.Close() //nolint:errcheck // only idle connections are left to close
	saved, err := from.ImageSave(ctx, refs)
	if err != nil {
		return err
	}
	defer saved.Close() //nolint:errcheck // only read
	loaded, err := e.cli.ImageLoad(ctx, saved)
	if err != nil {
		return err
	}
	defer loaded.Body.Close() //nolint:errcheck // only read
	_, err = io.Copy(io.Discard, loaded.Body)
	return err
}

// Host is the engine's address, as in DOCKER_HOST.
func (e *Engine) Host() string { return "unix://" + filepath.Join(e.dir, "docker.sock") }

// Start starts the engine again after it was killed.
func (e *Engine) Start(t testing.TB) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), filepath.Join(moduleDir(t), "deploy/setup.sh"), "--engine-dir", e.dir)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "DOCKER_HOST=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("starting an engine: %v:\n%s", err, out)
	}
}

// moduleDir is the directory of go.mod, above the test's own.
func moduleDir(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test's directory")
		}
		dir = up
	}
}

// Signal sends the engine a signal: SIGKILL ends it and all its boxes, SIGSTOP
// lets it hang until SIGCONT.
func (e *Engine) Signal(t testing.TB, s syscall.Signal) {
	t.Helper()
	pid, ok := e.pid("docker.pid")
	if !ok {
		t.Fatal("the engine has no pid file")
	}
	if err := syscall.Kill(pid, s); err != nil {
		t.Fatalf("sending %v to the engine: %v", s, err)
	}
}

func (e *Engine) pid(file string) (int, bool) {
	text, err := os.ReadFile(filepath.Join(e.dir, file)) //nolint:gosec // below the engine's own directory
	if err != nil {
		return 0, false
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	return pid, err == nil
}

// hidden begins the name of an image that HideImage has taken away: its layers
// stay where they are.
const hidden = "hidden-"

// HideImage takes an image away, named without its tag, and removes all boxes.
func (e *Engine) HideImage(t testing.TB, name string) {
	t.Helper()
	ref := imageOf(t, name)
	err := e.cli.ImageTag(t.Context(), ref, hidden+ref)
	if err == nil {
		_, err = e.cli.ImageRemove(t.Context(), ref, image.RemoveOptions{Force: true})
	}
	if err != nil {
		t.Fatal(err)
	}
	boxes, err := e.cli.ContainerList(t.Context(), container.ListOptions{All: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range boxes {
		// One may be going by itself.
		_ = e.cli.ContainerRemove(t.Context(), b.ID, container.RemoveOptions{Force: true})
	}
}

// ShowImage undoes HideImage.
func (e *Engine) ShowImage(t testing.TB, name string) {
	t.Helper()
	ref := imageOf(t, name)
	if err := e.cli.ImageTag(t.Context(), hidden+ref, ref); err != nil {
		t.Fatal(err)
	}
}

func imageOf(t testing.TB, name string) string {
	t.Helper()
	all, err := engine.Images(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range all {
		if strings.HasPrefix(i.Ref, name+":") {
			return i.Ref
		}
	}
	t.Fatalf("docket has no image %s", name)
	return ""
}

// endTime bounds the wait for an engine that was told to end.
const endTime = 5 * time.Minute

// end ends the engine and removes all that it had.
func (e *Engine) end(t testing.TB) {
	t.Helper()
	if e.cli != nil {
		_ = e.cli.Close()
	}
	for _, file := range []string{"docker.pid", "exec/containerd/containerd.pid"} {
		pid, ok := e.pid(file)
		if !ok {
			continue
		}
		_ = syscall.Kill(pid, syscall.SIGCONT)
		_ = syscall.Kill(pid, syscall.SIGTERM) // it may have ended
		tick := time.NewTicker(20 * time.Millisecond)
		for late := time.Now().Add(endTime); lives(pid); <-tick.C {
			if time.Now().After(late) {
				t.Errorf("process %d of the engine does not end", pid)
				break
			}
		}
		tick.Stop()
	}
	_ = unix.Unmount(filepath.Join(e.dir, "data"), unix.MNT_DETACH) // the engine mounts its data on itself
	if err := os.RemoveAll(e.dir); err != nil {
		t.Error(err)
	}
}

// lives reports whether there is such a process; a zombie is none.
func lives(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && !strings.Contains(string(stat), ") Z ")
}
