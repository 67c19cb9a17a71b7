//go:build !quick

package images

import (
	"archive/tar"
	"bytes"
	"context"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
	"github.com/docker/docker/pkg/stdcopy"
	"go.uber.org/goleak"

	"github.com/docketjudge/docket/judge"
)

// These tests use the engine and, where they are missing, build the images.

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func engine(t *testing.T) *client.Client {
	t.Helper()
	cli, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cli.Close() })
	return cli
}

var builtSet = sync.OnceValues(func() (*Set, error) {
	cli, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		return nil, err
	}
	defer cli.Close()
	s, err := Plan(context.Background())
	if err != nil {
		return nil, err
	}
	return s, s.Build(context.Background(), cli, os.Stderr)
})

// built is the set, with all its images present.
func built(t *testing.T) *Set {
	t.Helper()
	s, err := builtSet()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// try is one container: what runs in it, and how.
type try struct {
	image      Name
	argv, env  []string
	dir        string
	stdin      string
	files      map[string]string // absolute path -> content
	memory     judge.Bytes
	unconfined bool // without the seccomp profile and with every capability
}

// outcome is what came of it.
type outcome struct {
	code           int
	stdout, stderr string
	cli            *client.Client
	id             string
}

// openCaps are what calls need that the profile refuses, so that the kernel
// itself would not.
var openCaps = []string{
	"SYS_ADMIN", "SYS_CHROOT", "NET_RAW", "NET_ADMIN", "SYS_PTRACE", "DAC_READ_SEARCH", "SYS_NICE", "IPC_OWNER",
	"SYS_BOOT", "SYS_MODULE", "SYS_TIME", "SYS_RAWIO", "SYS_PACCT", "SYSLOG",
}

// start creates a container and connects to it.
func (r try) start(t *testing.T) (*client.Client, string, io.ReadWriter, func()) {
	t.Helper()
	cli, set, ctx := engine(t), built(t), t.Context()
	h := &container.HostConfig{
		NetworkMode: "none",
		CapDrop:     []string{"ALL"}, CapAdd: []string{"SETUID", "SETGID", "KILL"},
		SecurityOpt: []string{"no-new-privileges", "seccomp=" + Seccomp()},
		Resources:   container.Resources{Memory: int64(r.memory), MemorySwap: int64(r.memory)},
	}
	if r.unconfined {
		h.CapDrop, h.CapAdd, h.SecurityOpt = nil, openCaps, []string{"seccomp=unconfined", "apparmor=unconfined"}
	}
	c, err := cli.ContainerCreate(ctx, &container.Config{
		Image: set.Image(r.image), Cmd: r.argv, Env: r.env, WorkingDir: r.dir,
		OpenStdin: true, StdinOnce: true, AttachStdin: true, AttachStdout: true, AttachStderr: true,
	}, h, nil, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := cli.ContainerRemove(ctx, c.ID, container.RemoveOptions{Force: true}); err != nil && !errdefs.IsNotFound(err) {
			t.Errorf("removing container: %v", err)
		}
	})
	if len(r.files) > 0 {
		var b bytes.Buffer
		tw := tar.NewWriter(&b)
		for _, name := range slices.Sorted(maps.Keys(r.files)) {
			must(t, tw.WriteHeader(&tar.Header{Name: name[1:], Mode: 0o755, Size: int64(len(r.files[name]))}))
			_, err := tw.Write([]byte(r.files[name]))
			must(t, err)
		}
		must(t, tw.Close())
		must(t, cli.CopyToContainer(ctx, c.ID, "/", &b, container.CopyToContainerOptions{}))
	}
	conn, err := cli.ContainerAttach(ctx, c.ID, container.AttachOptions{Stream: true, Stdin: true, Stdout: true, Stderr: true})
	must(t, err)
	t.Cleanup(conn.Close)
	must(t, cli.ContainerStart(ctx, c.ID, container.StartOptions{}))
	return cli, c.ID, struct {
		io.Reader
		io.Writer
	}{conn.Reader, conn.Conn}, func() { _ = conn.CloseWrite() }
}

// run runs it to its end.
func (r try) run(t *testing.T) outcome {
	t.Helper()
	cli, id, conn, closeWrite := r.start(t)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = io.WriteString(conn, r.stdin) // it need not read it
		closeWrite()
	}()
	var stdout, stderr strings.Builder
	_, err := stdcopy.StdCopy(&stdout, &stderr, conn)
	must(t, err)
	<-done
	waiting, failed := cli.ContainerWait(t.Context(), id, container.WaitConditionNotRunning)
	select {
	case err := <-failed:
		t.Fatal(err)
	case w := <-waiting:
		return outcome{int(w.StatusCode), stdout.String(), stderr.String(), cli, id}
	}
	panic("unreachable")
}

// read returns a file that a container left behind.
func (o outcome) read(t *testing.T, file string) string {
	t.Helper()
	body, _, err := o.cli.CopyFromContainer(t.Context(), o.id, file)
	must(t, err)
	defer body.Close()
	tr := tar.NewReader(body)
	_, err = tr.Next()
	must(t, err)
	b, err := io.ReadAll(tr)
	must(t, err)
	return string(b)
}

// list names what lies in a directory.
func (o outcome) list(t *testing.T, dir string) []string {
	t.Helper()
	body, _, err := o.cli.CopyFromContainer(t.Context(), o.id, dir)
	must(t, err)
	defer body.Close()
	var names []string
	for tr := tar.NewReader(body); ; {
		h, err := tr.Next()
		if err == io.EOF {
			return names
		}
		must(t, err)
		if path.Clean(h.Name) != path.Base(dir) {
			names = append(names, h.Name)
		}
	}
}

func (o outcome) ok(t *testing.T) outcome {
	t.Helper()
	if o.code != 0 {
		t.Fatalf("exit code %d\nstdout: %s\nstderr: %s", o.code, o.stdout, o.stderr)
	}
	return o
}

// staticProgram compiles a program of testdata for a box.
func staticProgram(t *testing.T, dir string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "program")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "./testdata/"+dir)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	b, err := os.ReadFile(out)
	must(t, err)
	return string(b)
}
