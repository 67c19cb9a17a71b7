//go:build !quick

package main_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/docketjudge/docket/sandbox/engine"
)

// The tests in the files e2e*_test.go run docket as its users do: processes of
// this same test binary, a real Docker engine, a real redis-server, and HTTP.

// patience bounds every wait for something that must happen. It is no
// requirement of its own: it only keeps a failing test from hanging.
const patience = 10 * time.Minute

// imagesOnce makes the images that are missing, for a test that is run
// without make.
var imagesOnce = sync.OnceValues(func() (string, error) {
	var said bytes.Buffer
	err := engine.BuildImages(context.Background(), &said)
	return said.String(), err
})

func needImages(t *testing.T) {
	t.Helper()
	if said, err := imagesOnce(); err != nil {
		t.Fatalf("%s\n%v", said, err)
	}
}

// daemon is a docket process.
type daemon struct {
	cmd    *exec.Cmd
	exited chan struct{} // closed after the process has ended

	mu    sync.Mutex
	text  strings.Builder
	grown chan struct{} // closed and replaced when text grows
}

// start runs docket with arguments. It is asked to end, and then made to,
// when the test is over.
func start(t *testing.T, args ...string) *daemon {
	return startIn(t, nil, args...)
}

// startIn is start with more environment.
func startIn(t *testing.T, env []string, args ...string) *daemon {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	d := &daemon{exited: make(chan struct{}), grown: make(chan struct{})}
	d.cmd = exec.CommandContext(t.Context(), exe, args...)
	d.cmd.Args[0] = "docket" // TestMain takes it for the command
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "DOCKET_") {
			d.cmd.Env = append(d.cmd.Env, v)
		}
	}
	d.cmd.Env = append(d.cmd.Env, env...)
	d.cmd.Stdout, d.cmd.Stderr = d, d
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	d.cmd.Cancel = func() error { return d.cmd.Process.Signal(syscall.SIGTERM) }
	d.cmd.WaitDelay = 30 * time.Second
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(d.exited)
		_ = d.cmd.Wait() // its state tells
	}()
	t.Cleanup(func() {
		<-d.exited // asked to end by the test's context
		if t.Failed() {
			t.Logf("docket %s said:\n%s", strings.Join(args, " "), d.said())
		}
	})
	return d
}

// Write takes what the process prints.
func (d *daemon) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.text.Write(p)
	close(d.grown)
	d.grown = make(chan struct{})
	return len(p), nil
}

func (d *daemon) said() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.String()
}

// await waits until the process says something that matches and returns the
// first group of the match, or all of it.
func (d *daemon) await(t *testing.T, pattern string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	late := time.NewTimer(patience)
	defer late.Stop()
	for ended := false; ; {
		d.mu.Lock()
		text, grown := d.text.String(), d.grown
		d.mu.Unlock()
		if m := re.FindStringSubmatch(text); m != nil {
			return m[len(m)-1]
		}
		if ended {
			t.Fatalf("docket ended without saying %q:\n%s", pattern, text)
		}
		select {
		case <-grown:
		case <-d.exited:
			ended = true
		case <-late.C:
			t.Fatalf("docket did not say %q:\n%s", pattern, text)
		}
	}
}

// workerID waits for the worker to start and returns the label of its boxes.
func (d *daemon) workerID(t *testing.T) string {
	t.Helper()
	return d.await(t, `msg="worker started" worker=(\S+)`)
}

// caller waits for the API to start and returns a client of it.
func (d *daemon) caller(t *testing.T) *caller {
	t.Helper()
	return &caller{base: "http://" + d.await(t, `msg="api started" addr=(\S+)`)}
}

func (d *daemon) signal(t *testing.T, s os.Signal) {
	t.Helper()
	if err := d.cmd.Process.Signal(s); err != nil {
		t.Fatalf("sending %v: %v", s, err)
	}
}

// wait waits for the process to end and returns how it did.
func (d *daemon) wait(t *testing.T) *os.ProcessState {
	t.Helper()
	select {
	case <-d.exited:
	case <-time.After(patience):
		t.Fatalf("docket does not end:\n%s", d.said())
	}
	return d.cmd.ProcessState
}

// ends waits for a process to end well.
func (d *daemon) ends(t *testing.T) {
	t.Helper()
	if s := d.wait(t); s.ExitCode() != 0 {
		t.Errorf("docket ended with %v:\n%s", s, d.said())
	}
}

// eventually polls for a condition that nothing announces.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	late := time.NewTimer(patience)
	defer late.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-late.C:
			t.Fatalf("still not so: %s", what)
		}
	}
}

// boxes are the containers of a worker.
func boxes(t *testing.T, worker string) []string {
	t.Helper()
	ids, err := engine.Boxes(t.Context(), worker)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func wantNoBoxes(t *testing.T, worker string) {
	t.Helper()
	if left := boxes(t, worker); len(left) > 0 {
		t.Errorf("worker %s ended and left %d boxes: %v", worker, len(left), left)
	}
}

// writeProblems lays problem packages into a directory for --problems.
func writeProblems(t *testing.T, packages ...map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for _, files := range packages {
		for name, text := range files {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// doubling is a package that asks for twice the number, with three tests. Its
// limits are those of problem.yaml; more files may be added to it.
func doubling(slug, limits, problemType string, more map[string]string) map[string]string {
	files := map[string]string{
		slug + "/problem.yaml": fmt.Sprintf("problem_format_version: 2025-09\nname: Double it\n"+
			"uuid: 6f9619ff-8b86-d011-b42d-00cf4fc964ff\ncredits: The Docket authors\nlicense: cc0\n"+
			"type: %s\nlimits: {%s}\n", problemType, limits),
		slug + "/statement/problem.en.md":      "Double the number.\n",
		slug + "/data/sample/1.in":             "1\n",
		slug + "/data/sample/1.ans":            "2\n",
		slug + "/data/secret/1.in":             "21\n",
		slug + "/data/secret/1.ans":            "42\n",
		slug + "/data/secret/2.in":             "500\n",
		slug + "/data/secret/2.ans":            "1000\n",
		slug + "/input_validators/v.py":        "exit(42)\n",
		slug + "/submissions/accepted/fine.py": "print(2 * int(input()))\n",
	}
	for name, text := range more {
		files[slug+"/"+name] = text
	}
	return files
}
