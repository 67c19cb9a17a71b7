package sandboxtest

import (
	"fmt"
	"strconv"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/wire"
)

// reachAttacks reach into other processes: the runner, which is PID 1, and the
// warm interpreter of the Python box; in an Open container, its first process
// and the bystander.
func reachAttacks() []attack {
	return []attack{
		refused("ptrace", judge.Go, 3, goPtrace),
		refused("ptrace", judge.Python, 3, pythonPtrace),
		refused("proc-of-others", judge.Go, 10, goProc),
		refused("proc-of-others", judge.Python, 20, pythonProc),
		refused("proc-of-others", judge.Java, 6, javaProc),
		refused("attributes-of-others", judge.Go, 4, goAttributes),
		refused("foreign-descriptors", judge.Go, 1, goDescriptors),
		refused("foreign-descriptors", judge.Python, 1, pythonDescriptors),
		frames(judge.Go), frames(judge.Java), frames(judge.Python),
		{
			name: "environment", lang: judge.Go, want: prints(""),
			because: "a program sees only the environment that was made for it", source: attempting(judge.Go, goEnvironment),
		},
		{
			name: "environment", lang: judge.Java, want: prints(""),
			because: "a program sees only the environment that was made for it", source: attempting(judge.Java, javaEnvironment),
		},
		{
			name: "environment", lang: judge.Python, want: prints(""),
			because: "a program sees only the environment that was made for it", source: pythonEnvironment,
		},
	}
}

// signalAttacks try to end or to stop what else runs in the box. That the box
// lives is shown by the runs that follow in it.
func signalAttacks() []attack {
	twice := func(l judge.Language, n int, body string) attack {
		a := refused("signals", l, n, body)
		a.then, a.thenWant = []string{""}, a.want
		return a
	}
	everybody := func(l judge.Language, body string) attack {
		return attack{
			name: "signals-to-everybody", lang: l, source: attempting(l, body),
			want: prints("survived\n"), then: []string{""}, thenWant: prints("survived\n"), open: prints("bystander killed\nsurvived\n"),
		}
	}
	return []attack{
		twice(judge.Go, 4, goSignals), twice(judge.Python, 4, pythonSignals), twice(judge.Java, 1, javaSignals),
		everybody(judge.Go, goEverybody), everybody(judge.Python, pythonEverybody),
	}
}

const goPtrace = `
func attack(string) {
	for _, pid := range others() {
		attempt("ptrace "+strconv.Itoa(pid), call(syscall.SYS_PTRACE, 0x4206, uintptr(pid), 0, 0)) // PTRACE_SEIZE
		var mine [8]byte
		local := [2]uintptr{uintptr(unsafe.Pointer(&mine)), 8}
		remote := [2]uintptr{0x400000, 8} // where executables lie
		for name, number := range map[string]uintptr{"reading": 310, "writing": 311} {
			if number == 311 {
				remote[1], local[1] = 0, 0
			}
			attempt(name+" memory of "+strconv.Itoa(pid), call(number, uintptr(pid), uintptr(unsafe.Pointer(&local)), 1, uintptr(unsafe.Pointer(&remote)), 1, 0))
			local[1], remote[1] = 8, 8
		}
		fd, err := calls(434, uintptr(pid), 0) // pidfd_open
		if err == nil {
			attempt("a descriptor of "+strconv.Itoa(pid), call(438, fd, 0, 0))
		}
	}
}
`

const pythonPtrace = `import time
def traceme():
    pid = os.fork()
    if pid == 0:
        try:
            call(101, 0, 0, 0, 0)
        except OSError:
            os._exit(1)
        os._exit(0)
    if os.waitpid(pid, 0)[1]:
        raise PermissionError(errno.EPERM, "ptrace")

attempt("being traced", traceme)
child = os.fork()
if child == 0:
    time.sleep(60)
    os._exit(0)
attempt("tracing a child", call, 101, 16, child, 0, 0)
os.kill(child, signal.SIGKILL)
for pid in others():
    if pid != child:
        attempt(f"tracing {pid}", call, 101, 0x4206, pid, 0, 0)
`

const goProc = `
func attack(string) {
	for _, pid := range others() {
		dir := "/proc/" + strconv.Itoa(pid) + "/"
		for _, name := range []string{"mem", "environ", "maps", "smaps", "auxv", "pagemap", "io", "personality"} {
			f, err := os.Open(dir + name)
			attempt(dir+name, err)
			f.Close()
		}
		for _, name := range []string{"root", "cwd", "exe", "ns/net"} {
			_, err := os.Readlink(dir + name)
			attempt(dir+name, err)
		}
		for _, name := range []string{"fd", "fdinfo", "map_files", "root", "cwd"} {
			_, err := os.ReadDir(dir + name)
			attempt(dir+name+"/", err)
		}
		for _, name := range []string{"mem", "oom_score_adj", "clear_refs", "fd/1", "root/tmp"} {
			flag := os.O_WRONLY
			if name == "root/tmp" {
				flag = os.O_RDONLY
			}
			f, err := os.OpenFile(dir+name, flag, 0)
			attempt("changing "+dir+name, err)
			f.Close()
		}
	}
}
`

