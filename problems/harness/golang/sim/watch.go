package sim

import (
	"bytes"
	"os"
	"slices"
	"strconv"
	"syscall"
	"time"
)

const (
	look = 50 * time.Millisecond
	// patience is how many looks in a row find nothing that runs before
	// somebody is told.
	patience = 20
	// idling is the processor time that looking takes at most, and nothing
	// else may have been used.
	idling = patience * look / 10
)

// watch ends the process when the solution has the word and yet nothing of it
// runs or ever will: some goroutine waits for the world outside, and as long as
// it does virtual time stands still. The kernel tells what runs, however slow or
// crowded the host is.
func watch(w *World) {
	used := processorTime()
	for quiet := 0; quiet < patience; quiet++ {
		time.Sleep(look)
		if !w.resting.Load() || running() > 1 || processorTime()-used > idling {
			quiet, used = -1, processorTime()
		}
	}
	_, _ = os.Stderr.WriteString("docket: the solution waits for something that virtual time does not know, such as input, the network or a goroutine that an initializer started\n")
	os.Exit(2)
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// running is how many threads run or are ready to; the one that asks does. The
// second thread of a Go process is left out: it is the runtime's own, runs no
// goroutine and wakes up whenever another does.
func running() int {
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return 2 // nobody knows
	}
	threads := make([]int, 0, len(tasks))
	for _, task := range tasks {
		if id, err := strconv.Atoi(task.Name()); err == nil {
			threads = append(threads, id)
		}
	}
	slices.Sort(threads)
	n := 0
	for i, id := range threads {
		stat, err := os.ReadFile("/proc/self/task/" + strconv.Itoa(id) + "/stat")
		if i == 1 || err != nil {
			continue // that one, or it has ended
		}
		// The state follows the name, which is in parentheses and may hold any
		// character.
		at := bytes.LastIndexByte(stat, ')') + 2
		if at < len(stat) && bytes.IndexByte([]byte("SZXI"), stat[at]) < 0 {
			n++
		}
	}
	return n
}
