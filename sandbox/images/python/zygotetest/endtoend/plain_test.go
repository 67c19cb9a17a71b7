//go:build !quick

package endtoend_test

import (
	"archive/tar"
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/network"
	"github.com/docker/docker/client"
	"github.com/docker/docker/pkg/stdcopy"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
)

// plain runs programs as `python3 /box/main.py`, each in a fresh container of
// the image that run boxes are made from.
type plain struct {
	cli   *client.Client
	image string
}

func newPlain(t *testing.T) *plain {
	t.Helper()
	cli, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cli.Close(); err != nil {
			t.Error(err)
		}
	})
	set, err := images.Load(t.Context(), cli)
	if err != nil {
		t.Fatal(err)
	}
	return &plain{cli: cli, image: set.Image(images.Python)}
}

// settings are those of a run box as far as a program can tell, without the
// runner and its interpreter. PID 1 must be another process, for the kernel
// spares it the signals that it does not handle.
func (p *plain) settings() (*container.Config, *container.HostConfig) {
	tmpfs := "rw,nosuid,nodev,noexec,mode=1777,size=64m,nr_inodes=8192"
	return &container.Config{
			Image: p.image, Cmd: []string{"/usr/bin/python3", "-c", "import threading; threading.Event().wait()"}, User: "20001:20001", NetworkDisabled: true,
		}, &container.HostConfig{
			NetworkMode: network.NetworkNone,
			CapDrop:     []string{"ALL"},
			SecurityOpt: []string{"no-new-privileges", "seccomp=" + images.Seccomp()},
			IpcMode:     container.IPCModePrivate,
			LogConfig:   container.LogConfig{Type: "none"},
			Tmpfs:       map[string]string{judge.WorkDir: tmpfs, "/tmp": tmpfs},
			Resources: container.Resources{Ulimits: []*container.Ulimit{
				{Name: "core", Soft: 0, Hard: 0},
				{Name: "nofile", Soft: 1024, Hard: 1024},
				{Name: "stack", Soft: -1, Hard: -1},
				{Name: "data", Soft: int64(64 * judge.GiB), Hard: int64(64 * judge.GiB)},
				{Name: "memlock", Soft: 0, Hard: 0},
				{Name: "msgqueue", Soft: 0, Hard: 0},
			}},
		}
}

func (p *plain) run(ctx context.Context, prog program) (f fate, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	config, host := p.settings()
	made, err := p.cli.ContainerCreate(ctx, config, host, nil, nil, "")
	if err != nil {
		return f, fmt.Errorf("creating its container: %w", err)
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer cancel()
		if e := p.cli.ContainerRemove(ctx, made.ID, container.RemoveOptions{Force: true}); e != nil && err == nil {
			err = fmt.Errorf("removing its container: %w", e)
		}
	}()
	if err := p.cli.CopyToContainer(ctx, made.ID, "/", archive(prog.files), container.CopyToContainerOptions{}); err != nil {
		return f, fmt.Errorf("copying it: %w", err)
	}
	if err := p.cli.ContainerStart(ctx, made.ID, container.StartOptions{}); err != nil {
		return f, fmt.Errorf("starting its container: %w", err)
	}
	return p.exec(ctx, made.ID, prog.stdin)
}

// afresh gives every signal its default disposition and becomes the command
// in its arguments. An engine hands down the signals that it was started with
// as ignored, which a box does not pass on; the C library refuses to speak of
// some of them (32 and 33), the kernel does not.
//
// Its standard input becomes a file, as a box gives it to programs.
const afresh = `import ctypes, os, sys
with open(os.memfd_create("stdin"), "wb") as f:
    f.write(sys.stdin.buffer.read())
    f.flush()
    os.dup2(os.open(f"/proc/self/fd/{f.fileno()}", os.O_RDONLY), 0)
rt_sigaction = {"x86_64": 13, "aarch64": 134}[os.uname().machine]
default = (ctypes.c_ulong * 4)()
for signum in range(1, 65):
    ctypes.CDLL(None).syscall(rt_sigaction, signum, default, None, 8)
del os.environ["HOSTNAME"] # which the engine adds
os.execvp(sys.argv[1], sys.argv[1:])`

// exec runs the interpreter in a container.
func (p *plain) exec(ctx context.Context, id, stdin string) (f fate, err error) {
	made, err := p.cli.ContainerExecCreate(ctx, id, container.ExecOptions{
		User: "20001:20001", WorkingDir: judge.WorkDir,
		// What the sandbox gives to programs.
		Env:         []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + judge.WorkDir, "TMPDIR=/tmp", "LANG=C.UTF-8", "USER=docket"},
		Cmd:         []string{"/usr/bin/python3", "-c", afresh, "python3", "/box/main.py"},
		AttachStdin: true, AttachStdout: true, AttachStderr: true,
	})
	if err != nil {
		return f, fmt.Errorf("preparing the interpreter: %w", err)
	}
	h, err := p.cli.ContainerExecAttach(ctx, made.ID, container.ExecAttachOptions{})
	if err != nil {
		return f, fmt.Errorf("starting the interpreter: %w", err)
	}
	defer h.Close()
	fed := make(chan struct{})
	go func() {
		defer close(fed)
		_, _ = h.Conn.Write([]byte(stdin)) // a program need not read it
		_ = h.CloseWrite()
	}()
	var stdout, stderr bytes.Buffer
	_, err = stdcopy.StdCopy(&stdout, &stderr, h.Reader)
	h.Close()
	<-fed
	if err != nil {
		return f, fmt.Errorf("reading its output: %w", err)
	}
	for {
		s, err := p.cli.ContainerExecInspect(ctx, made.ID)
		if err != nil {
			return f, fmt.Errorf("asking for its end: %w", err)
		}
		if !s.Running { // its streams may end before it does
			// A traceback names the files as their author does.
			named := strings.ReplaceAll(stderr.String(), `File "/box/`, `File "`)
			return fate{Stdout: stdout.String(), Stderr: named, Exit: s.ExitCode}, nil
		}
	}
}

func archive(files []judge.File) *bytes.Buffer {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		_ = w.WriteHeader(&tar.Header{Name: path.Join("box", f.Name), Mode: 0o644, Size: int64(len(f.Content))}) // to memory
		_, _ = w.Write([]byte(f.Content))
	}
	_ = w.Close()
	return &b
}
