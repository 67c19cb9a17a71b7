// Command syscalls makes system calls that a box must refuse, and some that
// it must allow, and prints what came of each: a name and an errno. Arguments
// are such that a call does no harm even where it is allowed.
package main

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
	"unsafe"
)

// probe is one system call. bad is a pointer that the kernel cannot read.
type probe struct {
	name string
	nr   uintptr
	args [6]uintptr
}

const (
	bad   = 8
	minus = ^uintptr(0)
)

var denied = []probe{
	{"ptrace", 101, [6]uintptr{1, 1 << 22}},
	{"process_vm_readv", 310, [6]uintptr{1 << 22, 0, 0, 0, 0, 0}},
	{"process_vm_writev", 311, [6]uintptr{1 << 22, 0, 0, 0, 0, 0}},
	{"pidfd_getfd", 438, [6]uintptr{minus, 0, 0}},
	{"kcmp", 312, [6]uintptr{1 << 22, 1 << 22}},
	{"process_madvise", 440, [6]uintptr{minus}},
	{"io_uring_setup", 425, [6]uintptr{0, bad}},
	{"io_uring_enter", 426, [6]uintptr{minus}},
	{"io_uring_register", 427, [6]uintptr{minus}},
	{"io_setup", 206, [6]uintptr{0, bad}},
	{"unshare user", 272, [6]uintptr{0x10000000 | 0x100}}, // with CLONE_VM: EINVAL in a process with threads
	{"setns", 308, [6]uintptr{minus, 0}},
	{"clone NEWUSER", 56, [6]uintptr{0x10000000 | 0x200}}, // with CLONE_FS: EINVAL
	{"clone NEWNS", 56, [6]uintptr{0x00020000 | 0x200}},
	{"mount", 165, [6]uintptr{bad, bad, bad, 0, 0}},
	{"umount2", 166, [6]uintptr{bad, 0}},
	{"pivot_root", 155, [6]uintptr{bad, bad}},
	{"chroot", 161, [6]uintptr{bad}},
	{"fsopen", 430, [6]uintptr{bad, 0}},
	{"open_tree", 428, [6]uintptr{minus, bad, 0}},
	{"move_mount", 429, [6]uintptr{minus, bad, minus, bad}},
	{"mount_setattr", 442, [6]uintptr{minus, bad, 0, bad, 0}},
	{"keyctl", 250, [6]uintptr{9999}},
	{"add_key", 248, [6]uintptr{bad, bad}},
	{"request_key", 249, [6]uintptr{bad, bad}},
	{"bpf", 321, [6]uintptr{9999, bad, 16}},
	{"perf_event_open", 298, [6]uintptr{bad}},
	{"userfaultfd", 323, [6]uintptr{0xff00}},
	{"shmget", 29, [6]uintptr{0, 0, 0}},
	{"shmat", 30, [6]uintptr{minus}},
	{"shmctl", 31, [6]uintptr{minus, 2, bad}},
	{"semget", 64, [6]uintptr{0, minus, 0}},
	{"semop", 65, [6]uintptr{minus, bad, 1}},
	{"msgget", 68, [6]uintptr{0x7e57, 0}},
	{"msgsnd", 69, [6]uintptr{minus, bad, 1}},
	{"mq_open", 240, [6]uintptr{bad, 0}},
	{"mq_unlink", 241, [6]uintptr{bad}},
	{"socket VSOCK", 41, [6]uintptr{40, 1, 0}},
	{"socket ALG", 41, [6]uintptr{38, 5, 0}},
	{"socket NETLINK", 41, [6]uintptr{16, 2, 0}},
	{"socket PACKET", 41, [6]uintptr{17, 2, 0}},
	{"socket INET raw", 41, [6]uintptr{2, 3, 1}},
	{"socket INET raw nonblocking", 41, [6]uintptr{2, 3 | 0x800, 1}},
	{"socket INET6 raw", 41, [6]uintptr{10, 3, 58}},
	{"open_by_handle_at", 304, [6]uintptr{minus, bad, 0}},
	{"name_to_handle_at", 303, [6]uintptr{minus, bad, bad, bad, 0}},
	{"kexec_load", 246, [6]uintptr{0, 1 << 20, bad, 0}},
	{"init_module", 175, [6]uintptr{bad, 0, bad}},
	{"finit_module", 313, [6]uintptr{minus, bad, 0}},
	{"delete_module", 176, [6]uintptr{bad, 0}},
	{"reboot", 169, [6]uintptr{1, 2, 3, 0}},
	{"swapon", 167, [6]uintptr{bad, 0}},
	{"settimeofday", 164, [6]uintptr{bad, 0}},
	{"clock_settime", 227, [6]uintptr{0, bad}},
	{"adjtimex", 159, [6]uintptr{bad}},
	{"sethostname", 170, [6]uintptr{bad, 1}},
	{"personality", 135, [6]uintptr{0x0040000}},
	{"quotactl", 179, [6]uintptr{0, bad, 0, bad}},
	{"acct", 163, [6]uintptr{bad}},
	{"syslog", 103, [6]uintptr{9999, 0, 0}},
	{"iopl", 172, [6]uintptr{99}},
	{"ioperm", 173, [6]uintptr{minus, 1, 1}},
	{"modify_ldt", 154, [6]uintptr{0, bad, 0}},
	{"fanotify_init", 300, [6]uintptr{minus, 0}},
	{"memfd_secret", 447, [6]uintptr{0xff00}},
	{"setxattr", 188, [6]uintptr{bad, bad, bad, 0, 0}},
	{"mbind", 237, [6]uintptr{1, 1, 99, bad, 1, minus}},
	{"clone3", 435, [6]uintptr{bad, 0}},
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "x32" {
		x32()
		return
	}
	for _, p := range denied {
		_, _, errno := syscall.RawSyscall6(p.nr, p.args[0], p.args[1], p.args[2], p.args[3], p.args[4], p.args[5])
		fmt.Printf("denied\t%s\t%d\n", p.name, int(errno))
	}
	allowed()
}

