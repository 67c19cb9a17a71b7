package sim

import (
	"time"
	"unsafe"
)

// clock finds the clock of the bubble that it is called in. The driver moves it
// on by the last nanosecond before a moment, so that what the outside ends at
// that moment comes before timers that are due at it: the runtime looks for
// those when all that this brought about waits again.
//
// The runtime has no name for it. It is the one word of the bubble that holds
// the time; a runtime where there is none, or are several, is refused.
func clock() *int64 {
	bubble := acquire()
	defer release(bubble)
	type value struct{ _, data unsafe.Pointer }
	begin := (*value)(unsafe.Pointer(&bubble)).data
	now := time.Now().UnixNano()
	var found *int64
	for i := range words {
		word := (*int64)(unsafe.Add(begin, i*int(unsafe.Sizeof(now))))
		if *word != now {
			continue
		}
		if found != nil {
			found = nil
			break
		}
		found = word
	}
	if found == nil {
		panic("docket: the driver does not know this Go runtime: it keeps the time of a bubble elsewhere")
	}
	return found
}

// words are how much of a bubble is looked at; it is larger than that.
const words = 16

//go:linkname acquire internal/synctest.acquire
func acquire() any

//go:linkname release internal/synctest.release
func release(bubble any)
