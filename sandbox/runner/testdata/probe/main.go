// Command probe is the program that the runner's tests run in a box: each
// first argument is one way to behave or misbehave.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"
	"unsafe"
)

var acts = map[string]func(args []string){
	"hello":  func([]string) { fmt.Println("hello") },
	"exit":   func(a []string) { os.Exit(number(a[0])) },
	"signal": func(a []string) { kill(os.Getpid(), syscall.Signal(number(a[0]))); hang() },
	"cat":    func([]string) { _, err := io.Copy(os.Stdout, os.Stdin); must(err) },
	"file":   file,
	"count": func([]string) {
		n, err := io.Copy(io.Discard, os.Stdin)
		must(err)
		fmt.Println(n)
	},
	"echo": func([]string) { // answers every line at once
		s := bufio.NewScanner(os.Stdin)
		for s.Scan() {
			fmt.Println("got", s.Text())
		}
	},
	"reads": func(a []string) { // so many lines, thinks for so long, and ends with 43
		in := bufio.NewReader(os.Stdin)
		for range number(a[0]) {
			_, _ = in.ReadString('\n')
		}
		burn(time.Duration(number(a[1])) * time.Millisecond)
		os.Exit(43)
	},
	"peeks": func(a []string) { // reads once, thinks for so long, and reads what else is there
		buf := make([]byte, 4096)
		must1(os.Stdin.Read(buf))
		burn(time.Duration(number(a[0])) * time.Millisecond)
		if inPipe() > 0 {
			must1(os.Stdin.Read(buf))
		}
		os.Exit(43)
	},
	"polls": func([]string) { // reads whatever comes, and never waits
		for buf := make([]byte, 4096); ; {
			if inPipe() > 0 {
				must1(os.Stdin.Read(buf))
			}
		}
	},
	"deaf": func([]string) { fmt.Println("deaf"); hang() },
	"shut": func([]string) {
		must(os.Stdin.Close())
		must(os.Stdout.Close())
		os.Stderr.Close()
		burn(20 * time.Millisecond)
	},
	"shutin":   func([]string) { must(os.Stdin.Close()); fmt.Println("closed"); hang() },
	"flood":    func(a []string) { flood(os.Stdout, number(a[0])) },
	"floodall": func([]string) { flood(os.Stdout, 1<<62) },
	"errflood": func(a []string) { flood(os.Stderr, number(a[0])); fmt.Println("done") },
	"stop":     func([]string) { kill(os.Getpid(), syscall.SIGSTOP) },
	"sleep":    func([]string) { hang() },
	"burn":     func(a []string) { burn(time.Duration(number(a[0])) * time.Millisecond) },
	"spin":     func([]string) { burn(time.Hour) },
	"alloc":    func(a []string) { alloc(number(a[0]), time.Duration(number(a[1]))*time.Millisecond) },
	"shm": func(a []string) { // with little memory of its own
		block, mib := must1(os.Create("/dev/shm/block")), make([]byte, 1<<20)
		for range number(a[0]) {
			must1(block.Write(mib))
		}
		time.Sleep(50 * time.Millisecond)
	},
	"id":        id,
	"deaf-exec": func(a []string) { deafen(); must(syscall.Exec(a[0], a, os.Environ())) },
	"env":       func([]string) { fmt.Println(os.Environ(), must1(os.Getwd()), os.Args) },
	"fds":       fds,
	"streams":   streams,
	"killall": func([]string) {
		fmt.Println(syscall.Kill(-1, syscall.SIGKILL), syscall.Kill(1, syscall.SIGKILL), syscall.Kill(1, syscall.SIGTERM))
	},
	"secrets":   secrets,
	"litter":    litter,
	"cycle":     cycle,
	"many":      func(a []string) { many(number(a[0])) },
	"deep":      func(a []string) { deep(number(a[0])) },
	"wide":      wide,
	"readback":  func([]string) { _, err := os.Stdout.Write(must1(os.ReadFile("/work/kept"))); must(err) },
	"keep":      func(a []string) { must(os.WriteFile("/work/kept", []byte(a[0]), 0o644)) },
	"collect":   collect,
	"daemon":    func([]string) { child(true, "sleep"); fmt.Println("parent") },
	"bomb":      bomb,
	"orphans":   orphans,
	"ignored":   ignored,
	"oomchild":  func([]string) { c := child(false, "alloc", "400", "0"); fmt.Println(c.Wait()) },
	"signals":   signals,
	"overwrite": overwrite,
	"leftovers": leftovers,
}

