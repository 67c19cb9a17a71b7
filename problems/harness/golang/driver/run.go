// Package driver is the part of a Go driver that is the same for all
// problems. It runs in a box, in one process with the solution, so nothing
// that it says is trusted; it only has to be right for solutions that leave it
// alone.
package driver

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

// linger is how long a result may wait for others before it is written. It
// bounds what is lost of a solution that is killed.
const linger = 20 * time.Millisecond

// Signature is what a solution must declare.
var Signature string

// Misfit is the panic of something that the solution returned and that cannot
// be used.
type Misfit string

// Run gives every case of the test to the solution and ends the process.
func Run(input, results int, one func(*Decoder, *Encoder)) {
	LimitStack()
	d := NewDecoder(os.NewFile(uintptr(input), "tests"))
	e := NewEncoder(os.NewFile(uintptr(results), "results"))
	loop(d, e, one)
	e.Flush()
	// Goroutines that still run, and deferred calls of main, end here.
	os.Exit(0)
}

// LimitStack lets an endless recursion end with words about the stack, instead
// of by the sandbox for its memory. A stack that is full is copied to one of
// twice the size, so that the memory limit, of which the runtime is told nine
// tenths, must hold three halves of the larger one.
func LimitStack() {
	if limit := debug.SetMemoryLimit(-1); limit < math.MaxInt64 {
		debug.SetMaxStack(int(limit / 27 * 20))
	}
}

func loop(d *Decoder, e *Encoder, one func(*Decoder, *Encoder)) {
	over := false
	defer func() {
		reason := recover()
		if over {
			return
		}
		if reason == nil {
			reason = "the solution called runtime.Goexit" // nothing else gets here
		}
		e.whole()
		e.Flush()
		Die(reason)
	}()
	last := time.Now()
	for d.More() {
		e.begin()
		one(d, e)
		e.Raw('\n')
		if now := time.Now(); now.Sub(last) >= linger {
			e.Flush()
			last = now
		}
	}
	over = true
}

// begin marks where a case's result begins.
func (e *Encoder) begin() { e.mark = len(e.buf) }

// whole drops the beginning of a result that was never finished.
func (e *Encoder) whole() { e.buf = e.buf[:min(e.mark, len(e.buf))] }

// Die ends the process for a panic, as the runtime would, but shows the frames
// of the solution only. It is called by the deferred function that recovered.
func Die(reason any) {
	var b strings.Builder
	switch r := reason.(type) {
	case broken:
		fmt.Fprintf(&b, "docket: %s\n", string(r))
	case Misfit:
		fmt.Fprintf(&b, "%s.\n", string(r))
	default:
		// It calls Error and String, and survives their own panics.
		fmt.Fprintf(&b, "panic: %v\n", reason)
	}
	inside := false
	pcs := make([]uintptr, 256)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if name, ok := strings.CutPrefix(f.Function, "solution."); ok {
			inside = true
			fmt.Fprintf(&b, "\n%s(...)\n\t%s:%d", name, path.Base(f.File), f.Line)
		}
		if !more {
			break
		}
	}
	_, misfit := reason.(Misfit)
	fault, _ := reason.(error)
	if misfit || !inside && errors.As(fault, new(runtime.Error)) {
		fmt.Fprintf(&b, "\nThe signature of this problem is:\n\n%s", Signature)
	}
	b.WriteByte('\n')
	_, _ = os.Stderr.WriteString(b.String())
	os.Exit(2)
}
