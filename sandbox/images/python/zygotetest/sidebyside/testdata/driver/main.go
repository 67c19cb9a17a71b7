// Command driver is PID 1 of the container in which the zygote is compared
// with a plain interpreter. It reads orders, one JSON object a line, and
// answers each with one line. It is to the zygote what the runner is, in as
// few words as will do.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const (
	python   = "/usr/bin/python3"
	uid      = 4321
	patience = 20 * time.Second
)

// Order is what the test wants.
type Order struct {
	Do     string            `json:"do"` // start, compare, raw, exhaust, repeat
	Zygote string            `json:"zygote"`
	Way    string            `json:"way"` // repeat: zygote or plain
	Times  int               `json:"times"`
	Files  map[string]string `json:"files"` // what lies in /box
	Script string            `json:"script"`
	Args   []string          `json:"args"`
	Env    []string          `json:"env"`
	Stdin  []byte            `json:"stdin"`
	Mode   string            `json:"mode"`
	Data   int               `json:"data"`
	Packet string            `json:"packet"` // raw
	FDs    int               `json:"fds"`
}

// Fate is what became of a program.
type Fate struct {
	Stdout, Stderr []byte
	Exit, Signal   int
	MemoryError    bool
	Error          string // of the zygote
}

// Answer is what came of an order.
type Answer struct {
	Error         string
	Zygote, Plain Fate
	Took          time.Duration
}

func main() {
	in := json.NewDecoder(bufio.NewReader(os.Stdin))
	out := json.NewEncoder(os.Stdout)
	var d driver
	for {
		var o Order
		if err := in.Decode(&o); err != nil {
			if err != io.EOF {
				fmt.Fprintln(os.Stderr, "driver:", err)
				os.Exit(1)
			}
			return
		}
		a, err := d.carryOut(&o)
		if err != nil {
			a.Error = err.Error()
		}
		if err := out.Encode(a); err != nil {
			fmt.Fprintln(os.Stderr, "driver:", err)
			os.Exit(1)
		}
	}
}

type driver struct {
	socket  int
	scratch int // counts the working directories that were put away
}

func (d *driver) carryOut(o *Order) (a Answer, err error) {
	switch o.Do {
	case "start":
		return a, d.start(o)
	case "raw":
		a.Zygote, err = d.ask([]byte(o.Packet), nil, o.FDs)
		return a, err
	case "exhaust":
		return d.exhausted(o)
	case "compare":
		if err = d.lay(o); err != nil {
			return a, err
		}
		if a.Plain, err = d.anew(o, d.plain); err != nil {
			return a, err
		}
		a.Zygote, err = d.anew(o, d.fork)
		return a, err
	case "repeat":
		if err = d.lay(o); err != nil {
			return a, err
		}
		way := d.fork
		if o.Way == "plain" {
			way = d.plain
		}
		begin := time.Now()
		for range o.Times {
			if a.Zygote, err = way(o); err != nil {
				return a, err
			}
		}
		a.Took = time.Since(begin)
		return a, nil
	}
	return a, fmt.Errorf("no such order: %q", o.Do)
}

// start replaces the zygote that serves.
func (d *driver) start(o *Order) error {
	if d.socket > 0 {
		syscall.Close(d.socket)
	}
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_SEQPACKET|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	d.socket = pair[0]
	theirs := os.NewFile(uintptr(pair[1]), "zygote")
	cmd := exec.Command(python, "-I", "-S", o.Zygote, "/box/main.py")
	cmd.ExtraFiles = []*os.File{theirs}
	cmd.Stderr = os.Stderr
	cmd.Env = o.Env
	if err := cmd.Start(); err != nil {
		return err
	}
	theirs.Close()
	go func() { _ = cmd.Wait() }()
	buf := make([]byte, 64<<10)
	n, _, err := syscall.Recvfrom(d.socket, buf, 0)
	if err != nil {
		return err
	}
	if !strings.Contains(string(buf[:n]), `"ready"`) {
		return fmt.Errorf("the zygote says %q", buf[:n])
	}
	return nil
}