func main() {
	debug.SetGCPercent(-1)
	act, ok := acts[os.Args[1]]
	if !ok {
		fmt.Fprintln(os.Stderr, "unknown act", os.Args[1])
		os.Exit(99)
	}
	act(os.Args[2:])
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(98)
	}
}

func must1[T any](v T, err error) T { must(err); return v }

func number(s string) int { return must1(strconv.Atoi(s)) }

func kill(pid int, sig syscall.Signal) { must(syscall.Kill(pid, sig)) }

// inPipe is how much lies in standard input.
func inPipe() (n int32) {
	_, _, _ = syscall.RawSyscall(syscall.SYS_IOCTL, 0, syscall.TIOCINQ, uintptr(unsafe.Pointer(&n)))
	return n
}

func hang() { time.Sleep(time.Hour) }

func burn(d time.Duration) {
	var ru syscall.Rusage
	for {
		for i := 0; i < 1000; i++ {
			sink += i
		}
		_, _, _ = syscall.RawSyscall(syscall.SYS_GETRUSAGE, syscall.RUSAGE_SELF, uintptr(unsafe.Pointer(&ru)), 0)
		if time.Duration(ru.Utime.Nano()+ru.Stime.Nano()) >= d {
			return
		}
	}
}

var sink int

func flood(w io.Writer, n int) {
	b := bytes.Repeat([]byte("0123456789abcde\n"), 4096)
	for n > 0 {
		m, err := w.Write(b[:min(n, len(b))])
		must(err)
		n -= m
	}
}

func alloc(mib int, stay time.Duration) {
	b := make([]byte, mib<<20)
	for i := 0; i < len(b); i += 4096 {
		b[i] = 1
	}
	time.Sleep(stay)
	sink = int(b[len(b)/2])
}

func child(session bool, args ...string) *exec.Cmd {
	c := exec.Command("/proc/self/exe", args...)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: session}
	must(c.Start())
	return c
}

// fork forks, and reports whether this is the child, in a session of its own.
// It calls the kernel itself: where no more processes can be made, the Go
// runtime ends a program as soon as it wants a thread, which it does now and
// then, such as when a call takes long on a busy host. For the same reason what
// runs after it makes its calls raw, as burn does.
func fork() (child bool, e syscall.Errno) {
	pid, _, e := syscall.RawSyscall6(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
	if e != 0 || pid != 0 {
		return false, e
	}
	_, _, _ = syscall.RawSyscall(syscall.SYS_SETSID, 0, 0, 0)
	return true, 0
}

// bomb forks for as long as the system lets it, and so does every child.
func bomb([]string) {
	for {
		_, _ = fork()
	}
}

// orphans leaves a child that spins and a bomb behind.
func orphans([]string) {
	spin := func([]string) {
		for {
		}
	}
	for _, act := range []func([]string){spin, bomb} {
		child, e := fork()
		if child {
			act(nil)
		}
		if e != 0 {
			must(e)
		}
	}
	burn(30 * time.Millisecond)
}

// ignored burns processor time in a child that nobody waits for.
func ignored([]string) {
	signal.Ignore(syscall.SIGCHLD)
	c := child(false, "burn", "150")
	_ = c.Wait() // no child to be waited for; it blocks until it is gone
	var ru syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_CHILDREN, &ru))
	fmt.Println("waited for", (ru.Utime.Nano()+ru.Stime.Nano())/1e6)
}

func id([]string) {
	fmt.Println(os.Getuid(), os.Geteuid(), os.Getgid(), os.Getegid())
	groups, err := os.Getgroups()
	fmt.Println(groups, err)
	b := must1(os.ReadFile("/proc/self/status"))
	for _, line := range bytes.Split(b, []byte("\n")) {
		for _, name := range []string{"CapEff", "CapPrm", "CapInh", "CapAmb", "NoNewPrivs", "SigIgn", "SigBlk", "Umask"} {
			if bytes.HasPrefix(line, []byte(name)) {
				fmt.Printf("%s\n", line)
			}
		}
	}
	oom := must1(os.ReadFile("/proc/self/oom_score_adj"))
	fmt.Printf("oom %s", oom)
	sid, _, _ := syscall.Syscall(syscall.SYS_GETSID, 0, 0, 0)
	fmt.Println("session", int(sid) == os.Getpid())
}

