package images

import _ "embed"

//go:embed seccomp.json
var seccomp string

// Seccomp is the profile of every box, as the engine takes it: a list of the
// system calls that the runner and honest programs in the three languages
// need. A call that is not in it fails with EPERM; one of a foreign
// architecture (32-bit x86, x32) kills the process. The engine's own default
// profile allows more. These families are left out, each for its reason:
//
//   - ptrace, process_vm_readv and _writev, process_madvise, process_mrelease,
//     kcmp, pidfd_getfd: reach into other processes, such as the warm Python
//     interpreter or the next test's program.
//   - unshare, setns, clone with namespace flags, chroot, pivot_root: a user
//     namespace gives a program capabilities and with them most of the kernel
//     to attack.
//   - mount, umount2, fsopen and the other new mount calls, statmount: the box
//     has the mounts that it was made with.
//   - io_uring_*: works around this filter, and has been the kernel's richest
//     source of privilege escalations.
//   - io_setup and its family (Linux AIO): the number of contexts is limited
//     for the whole host, so one box could use up what others need.
//   - bpf, perf_event_open, userfaultfd: large attack surfaces and, the last,
//     the classic aid for winning races in the kernel.
//   - keyctl, add_key, request_key: keyrings are not divided by container and
//     outlive the program.
//   - shmget, semget, msgget and their families, mq_*: what they make outlives
//     the program and would carry data from one test to the next.
//   - sockets other than unix, TCP and UDP: AF_VSOCK reaches the hypervisor past
//     any network namespace, AF_ALG, AF_NETLINK, AF_PACKET, raw sockets and the
//     exotic families are attack surface; so are the other protocols of IP,
//     such as SCTP, SMC and multipath TCP, for whose modules the kernel sends
//     when anybody asks.
//   - name_to_handle_at, open_by_handle_at: step out of the mount namespace.
//   - personality other than the default: switches address randomisation off.
//   - memfd_secret: memory that the accounting does not see. memfd_create is
//     allowed, for it is charged to the box.
//   - set_mempolicy, mbind, move_pages, migrate_pages: where memory lies is for
//     the host to decide; it would disturb the timing of others.
//   - setxattr and removexattr: kernel memory behind files, without bound on
//     some kernels.
//   - sync, syncfs: makes one program wait for, and cause, the writes of the whole host.
//   - init_module, kexec_load, reboot, swapon, settimeofday, clock_settime,
//     adjtimex, sethostname, iopl, ioperm, modify_ldt, acct, quotactl, syslog,
//     fanotify_init, lookup_dcookie, vhangup, uselib, ustat, sysfs, nfsservctl:
//     administration of the host, and relics.
func Seccomp() string { return seccomp }
