package sandboxtest

import "github.com/docketjudge/docket/judge"

// kernelAttacks reach for parts of the kernel that no solution needs.
func kernelAttacks() []attack {
	return []attack{
		refused("namespaces", judge.Python, 8, pythonNamespaces),
		refused("namespaces", judge.Go, 8, goNamespaces),
		refused("mounts", judge.Go, 8, goMounts),
		refused("kernel-interfaces", judge.Go, 8, goInterfaces),
		refused("host-administration", judge.Go, 6, goAdministration),
		refused("sockets", judge.Python, 4, pythonSockets),
		refused("sockets", judge.Go, 4, goSockets),
		foreign(),
		refused("devices", judge.Go, 4, goDevices),
		refused("kernel-settings", judge.Python, 4, pythonSettings),
	}
}

// foreign makes calls as programs of other architectures do. Some kernels know
// no 32-bit programs at all, so that there is nothing to deny; numbers of x32
// are denied whether or not the kernel would know them.
func foreign() attack {
	a := refused("foreign-architecture", judge.Python, 1, pythonForeign)
	a.want = all(contains("x32: denied\n"), present(denied(1)))
	a.open = present(done(0))
	return a
}

const pythonNamespaces = `for name, flag in {
    "user": 0x10000000, "mount": 0x00020000, "control group": 0x02000000, "host name": 0x04000000,
    "IPC": 0x08000000, "PID": 0x20000000, "network": 0x40000000,
}.items():
    pid = os.fork()
    if pid == 0:
        attempt("a new " + name + " namespace", call, 272, flag)
        os._exit(0)
    os.waitpid(pid, 0)
net = os.open("/proc/self/ns/net", os.O_RDONLY)
attempt("into a namespace", call, 308, net, 0)
`

const goNamespaces = `
func attack(string) {
	for name, flag := range map[string]uintptr{
		"user": 0x10000000, "mount": 0x00020000, "control group": 0x02000000, "host name": 0x04000000,
		"IPC": 0x08000000, "PID": 0x20000000, "network": 0x40000000,
	} {
		pid, _, e := syscall.RawSyscall6(syscall.SYS_CLONE, flag|uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
		if e == 0 && pid == 0 {
			for {
				syscall.RawSyscall(syscall.SYS_EXIT, 0, 0, 0)
			}
		}
		attempt("a child in a new "+name+" namespace", e)
	}
	arguments := make([]uint64, 11)
	arguments[0], arguments[4] = 0x10000000, uint64(syscall.SIGCHLD)
	pid, _, e := syscall.RawSyscall(435, uintptr(unsafe.Pointer(&arguments[0])), 88, 0)
	if e == 0 && pid == 0 {
		for {
			syscall.RawSyscall(syscall.SYS_EXIT, 0, 0, 0)
		}
	}
	if e == syscall.ENOSYS {
		e = syscall.EPERM // what a filter answers that cannot see the flags
	}
	attempt("clone3 with a user namespace", e)
}
`

const goMounts = `
func attack(string) {
	attempt("a new file system", syscall.Mount("none", "/tmp", "tmpfs", 0, ""))
	attempt("a bind mount", syscall.Mount("/", "/tmp", "", syscall.MS_BIND, ""))
	attempt("the root made writable", syscall.Mount("none", "/", "", syscall.MS_REMOUNT|syscall.MS_BIND, ""))
	attempt("executables in /tmp", syscall.Mount("none", "/tmp", "", syscall.MS_REMOUNT|syscall.MS_BIND, ""))
	attempt("a new /proc", syscall.Mount("proc", "/work", "proc", 0, ""))
	attempt("unmounting", syscall.Unmount("/tmp", syscall.MNT_DETACH))
	attempt("fsopen", call(430, at("tmpfs"), 0))
	attempt("open_tree", call(428, here, at("/"), 1))
	attempt("open by handle", func() error {
		handle := make([]byte, 136)
		handle[0] = 128
		var mount int32
		return call(303, here, at("/tmp"), to(handle), uintptr(unsafe.Pointer(&mount)), 0)
	}())
	attempt("chroot", syscall.Chroot("/"))
	_ = syscall.Mount("none", "/tmp", "tmpfs", 0, "")
	_ = syscall.Chdir("/tmp")
	attempt("pivot_root", syscall.PivotRoot(".", "."))
}
`

const goInterfaces = `
func attack(string) {
	attempt("keyctl", call(250, 0, ^uintptr(2), 1))
	attempt("add_key", call(248, at("user"), at("docket"), at("left"), 4, ^uintptr(1)))
	attribute := make([]byte, 128)
	attribute[0], attribute[4], attribute[8], attribute[12] = 2, 4, 4, 1 // an array map
	attempt("bpf", call(321, 0, to(attribute), 72))
	parameters := make([]byte, 120)
	ring := call(425, 1, to(parameters))
	if b, err := os.ReadFile("/proc/sys/kernel/io_uring_disabled"); err == nil && ring != nil && b[0] == '2' && os.Getuid() == 0 {
		ring = syscall.ENOSYS // switched off by the host, for everybody
	}
	attempt("io_uring_setup", ring)
	event := make([]byte, 128)
	event[0], event[4] = 1, 128 // a software event, the CPU clock
	attempt("perf_event_open", call(298, to(event), 0, ^uintptr(0), ^uintptr(0), 0))
	attempt("userfaultfd", call(323, 0))
	var context uintptr
	attempt("io_setup", call(206, 1, uintptr(unsafe.Pointer(&context))))
	attempt("fanotify_init", call(300, 0, 0))
	attempt("modify_ldt", call(154, 0, to(make([]byte, 16)), 16))
	attempt("personality", call(135, 0x0040000))
	attempt("kcmp", call(312, uintptr(os.Getpid()), uintptr(os.Getpid()), 1, 0, 0))
	attempt("memfd_secret", call(447, 0))
	attempt("set_mempolicy", call(238, 0, 0, 0))
}
`