// fds writes to every descriptor that it should not have.
func fds([]string) {
	for fd := 3; fd < 1024; fd++ {
		var st syscall.Stat_t
		if syscall.Fstat(fd, &st) == nil && st.Mode&syscall.S_IFMT != 0 {
			if link, _ := os.Readlink("/proc/self/fd/" + strconv.Itoa(fd)); !bytes.Contains([]byte(link), []byte("anon_inode")) {
				fmt.Println("open", fd, link)
			}
		}
	}
	fmt.Println("looked")
}

// streams opens its standard streams by name, as many programs do.
func streams([]string) {
	in := must1(os.Open("/proc/self/fd/0"))
	out := must1(os.OpenFile("/proc/self/fd/1", os.O_WRONLY, 0))
	_, err := io.Copy(out, in)
	must(err)
}

// file looks at a standard input that is a file, and tries to change it.
func file([]string) {
	st := must1(os.Stdin.Stat())
	fmt.Println(st.Mode().IsRegular(), st.Size())
	m := must1(syscall.Mmap(0, 0, int(st.Size()), syscall.PROT_READ, syscall.MAP_SHARED))
	fmt.Printf("%s\n", m)
	for range 2 {
		must1(os.Stdin.Seek(0, io.SeekStart))
		fmt.Printf("%s\n", must1(io.ReadAll(os.Stdin)))
	}
	if _, err := os.Stdin.Write([]byte("x")); err == nil {
		fmt.Println("written")
	}
	for _, flag := range []int{os.O_WRONLY, os.O_RDWR | os.O_TRUNC} {
		f, err := os.OpenFile("/proc/self/fd/0", flag, 0)
		if err != nil {
			continue
		}
		if _, err := f.WriteString("x"); err == nil || f.Truncate(0) == nil {
			fmt.Println("changed")
		}
	}
}

func secrets([]string) {
	for _, p := range []string{"environ", "mem", "maps", "fd/0", "fd/1", "fd", "cwd", "exe", "root", "clear_refs", "oom_score_adj"} {
		f, err := os.OpenFile("/proc/1/"+p, os.O_RDONLY, 0)
		if err == nil {
			if _, err = f.Read(make([]byte, 1)); p == "fd" {
				_, err = f.Readdirnames(1)
			}
		}
		if err == nil && p != "oom_score_adj" {
			fmt.Println("read", p)
		}
	}
	const ptraceAttach = 16
	if _, _, e := syscall.Syscall6(syscall.SYS_PTRACE, ptraceAttach, 1, 0, 0, 0, 0); e == 0 {
		fmt.Println("traced PID 1")
	}
	fmt.Println("tried")
}

// litter leaves directories and files of all modes wherever it can.
func litter([]string) {
	for _, top := range []string{"/work", "/tmp", "/dev/shm"} {
		dir := filepath.Join(top, "a", "b", "c")
		must(os.MkdirAll(dir, 0o777))
		must(os.WriteFile(filepath.Join(dir, "f"), []byte("left"), 0o600))
		must(os.Mkdir(filepath.Join(dir, "empty"), 0o000))
		must(syscall.Mkfifo(filepath.Join(dir, "fifo"), 0))
		must(os.Symlink("/box", filepath.Join(dir, "link")))
		must(os.Link(filepath.Join(dir, "f"), filepath.Join(dir, "hard")))
		must(os.Mkdir(filepath.Join(top, "a", ".wiped-1"), 0o700))
		must(os.WriteFile(filepath.Join(top, ".wiped-1"), nil, 0o000))
		must(os.Chmod(filepath.Join(dir, "f"), 0))
		must(os.Chmod(dir, 0))
		must(os.Chmod(filepath.Join(top, "a", "b"), 0))
		must(os.Chmod(filepath.Join(top, "a"), 0))
	}
}

