package sandboxtest

import "github.com/docketjudge/docket/judge"

// The beginnings of programs that make attempts and report each.

// goAttempts is a Go file with helpers; an attack adds func attack(string),
// which gets the program's input, trimmed.
const goAttempts = `package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"unsafe"
)

var (
	_ = bytes.NewReader
	_ = strconv.Itoa
	_ = strings.Cut
	_ unsafe.Pointer
)

// attempt reports what became of one.
func attempt(name string, err error) {
	var errno syscall.Errno
	switch e := err.(type) {
	case syscall.Errno:
		errno = e
	case *os.PathError:
		errno, _ = e.Err.(syscall.Errno)
	case *os.LinkError:
		errno, _ = e.Err.(syscall.Errno)
	}
	switch {
	case err == nil || err == syscall.Errno(0):
		fmt.Println(name + ": done")
	case errno == syscall.ENOSYS, errno == syscall.EAFNOSUPPORT, errno == syscall.EPROTONOSUPPORT,
		errno == syscall.ESOCKTNOSUPPORT, errno == syscall.ENODEV, errno == syscall.ENXIO:
		fmt.Printf("%s (%v): absent\n", name, err)
	default:
		fmt.Printf("%s (%s): denied\n", name, strings.ReplaceAll(err.Error(), "\n", " "))
	}
}

// call makes a system call by its number.
func call(number uintptr, args ...uintptr) error {
	_, err := calls(number, args...)
	return err
}

func calls(number uintptr, args ...uintptr) (uintptr, error) {
	var a [6]uintptr
	copy(a[:], args)
	r, _, e := syscall.RawSyscall6(number, a[0], a[1], a[2], a[3], a[4], a[5])
	if e != 0 {
		return r, e
	}
	return r, nil
}

// at is the address of a string or of some bytes, for call.
func at(s string) uintptr { return uintptr(unsafe.Pointer(&append([]byte(s), 0)[0])) }
func to(b []byte) uintptr { return uintptr(unsafe.Pointer(&b[0])) }

// here is the current directory, to calls that take a directory.
const here = ^uintptr(99)

// lives tells a process from one that only waits to be reaped.
func lives(pid int) bool {
	b, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	_, rest, ok := strings.Cut(string(b), ") ")
	return ok && rest[0] != 'Z' && rest[0] != 'X'
}

// others lists the processes of the box but for this one.
func others() (pids []int) {
	names, _ := os.ReadDir("/proc")
	for _, n := range names {
		if pid, err := strconv.Atoi(n.Name()); err == nil && pid != os.Getpid() && lives(pid) {
			pids = append(pids, pid)
		}
	}
	return pids
}

func main() {
	runtime.LockOSThread()
	b, _ := io.ReadAll(os.Stdin)
	attack(strings.TrimSpace(string(b)))
}
`

// pythonAttempts does the same for Python.
const pythonAttempts = `import ctypes, errno, os, signal, socket, sys
libc = ctypes.CDLL(None, use_errno=True)

def attempt(name, function, *args):
    try:
        function(*args)
    except OSError as e:
        here = e.errno not in (errno.ENOSYS, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT, errno.ESOCKTNOSUPPORT, errno.ENODEV)
        print(f"{name} ({e.strerror}): {'denied' if here else 'absent'}", flush=True)
    else:
        print(f"{name}: done", flush=True)

def call(number, *args):
    result = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in args))
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result

def lives(pid):
    try:
        with open(f"/proc/{pid}/stat") as f:
            return f.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False

def others():
    return [n for n in map(int, filter(str.isdigit, os.listdir("/proc"))) if n != os.getpid() and lives(n)]

`

// javaAttempts does the same for Java; an attack adds the method
// static void attack(String input), which ends the class.
const javaAttempts = `import java.io.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.nio.file.*;
import java.util.*;

public class Main {
    interface Act { void run() throws Exception; }

    static void attempt(String name, Act act) {
        try {
            act.run();
            System.out.println(name + ": done");
        } catch (Exception e) {
            System.out.println(name + " (" + e.getClass().getSimpleName() + "): denied");
        }
    }

    public static void main(String[] args) throws Exception {
        attack(new String(System.in.readAllBytes()).trim());
    }

`

// attempting is a program that makes attempts.
func attempting(l judge.Language, body string) string {
	switch l {
	case judge.Go:
		return goAttempts + body
	case judge.Java:
		return javaAttempts + body + "}\n"
	default:
		return pythonAttempts + body
	}
}

// refused is an attack all of whose attempts, at least n, must be denied in a
// box and succeed in an Open container.
func refused(name string, l judge.Language, n int, body string) attack {
	return attack{
		name: name, lang: l, source: attempting(l, body),
		want: denied(n), open: doneWherePresent(n),
	}
}