const pythonProc = `for pid in others():
    base = f"/proc/{pid}/"
    for name in "mem", "environ", "maps", "smaps", "auxv", "pagemap", "io":
        attempt(base + name, open, base + name, "rb")
    for name in "root", "cwd", "exe", "ns/mnt":
        attempt(base + name, os.readlink, base + name)
    for name in "fd", "fdinfo", "map_files":
        attempt(base + name, os.listdir, base + name)
    for name in "mem", "oom_score_adj", "clear_refs", "fd/1":
        attempt("changing " + base + name, os.open, base + name, os.O_WRONLY)
    for task in os.listdir(base + "task"):
        attempt(base + "task/" + task, open, base + "task/" + task + "/mem", "rb")
`

const javaProc = `    static void attack(String input) {
        for (String name : List.of("mem", "environ", "maps", "auxv")) {
            attempt("/proc/1/" + name, () -> Files.newInputStream(Path.of("/proc/1/" + name)).close());
        }
        for (String name : List.of("root", "cwd", "exe")) {
            attempt("/proc/1/" + name, () -> Files.readSymbolicLink(Path.of("/proc/1/" + name)));
        }
        attempt("/proc/1/fd", () -> Files.newDirectoryStream(Path.of("/proc/1/fd")).close());
        attempt("writing /proc/1/mem", () -> new RandomAccessFile("/proc/1/mem", "rw").close());
    }
`

const goAttributes = `
func attack(string) {
	for _, pid := range others() {
		who, p := " of "+strconv.Itoa(pid), uintptr(pid)
		mask := make([]byte, 128)
		mask[0] = 1
		attempt("processors"+who, call(syscall.SYS_SCHED_SETAFFINITY, p, 128, to(mask)))
		attempt("priority"+who, syscall.Setpriority(0, pid, 10))
		attempt("disk priority"+who, call(251, 1, p, 2<<13|7))
		attempt("policy"+who, call(144, p, 3, to(make([]byte, 4))))
		attempt("process group"+who, func() error {
			// For its own children only, whoever asks; so the limits stand for it.
			return call(302, p, 4, to(make([]byte, 16)), 0) // prlimit: no core dumps
		}())
	}
}
`

const goDescriptors = `
func attack(string) {
	var open []string
	for fd := 3; fd < 1024; fd++ {
		// Go's own runtime waits on some of its making and reads its quota of CPU.
		own, _ := os.Readlink("/proc/self/fd/" + strconv.Itoa(fd))
		if strings.HasPrefix(own, "anon_inode:[event") || strings.HasPrefix(own, "/sys/fs/cgroup/") {
			continue
		}
		if n, err := syscall.Write(fd, []byte("8 bytes.")); err == nil && n > 0 {
			open = append(open, strconv.Itoa(fd))
		}
		if n, err := syscall.Read(fd, make([]byte, 0)); err == nil && n >= 0 {
			open = append(open, strconv.Itoa(fd))
		}
	}
	if open != nil {
		fmt.Println(strings.Join(open, " ") + ": done")
		return
	}
	fmt.Println("3 to 1023: denied")
}
`

const pythonDescriptors = `found = []
for fd in range(3, 1024):
    for use in (lambda: os.write(fd, b"8 bytes.")), (lambda: os.fstat(fd)):
        try:
            use()
            found.append(str(fd))
        except OSError:
            pass
print(" ".join(found) + ": done" if found else "3 to 1023: denied")
`

// frames prints what the runner and the engine say, byte by byte, on both
// streams. It is output like any other.
func frames(l judge.Language) attack {
	var b []byte
	frame := func(kind wire.Kind, payload []byte) {
		b = append(wire.AppendHeader(b, kind, len(payload)), payload...)
	}
	frame(wire.KindStdout, []byte("forged"))
	frame(wire.KindExited, wire.Exited{Memory: 1}.Append(nil))
	frame(wire.KindHello, wire.Hello{Version: wire.Version}.Append(nil))
	frame(wire.KindDone, nil)
	frame(wire.KindFail, wire.AppendText(nil, "forged"))
	frame(wire.KindCredit, wire.AppendUint32(nil, 1<<31))
	frame(wire.KindCollected, wire.Collected{Name: "x", Content: []byte("forged")}.Append(nil))
	b = append(b, 255, 255, 255, 255)
	b = append(b, 1, 0, 0, 0, 0, 0, 0, 4) // the engine's header of 4 bytes of output
	b = append(b, 2, 0, 0, 0, 255, 255, 255, 255)
	exited := wire.Exited{ExitCode: 0}.Append(nil)
	b = append(wire.AppendHeader(b, wire.KindExited, len(exited)), exited...)
	both := func(o outcome) string {
		if wrong := prints(string(b))(o); wrong != "" {
			return wrong
		}
		if string(o.result.Stderr) != string(b) {
			return fmt.Sprintf("standard error %q, want %q", o.result.Stderr, b)
		}
		return ""
	}
	text := strconv.Quote(fmt.Sprintf("%x", b))
	source := map[judge.Language]string{
		judge.Go: goAttempts + `
func attack(string) {
	var b []byte
	fmt.Sscanf(` + text + `, "%x", &b)
	os.Stdout.Write(b)
	os.Stderr.Write(b)
}
`,
		judge.Java: attempting(judge.Java, `    static void attack(String input) throws Exception {
        byte[] b = HexFormat.of().parseHex(`+text+`);
        System.out.write(b);
        System.err.write(b);
        System.out.flush();
    }
`),
		judge.Python: `import os
b = bytes.fromhex(` + text + `)
os.write(1, b)
os.write(2, b)
`,
	}[l]
	return attack{
		name: "protocol-frames", lang: l, source: source, want: both, then: []string{""}, thenWant: both,
		because: "the bytes are those of real frames, and any program may print them",
	}
}

