package sandboxtest

import "github.com/docketjudge/docket/judge"

// leftoverAttacks leave something behind, and look for it in the next run of
// the same box and in the next submission.
func leftoverAttacks() []attack {
	// found are attacks that leave what they can, and what a later run finds
	// of it is nothing.
	found := func(name string, l judge.Language, n int, leaving check, body string) attack {
		a := refused(name, l, n, body)
		a.stdin, a.want = "leave", leaving
		a.then, a.thenWant = []string{"look"}, denied(n)
		a.open = doneWherePresent(n)
		return a
	}
	return []attack{
		found("files-left", judge.Go, 10, done(10), goFiles),
		found("files-left", judge.Java, 4, done(4), javaFiles),
		found("files-left", judge.Python, 5, done(5), pythonFiles),
		found("system-v-and-posix-ipc-left", judge.Go, 4, denied(4), goIPC),
		found("shared-memory-left", judge.Python, 2, done(2), pythonShared),
		found("daemons-left", judge.Python, 4, done(4), pythonDaemons),
		found("daemons-left", judge.Go, 2, done(2), goDaemons),
		found("ports-left", judge.Python, 1, done(1), pythonPorts),
	}
}

const goFiles = `
func attack(mode string) {
	for _, dir := range []string{"/tmp/", "/work/", os.Getenv("HOME") + "/", os.TempDir() + "/", "/dev/shm/"} {
		for _, name := range []string{"left", ".hidden", "new\nline", strings.Repeat("n", 255), "locked/deep/left"} {
			path := dir + name
			shown := strconv.Quote(path[:min(len(path), 40)])
			if mode == "leave" {
				if strings.Contains(name, "/") {
					_ = os.Chmod(dir+"locked", 0o700)
					_ = os.MkdirAll(dir+"locked/deep", 0o755)
				}
				attempt(shown, os.WriteFile(path, []byte("left"), 0o400|0o200))
				_ = os.Chmod(dir+"locked", 0)
				continue
			}
			_, err := os.ReadFile(path)
			attempt(shown, err)
		}
	}
	if mode != "leave" && os.Getuid() != 0 {
		for _, dir := range []string{"/tmp", "/work", "/dev/shm"} {
			if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
				fmt.Println(dir, entries, err, ": done")
			}
		}
	}
}
`

const javaFiles = `    static void attack(String mode) {
        for (String dir : List.of("/tmp", "/work", System.getProperty("user.home"), System.getProperty("java.io.tmpdir"), "/dev/shm")) {
            Path path = Path.of(dir, "left");
            attempt(path.toString(), () -> {
                if (mode.equals("leave")) Files.writeString(path, "left");
                else Files.readString(path);
            });
        }
    }
`

const pythonFiles = `import tempfile
mode = sys.stdin.read()

def visit(path):
    with open(path, "w" if mode == "leave" else "r") as f:
        f.write("left") if mode == "leave" else f.read()

for directory in "/tmp", "/work", os.path.expanduser("~"), tempfile.gettempdir(), "/dev/shm", "/var/tmp":
    if directory != "/var/tmp" or os.access(directory, os.W_OK):
        attempt(directory, visit, directory + "/left")
attempt("a module for the next to import", visit, "/work/json.py")
`

const goIPC = `
func attack(mode string) {
	create := uintptr(0)
	if mode == "leave" {
		create = 0o1000 | 0o666 // IPC_CREAT
	}
	attempt("shared memory", call(29, 0xd0c7, 4096, create))
	attempt("semaphores", call(64, 0xd0c7, 1, create))
	queue, err := calls(68, 0xd0c7, create)
	attempt("message queue", err)
	if mode == "leave" && err == nil {
		message := append([]byte{1, 0, 0, 0, 0, 0, 0, 0}, "left"...)
		err = call(69, queue, to(message), 4, 0)
	}
	flags := uintptr(os.O_RDWR)
	if mode == "leave" {
		flags |= uintptr(os.O_CREATE)
	}
	attempt("POSIX message queue", call(240, at("left"), flags, 0o666, 0))
	f, err := os.OpenFile("/dev/mqueue/file", int(flags), 0o666)
	attempt("POSIX message queue by its file", err)
	f.Close()
}
`