// lay puts the program where it will be run.
func (d *driver) lay(o *Order) error {
	old, err := filepath.Glob("/box/*")
	if err != nil {
		return err
	}
	for _, f := range old {
		if err := os.RemoveAll(f); err != nil {
			return err
		}
	}
	for name, content := range o.Files {
		file := filepath.Join("/box", name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// anew runs in an empty /work/home; root may not clean up after others here,
// but put away a directory of its own.
func (d *driver) anew(o *Order, run func(*Order) (Fate, error)) (Fate, error) {
	const home = "/work/home"
	if err := os.Mkdir(home, 0o755); err != nil {
		return Fate{}, err
	}
	if err := os.Chmod(home, 0o1777); err != nil {
		return Fate{}, err
	}
	f, err := run(o)
	d.scratch++
	return f, errors.Join(err, os.Rename(home, fmt.Sprintf("/work/%d", d.scratch)))
}

func (o *Order) argv() []string {
	return append([]string{filepath.Join("/box", o.Script)}, o.Args...)
}

// plain starts an interpreter.
func (d *driver) plain(o *Order) (Fate, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(python)
	cmd.Args = append([]string{"python3"}, o.argv()...)
	cmd.Env, cmd.Dir = o.Env, "/work/home"
	if _, err := os.Stat(cmd.Dir); err != nil {
		cmd.Dir = "/work"
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: &syscall.Credential{Uid: uid, Gid: uid}}
	stdin, err := input(o.Stdin)
	if err != nil {
		return Fate{}, err
	}
	defer stdin.Close()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, &stdout, &stderr
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		return Fate{}, err
	}
	guard := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer guard.Stop()
	err = cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && !errors.Is(err, syscall.EPIPE) && !errors.Is(err, exec.ErrWaitDelay) {
		return Fate{}, err
	}
	return fate(cmd.ProcessState.Sys().(syscall.WaitStatus), stdout.Bytes(), stderr.Bytes()), nil
}

// input is a file of that content, as boxes give it to programs.
func input(content []byte) (*os.File, error) {
	name := filepath.Join(os.TempDir(), "stdin")
	defer os.Remove(name)
	if err := os.WriteFile(name, content, 0o644); err != nil {
		return nil, err
	}
	return os.Open(name)
}

func fate(status syscall.WaitStatus, stdout, stderr []byte) Fate {
	f := Fate{Stdout: stdout, Stderr: stderr, Exit: status.ExitStatus()}
	if status.Signaled() {
		f.Signal = int(status.Signal())
	}
	return f
}

// fork has the zygote run the program.
func (d *driver) fork(o *Order) (Fate, error) {
	request := map[string]any{"mode": "run", "argv": o.argv(), "env": variables(o.Env), "uid": uid, "gid": uid, "cwd": "/work/home"}
	if _, err := os.Stat("/work/home"); err != nil {
		request["cwd"] = "/work"
	}
	if o.Mode == "check" {
		request["mode"], request["files"] = "check", o.argv()
	}
	if o.Data > 0 {
		request["data"] = o.Data
	}
	packet, err := json.Marshal(request)
	if err != nil {
		return Fate{}, err
	}
	return d.ask(packet, o.Stdin, 3)
}

// variables is an environment as an object of JSON that keeps its order.
func variables(env []string) json.RawMessage {
	b := []byte("{")
	for i, v := range env {
		if i > 0 {
			b = append(b, ',')
		}
		for j, part := range strings.SplitN(v, "=", 2) {
			if j > 0 {
				b = append(b, ':')
			}
			quoted, _ := json.Marshal(part) // a string always can be
			b = append(b, quoted...)
		}
	}
	return append(b, '}')
}

// ask sends a packet with descriptors and awaits the end of what it starts.
func (d *driver) ask(packet, stdin []byte, fds int) (Fate, error) {
	in, err := input(stdin)
	if err != nil {
		return Fate{}, err
	}
	ours, theirs := []*os.File{nil}, []*os.File{in}
	for range 2 {
		r, w, err := os.Pipe()
		if err != nil {
			return Fate{}, err
		}
		ours, theirs = append(ours, r), append(theirs, w)
	}
	defer func() {
		for _, f := range ours[1:] {
			f.Close()
		}
	}()
	var rights []int
	for i := range fds {
		rights = append(rights, int(theirs[i%3].Fd()))
	}
	err = syscall.Sendmsg(d.socket, packet, syscall.UnixRights(rights...), nil, syscall.MSG_NOSIGNAL)
	for _, f := range theirs {
		f.Close()
	}
	if err != nil {
		return Fate{}, fmt.Errorf("sending: %w", err)
	}
	outputs := make(chan []byte, 1)
	go func() { outputs <- collect(ours[2]) }()
	stdout := make(chan []byte, 1)
	go func() { stdout <- collect(ours[1]) }()
	f, err := d.await()
	// As for a plain start, who holds the streams open is waited for a while only.
	limit := time.Now().Add(time.Second)
	ours[1].SetReadDeadline(limit)
	ours[2].SetReadDeadline(limit)
	f.Stdout, f.Stderr = <-stdout, <-outputs
	return f, err
}

func collect(f *os.File) []byte {
	b, _ := io.ReadAll(f) // until its end or its deadline
	return b
}

// await reads the zygote's packets until the request is answered.
func (d *driver) await() (Fate, error) {
	buf := make([]byte, 64<<10)
	pid := 0
	for end := time.Now().Add(patience); ; {
		left := time.Until(end)
		if left <= 0 {
			if pid > 0 {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
			left = patience
		}
		tv := syscall.NsecToTimeval(int64(left))
		if err := syscall.SetsockoptTimeval(d.socket, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &tv); err != nil {
			return Fate{}, err
		}
		n, _, err := syscall.Recvfrom(d.socket, buf, 0)
		if err == syscall.EAGAIN || err == syscall.EINTR {
			continue
		}
		if err != nil || n == 0 {
			return Fate{}, fmt.Errorf("the zygote is gone: %v", err)
		}
		var m struct {
			Started, Exited *int
			Status          int
			MemoryError     bool `json:"memory_error"`
			Error           string
		}
		if err := json.Unmarshal(buf[:n], &m); err != nil {
			return Fate{}, err
		}
		switch {
		case m.Error != "":
			return Fate{Error: m.Error}, nil
		case m.Started != nil:
			pid = *m.Started
		case m.Exited != nil && *m.Exited != pid:
			return Fate{}, fmt.Errorf("started %d, exited %d", pid, *m.Exited)
		case m.Exited != nil:
			f := fate(syscall.WaitStatus(m.Status), nil, nil)
			f.MemoryError = m.MemoryError
			return f, nil
		}
	}
}

// exhausted forks while no process can be made, and once one can.
func (d *driver) exhausted(o *Order) (a Answer, err error) {
	if err := d.lay(o); err != nil {
		return a, err
	}
	var crowd []*exec.Cmd
	release := func() {
		for _, c := range crowd {
			_ = c.Process.Kill()
			_ = c.Wait()
		}
		crowd = nil
	}
	defer release()
	for {
		c := exec.Command(python, "-c", "import time; time.sleep(1000)")
		if err := c.Start(); errors.Is(err, syscall.EAGAIN) {
			break
		} else if err != nil {
			return a, err
		}
		crowd = append(crowd, c)
	}
	if a.Plain, err = d.fork(o); err != nil {
		return a, err
	}
	release()
	a.Zygote, err = d.fork(o)
	return a, err
}
