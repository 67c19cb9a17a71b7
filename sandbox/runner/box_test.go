//go:build !quick

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/docker/docker/api/types"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/pkg/stdcopy"

	"github.com/docketjudge/docket/sandbox/wire"
)

// boxed is a box under test.
type boxed struct {
	t      testing.TB
	id     string
	conn   types.HijackedResponse
	in     *wire.Writer
	out    *wire.Reader
	stderr *tail
	hello  wire.Hello
}

type boxOptions struct {
	command []string // after /docket/runner
	through []string // what starts /docket/runner in place of the engine
	memory  int64
	pids    int64
	cpuset  string
	tmpfs   map[string]string
}

// tail keeps what the runner wrote to its standard error.
type tail struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *tail) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *tail) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// open starts a box with the settings that boxes have, and reads its Hello.
func open(t testing.TB, o boxOptions) *boxed {
	t.Helper()
	built.Do(func() { built.err = prepare() })
	if built.err != nil {
		t.Fatal(built.err)
	}
	if o.memory == 0 {
		o.memory = 384 << 20
	}
	if o.pids == 0 {
		o.pids = 64
	}
	tmpfs := map[string]string{
		"/box":  "rw,exec,nosuid,nodev,size=64m,mode=0755",
		"/work": "rw,noexec,nosuid,nodev,size=64m,nr_inodes=200000,mode=1777",
		"/tmp":  "rw,noexec,nosuid,nodev,size=64m,nr_inodes=200000,mode=1777",
	}
	for k, v := range o.tmpfs {
		tmpfs[k] = v
	}
	profile, err := os.ReadFile("../images/seccomp.json")
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	docker := built.docker
	made, err := docker.ContainerCreate(ctx, &container.Config{
		Image: built.image, Entrypoint: slices.Concat(o.through, []string{"/docket/runner"}, o.command),
		OpenStdin: true, StdinOnce: true, AttachStdin: true, AttachStdout: true, AttachStderr: true,
		NetworkDisabled: true,
	}, &container.HostConfig{
		CapDrop: []string{"ALL"}, CapAdd: []string{"SETUID", "SETGID", "KILL"},
		SecurityOpt: []string{"no-new-privileges", "seccomp=" + string(profile)}, ReadonlyRootfs: true,
		NetworkMode: "none", IpcMode: "private", CgroupnsMode: "private", Tmpfs: tmpfs, ShmSize: 64 << 20,
		LogConfig: container.LogConfig{Type: "none"},
		Resources: container.Resources{Memory: o.memory, MemorySwap: o.memory, PidsLimit: &o.pids, CpusetCpus: o.cpuset},
	}, nil, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	b := &boxed{t: t, id: made.ID, stderr: &tail{}}
	t.Cleanup(func() {
		if err := docker.ContainerRemove(ctx, made.ID, container.RemoveOptions{Force: true}); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("runner's standard error: %s", b.stderr)
		}
	})
	if b.conn, err = docker.ContainerAttach(ctx, made.ID, container.AttachOptions{Stream: true, Stdin: true, Stdout: true, Stderr: true}); err != nil {
		t.Fatal(err)
	}
	if err := docker.ContainerStart(ctx, made.ID, container.StartOptions{}); err != nil {
		t.Fatal(err)
	}
	pr, pw := io.Pipe()
	copied := make(chan struct{})
	go func() {
		defer close(copied)
		_, err := stdcopy.StdCopy(pw, b.stderr, b.conn.Reader)
		pw.CloseWithError(errors.Join(io.EOF, err))
	}()
	t.Cleanup(func() { b.conn.Close(); pr.Close(); <-copied })
	b.in, b.out = wire.NewWriter(b.conn.Conn), wire.NewReader(pr)
	_, p := b.expect(wire.KindHello)
	if b.hello, err = wire.DecodeHello(p); err != nil {
		t.Fatal(err)
	}
	return b
}

// next reads a frame within a time that only a hung box takes.
func (b *boxed) next() (wire.Kind, []byte, error) {
	if err := b.conn.Conn.SetReadDeadline(time.Now().Add(10 * time.Minute)); err != nil {
		return 0, nil, err
	}
	return b.out.Next()
}

func (b *boxed) expect(want ...wire.Kind) (wire.Kind, []byte) {
	b.t.Helper()
	kind, p, err := b.next()
	if err != nil {
		b.t.Fatalf("waiting for %v: %v (%s)", want, err, b.stderr)
	}
	for _, w := range want {
		if kind == w {
			return kind, p
		}
	}
	if kind == wire.KindFail {
		s, _ := wire.DecodeText(p)
		b.t.Fatalf("got Fail %q, want %v", s, want)
	}
	b.t.Fatalf("got %s, want %v", kind, want)
	return 0, nil
}

