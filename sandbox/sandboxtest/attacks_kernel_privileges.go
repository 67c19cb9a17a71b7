package sandboxtest

import "github.com/docketjudge/docket/judge"

// privilegeAttacks try to become somebody else or to be allowed more.
func privilegeAttacks() []attack {
	return []attack{
		refused("identity", judge.Go, 8, goIdentity),
		refused("identity", judge.Python, 4, pythonIdentity),
		refused("setuid-programs", judge.Python, 2, pythonSetuid),
		refused("resource-limits", judge.Go, 3, goRlimits),
		refused("resource-limits", judge.Python, 3, pythonRlimits),
		fixed("limit-of-descriptors", judge.Go, 1, goRaiseFiles),
		refused("scheduling", judge.Go, 2, goScheduling),
	}
}

// fixed is refused for what only a capability allows that the engine itself
// may lack, so that no container is open enough for a control.
func fixed(name string, l judge.Language, n int, body string) attack {
	a := refused(name, l, n, body)
	a.open, a.because = nil, "raising a hard limit takes CAP_SYS_RESOURCE, which not every engine has"
	return a
}

const goIdentity = `
func attack(string) {
	var header struct{ version uint32; pid int32 }
	var data [6]uint32
	header.version = 0x20080522
	_ = call(syscall.SYS_CAPGET, uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&data)))
	data[0], data[1], data[2] = data[0]|1, data[1]|1, data[2]|1 // CAP_CHOWN
	attempt("taking a capability", call(syscall.SYS_CAPSET, uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&data))))
	attempt("keeping it across exec", call(syscall.SYS_PRCTL, 47, 2, 0, 0, 0))
	attempt("setuid", call(syscall.SYS_SETUID, 0))
	attempt("setgid", call(syscall.SYS_SETGID, 0))
	attempt("setresuid", call(syscall.SYS_SETRESUID, 0, 0, 0))
	attempt("setreuid", call(syscall.SYS_SETREUID, 0, 0))
	attempt("setgroups", call(syscall.SYS_SETGROUPS, 0, 0))
	_ = os.WriteFile("/tmp/mine", nil, 0o644)
	attempt("giving a file to root", syscall.Chown("/tmp/mine", 0, 0))
	attempt("giving a file to another", syscall.Chown("/tmp/mine", 20001, 20001))
	attempt("another's identity", call(syscall.SYS_SETRESUID, ^uintptr(0), 20001, ^uintptr(0)))
}
`

const pythonIdentity = `attempt("setuid", os.setuid, 0)
attempt("setresuid", os.setresuid, 0, 0, 0)
attempt("seteuid", os.seteuid, 0)
attempt("setgroups", os.setgroups, [0])
attempt("setresgid", os.setresgid, 0, 0, 0)
`

// Where it may, it makes the setuid program first and becomes somebody else.
const pythonSetuid = `import glob, shutil, stat, subprocess
if os.getuid() == 0:
    shutil.copy("/usr/bin/python3", "/usr/bin/own")
    os.chmod("/usr/bin/own", 0o4755)
    os.setgid(12345)
    os.setuid(12345)
def found():
    for path in glob.glob("/usr/*bin/*") + glob.glob("/usr/lib/**", recursive=True) + glob.glob("/docket/*"):
        if os.stat(path).st_mode & stat.S_ISUID:
            return path
    raise PermissionError("there is none")
def become():
    if subprocess.check_output([found(), "-c", "import os; print(os.geteuid())"]) != b"0\n":
        raise PermissionError("it is not root")
attempt("a setuid program", found)
attempt("root by it", become)
`

const goRlimits = `
func attack(string) {
	for name, l := range map[string][2]uint64{
		"core dumps": {4, 4096}, "locked memory": {8, 4096}, "bytes in message queues": {12, 4096},
	} {
		attempt(name, call(syscall.SYS_SETRLIMIT, uintptr(l[0]), uintptr(unsafe.Pointer(&[2]uint64{l[1], l[1]}))))
	}
}
`

const goRaiseFiles = `
func attack(string) {
	limit := [2]uint64{65536, 65536}
	attempt("more descriptors", call(syscall.SYS_SETRLIMIT, 7, uintptr(unsafe.Pointer(&limit))))
}
`

const pythonRlimits = `import resource

def raised(which, limit):
    try:
        resource.setrlimit(which, (limit, limit))
    except ValueError as e:
        raise PermissionError(errno.EPERM, str(e))

attempt("core dumps", raised, resource.RLIMIT_CORE, 4096)
attempt("locked memory", raised, resource.RLIMIT_MEMLOCK, 4096)
attempt("bytes in message queues", raised, 12, 4096)
`

const goScheduling = `
func attack(string) {
	attempt("priority", syscall.Setpriority(0, 0, -5))
	attempt("real-time disk access", call(251, 1, 0, 1<<13))
	online, _ := os.ReadFile("/sys/devices/system/cpu/online")
	last := strings.TrimSpace(string(online))
	if i := strings.LastIndexAny(last, "-,"); i >= 0 {
		last = last[i+1:]
	}
	n, _ := strconv.Atoi(last)
	var err error
	for _, cpu := range []int{0, n} {
		mask := make([]byte, 128)
		mask[cpu/8] = 1 << (cpu % 8)
		if e := call(syscall.SYS_SCHED_SETAFFINITY, 0, 128, to(mask)); e != nil {
			err = e
		}
	}
	if n > 0 { // else there is no other to move to
		attempt("another processor", err)
	}
}
`