// cycle leaves removed files on their way over pairs of sockets that are on
// their own way over each other.
func cycle(a []string) {
	for i := range number(a[0]) {
		path := "/tmp/f" + strconv.Itoa(i)
		f := must1(os.Create(path))
		must1(f.Write(make([]byte, 8<<10)))
		must(os.Remove(path))
		pair := must1(syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0))
		for _, rights := range [][]int{{int(f.Fd())}, pair[:]} {
			must(syscall.Sendmsg(pair[0], []byte("x"), syscall.UnixRights(rights...), nil, 0))
		}
		must(f.Close())
		must(syscall.Close(pair[0]))
		must(syscall.Close(pair[1]))
	}
}

func many(n int) {
	for i := 0; i < n; i++ {
		must(os.WriteFile("/tmp/f"+strconv.Itoa(i), nil, 0o600))
	}
}

// deep makes a path that is far longer than any call takes.
func deep(n int) {
	must(os.Chdir("/tmp"))
	for i := 0; i < n; i++ {
		must(os.Mkdir("directory", 0o700))
		must(os.Chdir("directory"))
	}
	must(os.WriteFile("bottom", []byte("x"), 0o600))
}

func wide([]string) {
	for i := 0; i < 2000; i++ {
		dir := "/tmp/d" + strconv.Itoa(i)
		must(os.MkdirAll(dir+"/sub", 0o700))
		must(os.WriteFile(dir+"/sub/f", nil, 0o600))
	}
}

func collect([]string) {
	must(os.WriteFile("/work/plain", []byte("plain"), 0o644))
	must(os.WriteFile("/work/sub/dir/nested", []byte("nested"), 0o644))
	must(os.WriteFile("/work/large", make([]byte, 1<<20), 0o644))
	must(os.Symlink("/proc/self/status", "/work/link"))
	must(os.RemoveAll("/work/dirlink"))
	must(os.Symlink("/work/sub", "/work/dirlink"))
	must(syscall.Mkfifo("/work/fifo", 0o600))
	must(os.Mkdir("/work/directory", 0o700))
	must(os.WriteFile("/work/locked", []byte("x"), 0))
}

// signals sends PID 1 and its threads everything there is.
func signals([]string) {
	n := 0
	for sig := 1; sig < 32; sig++ {
		if syscall.Kill(1, syscall.Signal(sig)) == nil {
			n++
		}
		for tid := 1; tid < 64; tid++ {
			if _, _, e := syscall.RawSyscall(syscall.SYS_TGKILL, 1, uintptr(tid), uintptr(sig)); e == 0 {
				n++
			}
		}
	}
	fmt.Println("sent", n)
}

func overwrite([]string) {
	for _, p := range []string{os.Args[0], "/box/new", "/new", "/docket/runner"} {
		if f, err := os.OpenFile(p, os.O_WRONLY|os.O_CREATE, 0o600); err == nil {
			fmt.Println("wrote", p, f.Close())
		}
		if os.Chmod(p, 0o777) == nil || os.Remove(p) == nil {
			fmt.Println("changed", p)
		}
	}
	fmt.Println("tried")
}

// leftovers reports what of earlier runs can be seen.
func leftovers([]string) {
	for _, top := range []string{"/work", "/tmp", "/dev/shm", "/dev/mqueue"} {
		entries, err := os.ReadDir(top)
		if err == nil && len(entries) > 0 {
			fmt.Println(top, len(entries))
		}
	}
	procs := must1(filepath.Glob("/proc/[0-9]*"))
	fmt.Println("processes", len(procs))
}

// deafen ignores and blocks every signal that can be, those of the C library
// included.
func deafen() {
	const setMask, words = 2, 8
	runtime.LockOSThread()
	action := [4]uint64{1} // SIG_IGN
	for sig := uintptr(1); sig <= 64; sig++ {
		_, _, e := syscall.RawSyscall6(syscall.SYS_RT_SIGACTION, sig, uintptr(unsafe.Pointer(&action)), 0, words, 0, 0)
		if e != 0 && sig != uintptr(syscall.SIGKILL) && sig != uintptr(syscall.SIGSTOP) {
			must(e)
		}
	}
	all := ^uint64(0)
	if _, _, e := syscall.RawSyscall6(syscall.SYS_RT_SIGPROCMASK, setMask, uintptr(unsafe.Pointer(&all)), 0, words, 0, 0); e != 0 {
		must(e)
	}
}