func (b *boxed) send(kind wire.Kind, p []byte) {
	b.t.Helper()
	if err := b.in.Write(kind, p); err != nil {
		b.t.Fatal(err)
	}
}

// answer waits for Done, or returns the reason of a Fail.
func (b *boxed) answer() string {
	b.t.Helper()
	kind, p := b.expect(wire.KindDone, wire.KindFail)
	if kind == wire.KindDone {
		return ""
	}
	s, err := wire.DecodeText(p)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

func (b *boxed) ok(what string) {
	b.t.Helper()
	if reason := b.answer(); reason != "" {
		b.t.Fatalf("%s: %s", what, reason)
	}
}

func (b *boxed) lease(uid uint32) {
	b.t.Helper()
	b.send(wire.KindLease, wire.Lease{UID: uid}.Append(nil))
	b.ok("lease")
}

func (b *boxed) wipe() {
	b.t.Helper()
	b.send(wire.KindWipe, nil)
	b.ok("wipe")
}

func (b *boxed) sendPut(path string, content []byte, exec bool) {
	b.t.Helper()
	b.send(wire.KindPut, wire.Put{Path: path, Size: uint64(len(content)), Exec: exec}.Append(nil))
	for len(content) > 0 {
		n := min(len(content), wire.MaxPayload)
		b.send(wire.KindData, content[:n])
		content = content[n:]
	}
}

func (b *boxed) putProbe() {
	b.t.Helper()
	b.sendPut("/box/probe", built.probe, true)
	b.ok("put")
}

// ready opens a box with a lease and the probe in it.
func ready(t testing.TB, o boxOptions) *boxed {
	t.Helper()
	b := open(t, o)
	b.lease(20001)
	b.putProbe()
	return b
}

// outcome is all that a run gave.
type outcome struct {
	wire.Exited
	stdout, stderr string
	collected      map[string]string
	credit         int
	fail           string
}

func probe(args ...string) wire.Exec {
	return wire.Exec{
		Run:  1,
		Argv: append([]string{"/box/probe"}, args...), Env: []string{"HOME=/work", "GOMAXPROCS=1"}, Dir: "/work",
		CPUStop: time.Minute, WallStop: 4 * time.Minute, MemoryStop: 320 << 20, OutputStop: 1 << 20, StderrCap: 64 << 10,
	}
}

// inputOf is the payload of a frame of the run that probe makes.
func inputOf(p []byte) []byte { return wire.Input{Run: 1, Data: p}.Append(nil) }

// start sends an Exec and all of a short input in one write.
func (b *boxed) start(e wire.Exec, stdin string) {
	b.t.Helper()
	frames := []wire.Frame{{Kind: wire.KindExec, Payload: e.Append(nil)}}
	if stdin != "" {
		frames = append(frames, wire.Frame{Kind: wire.KindStdin, Payload: inputOf([]byte(stdin))})
	}
	frames = append(frames, wire.Frame{Kind: wire.KindStdinEnd, Payload: inputOf(nil)})
	if err := b.in.WriteAll(frames...); err != nil {
		b.t.Fatal(err)
	}
}

// end gathers what a run gives until it has ended.
func (b *boxed) end() outcome {
	b.t.Helper()
	o := outcome{collected: map[string]string{}}
	var out, errs strings.Builder
	for {
		kind, p := b.expect(wire.KindStdout, wire.KindStderr, wire.KindCredit, wire.KindCollected, wire.KindExited, wire.KindFail)
		switch kind {
		case wire.KindStdout:
			out.Write(p)
		case wire.KindStderr:
			errs.Write(p)
		case wire.KindCredit:
			n, err := wire.DecodeUint32(p)
			if err != nil {
				b.t.Fatal(err)
			}
			o.credit += int(n)
		case wire.KindCollected:
			c, err := wire.DecodeCollected(p)
			if err != nil {
				b.t.Fatal(err)
			}
			o.collected[c.Name] = string(c.Content)
		case wire.KindFail:
			o.fail, _ = wire.DecodeText(p)
			return o
		case wire.KindExited:
			var err error
			if o.Exited, err = wire.DecodeExited(p); err != nil {
				b.t.Fatal(err)
			}
			o.stdout, o.stderr = out.String(), errs.String()
			return o
		}
	}
}

func (b *boxed) run(args ...string) outcome {
	b.t.Helper()
	b.start(probe(args...), "")
	o := b.end()
	if o.StdoutBytes != uint64(len(o.stdout)) {
		b.t.Errorf("reported %d bytes of output, sent %d", o.StdoutBytes, len(o.stdout))
	}
	return o
}