const goAdministration = `
func attack(string) {
	attempt("settimeofday", call(164, 0, 0)) // asks for the right, then sets nothing
	attempt("adjtimex", call(159, to(make([]byte, 208)))) // likewise
	attempt("sethostname", syscall.Sethostname([]byte("attacked")))
	attempt("setdomainname", syscall.Setdomainname([]byte("attacked")))
	attempt("syslog", call(103, 10, 0, 0))
	attempt("iopl", call(172, 3))
	attempt("ioperm", call(173, 0x80, 1, 1))
	attempt("sync", call(162))
}
`

const pythonSockets = `for family in ("VSOCK", 40), ("ALG", 38), ("PACKET", 17), ("NETLINK", 16), ("KEY", 15), ("TIPC", 30), ("XDP", 44), ("CAN", 29), ("BLUETOOTH", 31), ("RDS", 21), ("SMC", 43):
    for kind in ("stream", 1), ("datagram", 2), ("raw", 3), ("sequenced", 5):
        try:
            socket.socket(family[1], kind[1])
        except OSError as e:
            if e.errno == errno.EPERM and os.getuid():
                print(family[0], kind[0], "socket: denied")
            else:
                print(family[0], kind[0], "socket:", e.strerror, ": absent")
        else:
            print(family[0], kind[0], "socket: done")
`

const goSockets = `
func attack(string) {
	attempt("raw IPv4", call(syscall.SYS_SOCKET, syscall.AF_INET, syscall.SOCK_RAW, syscall.IPPROTO_ICMP))
	attempt("raw IPv6", call(syscall.SYS_SOCKET, syscall.AF_INET6, syscall.SOCK_RAW, syscall.IPPROTO_ICMPV6))
	attempt("all packets", call(syscall.SYS_SOCKET, syscall.AF_PACKET, syscall.SOCK_RAW, 0x0300))
	attempt("ping", call(syscall.SYS_SOCKET, syscall.AF_INET, syscall.SOCK_DGRAM, syscall.IPPROTO_ICMP))
	attempt("UDP-Lite", call(syscall.SYS_SOCKET, syscall.AF_INET, syscall.SOCK_DGRAM, 136))
	attempt("multipath TCP", call(syscall.SYS_SOCKET, syscall.AF_INET, syscall.SOCK_STREAM, 262))
	attempt("SCTP", call(syscall.SYS_SOCKET, syscall.AF_INET, syscall.SOCK_STREAM, 132))
	attempt("SCTP on IPv6", call(syscall.SYS_SOCKET, syscall.AF_INET6, syscall.SOCK_STREAM, 132))
	attempt("SMC", call(syscall.SYS_SOCKET, syscall.AF_INET, syscall.SOCK_STREAM, 256))
}
`

// The child that makes the call dies of it, or tells what came back.
const pythonForeign = `import mmap

def foreign(name, code):
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    function = ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        os._exit(0 if function() == os.getpid() else 1)
    status = os.waitpid(pid, 0)[1]
    if status == 0:
        print(name + ": done")
    elif os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSYS:
        print(name + ": denied")
    else:
        print(name + ": absent")

foreign("getpid of 32-bit x86", bytes.fromhex("b814000000cd80c3"))
foreign("getpid of x32", bytes.fromhex("b8270000400f05c3"))
`

const goDevices = `
func attack(string) {
	for name, minor := range map[string]int{"mem": 1, "null": 3, "kmsg": 11} {
		attempt("a node for "+name, syscall.Mknod("/tmp/"+name, syscall.S_IFCHR|0o666, 1<<8|minor))
	}
	f, err := os.Open("/tmp/kmsg")
	attempt("the kernel's log", err)
	f.Close()
	attempt("a node for a disk", syscall.Mknod("/tmp/disk", syscall.S_IFBLK|0o666, 7<<8))
}
`

const pythonSettings = `def touch(path):
    os.close(os.open(path, os.O_WRONLY))

for path in "kernel/core_pattern", "kernel/hostname", "vm/drop_caches", "kernel/randomize_va_space":
    attempt("/proc/sys/" + path, touch, "/proc/sys/" + path)
if os.path.exists("/proc/sysrq-trigger"):
    attempt("/proc/sysrq-trigger", touch, "/proc/sysrq-trigger")
for path in "", "memory/", "pids/", "cpuacct/", "cpuset/":
    path = "/sys/fs/cgroup/" + path
    if os.path.exists(path + "cgroup.procs"):
        attempt("moving to another control group: " + path, touch, path + "cgroup.procs")
        attempt("a control group of one's own: " + path, os.mkdir, path + "docket-attack")
        if os.path.isdir(path + "docket-attack"):
            os.rmdir(path + "docket-attack")
`
