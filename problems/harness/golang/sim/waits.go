package sim

import (
	"runtime"
	_ "unsafe" // for go:linkname
)

// waitsCount makes the bubble count goroutines as waiting that wait for a mutex,
// or on a channel or a group made outside of it. A bubble does not by itself,
// because a goroutine outside could wake them. Here nobody is outside, unless an
// initializer of the solution started a goroutine; then all stays as it is.
//
// The runtime keeps the answer in a table by the reason of the wait. The linker
// lets a driver see it; a runtime that has another table is refused.
func waitsCount() {
	if runtime.NumGoroutine() > 1 {
		return
	}
	for at, name := range map[int]string{
		18: "select", 19: "chan receive", 20: "chan send",
		22: "sync.Mutex.Lock", 23: "sync.RWMutex.RLock", 24: "sync.RWMutex.Lock", 25: "sync.WaitGroup.Wait",
	} {
		if reasons[at] != name {
			panic("docket: the driver does not know this Go runtime: it waits for " + reasons[at] + ", not " + name)
		}
		idle[at] = true
	}
}

//go:linkname reasons runtime.waitReasonStrings
var reasons [47]string

//go:linkname idle runtime.isIdleInSynctest
var idle [47]bool

// inBubble reports whether the calling goroutine is in a bubble.
//
//go:linkname inBubble internal/synctest.IsInBubble
func inBubble() bool

// strayed is what ends a process in which a goroutine called a callable that
// virtual time does not know.
const strayed = "docket: a task was called by a goroutine that an initializer started; only those that the solution starts when it is called run on virtual time"
