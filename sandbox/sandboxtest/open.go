package sandboxtest

import (
	"archive/tar"
	"bytes"
	"context"
	"fmt"
	"path"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
	"github.com/docker/docker/pkg/stdcopy"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
)

// Open runs programs in containers that keep nobody in: as root with its
// capabilities, without a seccomp profile or limits, with a network and the
// host's control groups. Only the programs of this package run in it.
type Open struct {
	cli  *client.Client
	set  *images.Set
	init []byte // the program in openInit, compiled
}

// openInit is PID 1 of an Open container. It runs the program at the end of
// its arguments on each input in turn, the last time with the container's own
// standard output. A bystander process runs beside each run of the program,
// which inherits descriptor 3.
const openInit = `package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"time"
)

func main() {
	if len(os.Args) == 1 {
		for { // where the runtime sees no deadlock
			time.Sleep(time.Hour)
		}
	}
	null, err := os.OpenFile("/dev/null", os.O_RDWR, 0)
	if err != nil {
		panic(err)
	}
	code := 0
	runs, _ := strconv.Atoi(os.Args[1])
	for i := range runs {
		bystander := exec.Command("/proc/self/exe")
		if err := bystander.Start(); err != nil {
			panic(err)
		}
		stdin, err := os.Open(fmt.Sprintf("/box/stdin%d", i))
		if err != nil {
			panic(err)
		}
		c := exec.Command(os.Args[2], os.Args[3:]...)
		c.Stdin, c.Stdout, c.Stderr = stdin, os.Stderr, os.Stderr
		c.ExtraFiles = []*os.File{null}
		if i == runs-1 {
			c.Stdout = os.Stdout
		}
		_ = c.Run()
		_ = bystander.Process.Kill()
		_ = bystander.Wait()
		if code = c.ProcessState.ExitCode(); code < 0 {
			code = 128
		}
	}
	os.Exit(code)
}
`

// OpenOn prepares open containers on the engine of the environment; programs
// are compiled by the sandbox under test.
func OpenOn(t *testing.T, sb judge.Sandbox) *Open {
	t.Helper()
	cli, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cli.Close() })
	set, err := images.Load(t.Context(), cli)
	if err != nil {
		t.Fatal(err)
	}
	slot, err := sb.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer slot.Release()
	built, err := slot.Build(t.Context(), judge.Source{Language: judge.Go, Files: []judge.File{{Name: "main.go", Content: openInit}}})
	if err != nil || !built.OK {
		t.Fatalf("building the first process of open containers: %v %s", err, built.Output)
	}
	return &Open{cli: cli, set: set, init: built.Artifact.Data}
}

// run runs an attack that was built in a fresh open container.
func (o *Open) run(ctx context.Context, a *attack, built judge.Artifact) (out outcome, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	image, argv, files := o.command(a, built)
	inputs := append([]string{a.stdin}, a.then...)
	for i, in := range inputs {
		files = append(files, judge.File{Name: fmt.Sprintf("box/stdin%d", i), Content: in})
	}
	files = append(files, judge.File{Name: "box/init", Content: string(o.init)})
	files = append(files, a.planted...)
	made, err := o.cli.ContainerCreate(ctx, &container.Config{
		Image: image, Cmd: append([]string{"/box/init", strconv.Itoa(len(inputs))}, argv...),
		WorkingDir: "/work", User: "0:0", Env: []string{"HOME=/work", "LANG=C.UTF-8", "PATH=/usr/bin:/bin"},
		AttachStdout: true, AttachStderr: true,
	}, unconfined(), nil, nil, "")
	if err != nil {
		return out, fmt.Errorf("creating an open container: %w", err)
	}
	defer o.cli.ContainerRemove(context.WithoutCancel(ctx), made.ID, container.RemoveOptions{Force: true}) //nolint:errcheck // best effort
	if err := o.cli.CopyToContainer(ctx, made.ID, "/", tarOf(files), container.CopyToContainerOptions{}); err != nil {
		return out, fmt.Errorf("copying the program: %w", err)
	}
	h, err := o.cli.ContainerAttach(ctx, made.ID, container.AttachOptions{Stream: true, Stdout: true, Stderr: true})
	if err != nil {
		return out, fmt.Errorf("attaching: %w", err)
	}
	defer h.Close()
	if err := o.cli.ContainerStart(ctx, made.ID, container.StartOptions{}); err != nil {
		return out, fmt.Errorf("starting: %w", err)
	}
	var stdout, stderr bytes.Buffer
	if _, err := stdcopy.StdCopy(&stdout, &stderr, h.Reader); err != nil {
		return out, fmt.Errorf("reading its output: %w", err)
	}
	waited, errs := o.cli.ContainerWait(ctx, made.ID, container.WaitConditionNotRunning)
	select {
	case w := <-waited:
		out.result.ExitCode = int(w.StatusCode)
	case err := <-errs:
		return out, fmt.Errorf("waiting for its end: %w", err)
	}
	out.stdout, out.result.Stderr = stdout.String(), stderr.Bytes()
	out.verdict = judge.AC
	if out.result.ExitCode != 0 {
		out.verdict = judge.RTE
	}
	return out, nil
}

// unconfined is a privileged container, less the one capability and the
// devices that an engine which is confined itself cannot give.
func unconfined() *container.HostConfig {
	return &container.HostConfig{
		CapAdd: []string{"ALL"}, CapDrop: []string{"SYS_RESOURCE"},
		SecurityOpt: []string{"seccomp=unconfined", "apparmor=unconfined"},
		MaskedPaths: []string{}, ReadonlyPaths: []string{},
		Binds:     []string{"/sys/fs/cgroup:/sys/fs/cgroup"},
		Resources: container.Resources{DeviceCgroupRules: []string{"a *:* rwm"}},
	}
}

// command is how a language's artifact is run where nothing holds it back.
func (o *Open) command(a *attack, built judge.Artifact) (image string, argv []string, files []judge.File) {
	switch a.lang {
	case judge.Go:
		return o.set.Image(images.Python), []string{"/box/main"}, []judge.File{{Name: "box/main", Content: string(built.Data)}}
	case judge.Java:
		return o.set.Image(images.JavaRun), []string{"/docket/jre/bin/java", "-cp", "/box/app.jar", built.Entry},
			[]judge.File{{Name: "box/app.jar", Content: string(built.Data)}}
	default:
		return o.set.Image(images.Python), []string{"/usr/bin/python3", path.Join("/box", built.Entry)},
			[]judge.File{{Name: "box/" + built.Entry, Content: built.Files[0].Content}}
	}
}

func tarOf(files []judge.File) *bytes.Buffer {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range files {
		mode := int64(0o755)
		_ = w.WriteHeader(&tar.Header{Name: strings.TrimPrefix(f.Name, "/"), Mode: mode, Size: int64(len(f.Content))}) // to memory
		_, _ = w.Write([]byte(f.Content))
	}
	_ = w.Close()
	return &b
}