const pythonShared = `from multiprocessing import shared_memory, resource_tracker
resource_tracker.register = lambda *args: None # leave it behind
mode = sys.stdin.read()

def segment():
    s = shared_memory.SharedMemory("left", create=mode == "leave", size=4096)
    s.buf[0] = 1
    s.close()

attempt("a segment", segment)
shm_open = ctypes.CDLL(None, use_errno=True).shm_open
def posix():
    if shm_open(b"/left-too", os.O_RDWR | (os.O_CREAT if mode == "leave" else 0), 0o600) < 0:
        raise OSError(ctypes.get_errno(), "shm_open")
attempt("shm_open", posix)
`

const pythonDaemons = `mode = sys.stdin.read()
UDP = socket.SOCK_DGRAM
places = {
    "loopback": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 40123)),
    "another loopback address": (socket.AF_INET, socket.SOCK_STREAM, ("127.1.2.3", 40124)),
    "loopback datagrams": (socket.AF_INET, UDP, ("127.0.0.1", 40125)),
    "abstract stream": (socket.AF_UNIX, socket.SOCK_STREAM, "\0left"),
    "abstract datagrams": (socket.AF_UNIX, UDP, "\0left too"),
    "socket in /tmp": (socket.AF_UNIX, socket.SOCK_STREAM, "/tmp/left.socket"),
}
if mode == "leave":
    r, w = os.pipe()
    if os.fork() == 0:
        os.setsid()
        for s in range(1, 65):
            if s not in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
                signal.signal(s, signal.SIG_IGN)
        if os.fork():
            os._exit(0)
        kept = []
        for name, (family, kind, address) in places.items():
            s = socket.socket(family, kind)
            s.bind(address)
            if kind != UDP:
                s.listen()
            kept.append(s)
        os.write(w, b"x")
        for fd in 0, 1, 2, r, w:
            os.close(fd)
        while True:
            signal.pause()
    os.wait()
    os.read(r, 1)

def meet(family, kind, address):
    with socket.socket(family, kind) as s:
        s.settimeout(1)
        s.connect(address)
        s.send(b"hello")
        if kind == UDP and family == socket.AF_INET:
            s.send(b"hello") # now it is told that nobody was there

for name, place in places.items():
    attempt(name, meet, *place)
`

const goDaemons = `
func attack(mode string) {
	unix := func(connect bool) error {
		fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
		if err != nil {
			return err
		}
		address := &syscall.SockaddrUnix{Name: "@left"}
		if connect {
			return syscall.Connect(fd, address)
		}
		if err := syscall.Bind(fd, address); err != nil {
			return err
		}
		return syscall.Listen(fd, 8)
	}
	inet := func(connect bool) error {
		fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
		if err != nil {
			return err
		}
		address := &syscall.SockaddrInet4{Port: 40127, Addr: [4]byte{127, 0, 0, 1}}
		if connect {
			return syscall.Connect(fd, address)
		}
		if err := syscall.Bind(fd, address); err != nil {
			return err
		}
		return syscall.Listen(fd, 8)
	}
	switch {
	case len(os.Args) > 1:
		if unix(false) != nil || inet(false) != nil {
			os.Exit(1)
		}
		syscall.Write(3, []byte("x"))
		syscall.Close(3)
		for { // where the runtime sees no deadlock
			syscall.Pause()
		}
	case mode == "leave":
		var p [2]int
		_ = syscall.Pipe(p[:])
		null, _ := syscall.Open("/dev/null", syscall.O_RDWR, 0)
		_, err := syscall.ForkExec("/proc/self/exe", []string{"main", "daemon"}, &syscall.ProcAttr{
			Files: []uintptr{uintptr(null), uintptr(null), uintptr(null), uintptr(p[1])},
			Sys:   &syscall.SysProcAttr{Setsid: true},
		})
		if err != nil {
			fmt.Println(err)
		}
		syscall.Close(p[1])
		syscall.Read(p[0], make([]byte, 1))
	}
	attempt("abstract socket", unix(true))
	attempt("loopback", inet(true))
}
`

// Connections that end leave their port taken for a minute, which the next to
// come could read as a message.
const pythonPorts = `mode = sys.stdin.read()
PORTS = range(40200, 40204)
if mode == "leave":
    for port in PORTS:
        server = socket.create_server(("127.0.0.1", port))
        client = socket.create_connection(("127.0.0.1", port))
        accepted = server.accept()[0]
        accepted.close() # whoever closes first keeps the port
        client.close()
        server.close()
    print("ports: done")
else:
    taken = 0
    for port in PORTS:
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                taken += 1
    print(taken, "ports:", "done" if taken else "denied")
`
