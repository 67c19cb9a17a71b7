package main

import (
	"strconv"
	"syscall"
	"time"
)

const (
	// quietLooks is how often in a row nothing may be seen at work before the box
	// counts as quiet. The threads are not looked at all at once, so what one look
	// sees may never have been true.
	quietLooks = 2
	// baitAnyway is how much processor time a program that is never quiet has
	// after it read everything, or half of what it has left if that is less. It may
	// be asking in a loop.
	baitAnyway = time.Second
)

// cutOff is what is known of a program that has read all of an input that was
// cut off.
type cutOff struct {
	until time.Duration // the run's processor time from which on it is baited anyway; 0 before it is known
	quiet int           // looks in a row that saw nothing at work
}

// bait lays the byte that tells who asks for more of an input that was cut off.
// What it is does not matter, since a program that takes it is stopped.
//
// A program that reads and then looks whether there is more at once, as Java's
// streams do, has not asked: without the bait it would have found nothing and
// gone its way. So the bait is laid only when everything in the box sleeps. A
// thread that has just read does not; one that waits for input does.
func (r *runner) bait() {
	x := r.run
	w := &x.cutOff
	if x.stdin.baited || !x.stdin.allRead() {
		return
	}
	used := r.cpuUsed()
	if w.until == 0 {
		w.until = used + min(baitAnyway, (x.req.CPUStop-used)/2)
	}
	if r.procs.asleep(r.helperPID()) {
		w.quiet++
	} else {
		w.quiet = 0
	}
	if w.quiet >= quietLooks || used >= w.until {
		x.stdin.baited = true
		x.stdin.write([]byte{'\n'}) // finds room in an empty pipe
	}
}

// asleep reports whether no thread in the box but the runner's and the helper's
// is at work.
func (p *procTable) asleep(helper int) bool {
	p.dir.rewind(p.fd)
	for {
		name, _, ok := p.dir.next()
		if !ok {
			return true
		}
		pid, err := strconv.Atoi(string(name))
		if err != nil || pid == 1 || pid == helper {
			continue
		}
		if !p.threadsAsleep(pid) {
			return false
		}
	}
}

func (p *procTable) threadsAsleep(pid int) bool {
	fd, e := openat(p.fd, strconv.Itoa(pid)+"/task", syscall.O_RDONLY|syscall.O_DIRECTORY)
	if e != 0 {
		return true // it has ended
	}
	defer closeFD(&fd)
	p.tasks.rewind(fd)
	for {
		name, _, ok := p.tasks.next()
		if !ok {
			return true
		}
		switch threadState(fd, string(name)) {
		case 'S', 'T', 't', 'Z', 'X', 0: // it waits, is stopped, or has ended
		default:
			return false
		}
	}
}

// threadState is the letter by which the kernel says what a thread does, or zero
// if there is no such thread.
func threadState(tasks int, name string) byte {
	fd, e := openat(tasks, name+"/stat", syscall.O_RDONLY)
	if e != 0 {
		return 0
	}
	defer closeFD(&fd)
	var b [128]byte
	n, e := readStart(fd, b[:])
	if e != 0 {
		return 0
	}
	return stateIn(b[:n])
}

// stateIn finds the letter in the start of a stat file. It follows the name of
// the program, which is at most 15 bytes of anything, in parentheses.
func stateIn(stat []byte) byte {
	for i := len(stat) - 3; i >= 0; i-- {
		if stat[i] == ')' {
			return stat[i+2]
		}
	}
	return 0
}
