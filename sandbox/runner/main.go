// One processor is all that this program uses, whatever the box may use.
//
//go:debug containermaxprocs=0
//go:debug updatemaxprocs=0

// Command runner is PID 1 of every box. It speaks the protocol of package wire
// on its standard input and output and starts, bounds, measures and cleans up
// after the programs that nobody trusts.
//
//	runner [--helper zygote|compiler] [--helper-uid N] [-- helper argv...]
//
// It stands on a trust boundary: it shares its box with hostile programs, and
// the worker on the far side of the connection trusts nothing that comes out
// of the box beyond its bounds. It runs as the container's root with CAP_SETUID,
// CAP_SETGID and CAP_KILL and nothing else; so it cannot read or remove what a
// program left behind as root, and does both under the program's own UID.
//
// One thread does everything: it waits for the connection, the pipes of the
// program, the end of the program and the next moment to measure, all at once.
// That keeps what the runner adds to a program's life at a few system calls,
// and lets that thread take on the program's identity for a moment.
// The thread is never the first one of the process, because whether a program
// may send a signal to PID 1 is decided by the identity of its first thread.
package main

import (
	"errors"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
)

// build identifies the build. It is set by the linker.
var build = "unknown"

func init() {
	// The first thread keeps the first goroutine, which only waits.
	runtime.LockOSThread()
	runtime.GOMAXPROCS(1)
	// What the runner has resident is in the peak of every program that it
	// starts, so a small heap is worth more than rare collections.
	debug.SetGCPercent(25)
}

func main() {
	done := make(chan error)
	go func() {
		runtime.LockOSThread()
		done <- run(os.Args[1:])
	}()
	if err := <-done; err != nil {
		_, _ = os.Stderr.WriteString("runner: " + err.Error() + "\n")
		os.Exit(1)
	}
	// As PID 1 ends, the kernel kills everything else in the box.
}

func run(args []string) error {
	opts, err := parseArgs(args)
	if err != nil {
		return err
	}
	if syscall.Gettid() == syscall.Getpid() {
		return errors.New("running on the first thread")
	}
	defaultSignals()
	ignoreSignals()
	r, err := newRunner(opts)
	if err != nil {
		return err
	}
	return r.loop()
}

// defaultSignals undoes what the runner inherited. An engine may itself have
// been started with signals ignored or blocked (some supervisors and libraries
// do that), which passes through every exec down to the programs and would
// make them behave otherwise than on another host. Of the calling thread, which
// starts the programs, the mask is cleared.
func defaultSignals() {
	for sig := uintptr(1); sig <= lastSignal; sig++ {
		if ignored(sig) {
			setDefault(sig)
		}
	}
	unblockAll()
}

// ignoreSignals makes every signal that would end the process harmless. They
// are caught rather than ignored, because programs would inherit the latter.
// A box is ended by closing the runner's standard input or by SIGKILL.
func ignoreSignals() {
	var all []os.Signal
	for s := syscall.Signal(1); s < 32; s++ {
		switch s {
		case syscall.SIGKILL, syscall.SIGSTOP: // cannot be caught, nor sent to PID 1
		case syscall.SIGCHLD, syscall.SIGURG: // harmless, and frequent
		default:
			all = append(all, s)
		}
	}
	signal.Notify(make(chan os.Signal, 1), all...)
}

// options is the command line.
type options struct {
	helper     helperKind
	helperUID  uint32
	helperArgv []string
}

// helperKind names what the runner keeps running beside programs.
type helperKind string

const (
	noHelper helperKind = ""
	zygote   helperKind = "zygote"
	compiler helperKind = "compiler"
)

func parseArgs(args []string) (options, error) {
	var o options
	for len(args) > 0 {
		name := args[0]
		if name == "--" {
			o.helperArgv = args[1:]
			break
		}
		if len(args) < 2 {
			return o, errors.New("option " + name + " lacks its value or is unknown")
		}
		switch name {
		case "--helper":
			o.helper = helperKind(args[1])
			if o.helper != zygote && o.helper != compiler {
				return o, errors.New("unknown helper " + args[1])
			}
		case "--helper-uid":
			n, err := strconv.ParseUint(args[1], 10, 31)
			if err != nil {
				return o, errors.New("bad --helper-uid " + args[1])
			}
			o.helperUID = uint32(n)
		default:
			return o, errors.New("unknown option " + name)
		}
		args = args[2:]
	}
	if (o.helper == noHelper) != (len(o.helperArgv) == 0) {
		return o, errors.New("a helper needs --helper and its command after --")
	}
	if o.helper == compiler && o.helperUID == 0 {
		return o, errors.New("a compiler needs --helper-uid")
	}
	return o, nil
}