const goEnvironment = `
func attack(string) {
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		switch name {
		case "PATH", "HOME", "TMPDIR", "LANG", "USER", "GOMEMLIMIT":
		default:
			fmt.Println(v)
		}
	}
}
`

const javaEnvironment = `    static void attack(String input) {
        for (var v : System.getenv().entrySet()) {
            if (!Set.of("PATH", "HOME", "TMPDIR", "LANG", "USER").contains(v.getKey())) {
                System.out.println(v);
            }
        }
    }
`

// What the process was started with is asked for, too: a forked child has its
// parent's there.
const pythonEnvironment = `import os, subprocess, sys
found = dict(os.environ)
for v in open("/proc/self/environ").read().split("\0"):
    if v:
        found.setdefault(*v.split("=", 1))
child = subprocess.run([sys.executable, "-c", "import os; print(dict(os.environ))"], capture_output=True, text=True).stdout
found.update(eval(child))
for name, value in found.items():
    if name not in ("PATH", "HOME", "TMPDIR", "LANG", "USER", "LC_CTYPE"):
        print(name, value)
`

const goSignals = `
func attack(string) {
	for _, pid := range others() {
		who := " to " + strconv.Itoa(pid)
		attempt("SIGSTOP"+who, syscall.Kill(pid, syscall.SIGSTOP))
		attempt("SIGKILL"+who, syscall.Kill(pid, syscall.SIGKILL))
		fd, err := calls(434, uintptr(pid), 0)
		if err == nil {
			attempt("SIGKILL by descriptor"+who, call(424, fd, uintptr(syscall.SIGKILL), 0, 0))
		}
		tasks, _ := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
		for _, task := range tasks {
			tid, _ := strconv.Atoi(task.Name())
			var err error = syscall.EPERM
			for range 20000 { // for a moment in which it is somebody else
				if err = call(234, uintptr(pid), uintptr(tid), uintptr(syscall.SIGKILL)); err == nil || err == syscall.ESRCH {
					break
				}
			}
			if err == syscall.ESRCH { // killed just before
				continue
			}
			attempt(fmt.Sprintf("SIGKILL to thread %d of %d", tid, pid), err)
		}
	}
}
`

const pythonSignals = `for pid in others():
    for name in "SIGSTOP", "SIGTERM", "SIGSEGV", "SIGKILL":
        if os.getuid() == 0 and name in ("SIGTERM", "SIGSEGV"):
            continue # an Open container's first process need not withstand them
        attempt(f"{name} to {pid}", os.kill, pid, getattr(signal, name))
`

const javaSignals = `    static void attack(String input) {
        attempt("killing PID 1", () -> {
            ProcessHandle h = ProcessHandle.of(1).orElseThrow();
            if (!h.destroyForcibly()) throw new IOException("refused");
        });
    }
`

const goEverybody = `
func attack(string) {
	before := others()
	for _, s := range []syscall.Signal{syscall.SIGSTOP, syscall.SIGTERM, syscall.SIGKILL} {
		_ = syscall.Kill(-1, s)
	}
	survived(before)
}

// A killed process takes a moment to die, which is waited for where it will.
func survived(before []int) {
	tries := 20
	if os.Getuid() == 0 {
		tries = 5000
	}
	for _, pid := range before {
		for ; pid != 1 && tries > 0 && lives(pid); tries-- {
			_ = syscall.Nanosleep(&syscall.Timespec{Nsec: 2e6}, nil)
		}
		if pid != 1 && !lives(pid) {
			fmt.Println("bystander killed")
		}
	}
	fmt.Println("survived")
}
`

const pythonEverybody = `import time
before = others()
tries = 5000 if os.getuid() == 0 else 20
for s in signal.SIGSTOP, signal.SIGKILL:
    try:
        os.kill(-1, s)
    except OSError:
        pass
for pid in before:
    while pid != 1 and tries and lives(pid):
        time.sleep(0.002)
        tries -= 1
    if pid != 1 and not lives(pid):
        print("bystander killed")
print("survived")
`