// x32 makes a call of the x32 architecture in a child of one thread, for the
// filter kills the calling thread alone, and exits 0 if the child lives.
func x32() {
	pid, _, errno := syscall.RawSyscall6(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
	if errno != 0 {
		panic(errno)
	}
	if pid == 0 {
		syscall.RawSyscall(0x40000000|39, 0, 0, 0)
		syscall.RawSyscall(syscall.SYS_EXIT_GROUP, 0, 0, 0)
	}
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(int(pid), &status, 0, nil); err != nil {
		panic(err)
	}
	fmt.Println(status.Signal())
	if status.Signaled() {
		os.Exit(1)
	}
}

// allowed makes calls that must succeed.
func allowed() {
	try := func(name string, nr uintptr, args ...uintptr) uintptr {
		var a [6]uintptr
		copy(a[:], args)
		r, _, errno := syscall.RawSyscall6(nr, a[0], a[1], a[2], a[3], a[4], a[5])
		fmt.Printf("allowed\t%s\t%d\n", name, int(errno))
		return r
	}
	var buf [256]byte
	name := append([]byte("x"), 0)
	p := uintptr(unsafe.Pointer(&buf))
	try("memfd_create", 319, uintptr(unsafe.Pointer(&name[0])), 0)
	try("pidfd_open", 434, uintptr(os.Getpid()), 0)
	try("socket unix", 41, 1, 1|0x80000, 0)
	try("socket unix seqpacket", 41, 1, 5, 0)
	try("socket INET", 41, 2, 1|0x800, 0)
	try("socket INET datagram", 41, 2, 2, 0)
	try("socketpair", 53, 1, 5, 0, p)
	root := append([]byte("/"), 0)
	try("statfs", 137, uintptr(unsafe.Pointer(&root[0])), p)
	try("prlimit64", 302, 0, 7, 0, p)
	try("prctl", 157, 16, p)
	try("capget", 125, uintptr(unsafe.Pointer(&[2]uint32{0x20080522})), 0)
	try("setgroups", 116, 0, 0)
	try("setresgid", 119, 20001, 20001, 20001)
	try("setresuid", 117, 20001, 20001, 20001)
	try("personality query", 135, 0xffffffff)
	// A child: fork, exec, kill and wait.
	child, err := os.StartProcess("/proc/self/exe", []string{"sleep", "forever"}, &os.ProcAttr{Env: []string{"PARKED=" + strconv.Itoa(os.Getpid())}})
	if err != nil {
		fmt.Printf("allowed\tchild: %v\t-1\n", err)
		return
	}
	err = child.Kill()
	if err == nil {
		_, err = child.Wait()
	}
	if err != nil {
		fmt.Printf("allowed\tkill and wait: %v\t-1\n", err)
		return
	}
	fmt.Printf("allowed\tchild\t0\n")
}

func init() {
	if os.Getenv("PARKED") != "" {
		select {}
	}
}
