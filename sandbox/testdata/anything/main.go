// Command anything carries out the script of system calls on its standard
// input; fuzz_test.go describes scripts.
package main

import (
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"unsafe"
)

// line is one step of a script, taken apart: what follows a fork must not use
// the runtime.
type line struct {
	op   string
	args []arg
	data []byte
}

// arg is a number, or the slot that holds one.
type arg struct {
	slot  bool
	value uintptr
}

const (
	bufferSize = 64 << 10
	buffers    = 4
)

var (
	slots  [32]uintptr
	memory []byte
	names  [][]byte // what lines point to
)

func main() {
	runtime.LockOSThread()
	debug.SetGCPercent(-1)
	var err error
	if memory, err = syscall.Mmap(-1, 0, buffers*bufferSize, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON); err != nil {
		panic(err)
	}
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	var script []line
	for l := range strings.Lines(string(text)) {
		if words := strings.Fields(l); len(words) > 0 {
			script = append(script, parse(words))
		}
	}
	for at := 0; at < len(script); at++ {
		step(&script[at])
		if l := &script[at]; l.op == "loop" && l.args[1].value > 0 {
			l.args[1].value--
			at -= int(l.args[0].value) + 1
		}
	}
}

func parse(words []string) line {
	l := line{op: words[0]}
	for _, w := range words[1:] {
		n, _ := strconv.ParseInt(strings.TrimLeft(w, "sbp"), 10, 64)
		switch {
		case l.op == "put" && len(l.args) == 1:
			l.data = []byte(w)
			continue
		case w[0] == 's':
			l.args = append(l.args, arg{slot: true, value: uintptr(n)})
			continue
		case w[0] == 'b':
			n = int64(uintptr(unsafe.Pointer(&memory[n*bufferSize])))
		case w[0] == 'p':
			name := append([]byte(w[1:]), 0)
			names = append(names, name)
			n = int64(uintptr(unsafe.Pointer(&name[0])))
		}
		l.args = append(l.args, arg{value: uintptr(n)})
	}
	for len(l.args) < 8 {
		l.args = append(l.args, arg{})
	}
	return l
}

func (a arg) get() uintptr {
	if a.slot {
		return slots[a.value]
	}
	return a.value
}

func step(l *line) {
	a := l.args
	switch l.op {
	case "call": // the slot of the result, the number, the arguments
		r, _, e := syscall.RawSyscall6(a[1].get(), a[2].get(), a[3].get(), a[4].get(), a[5].get(), a[6].get(), a[7].get())
		if e == 0 {
			slots[a[0].value] = r
		}
	case "load": // the slot of the result, the buffer, which 32-bit number in it
		slots[a[0].value] = uintptr(*(*int32)(unsafe.Pointer(a[1].get() + 4*a[2].get())))
	case "store": // the buffer, which 32-bit number in it, the number
		*(*int32)(unsafe.Pointer(a[0].get() + 4*a[1].get())) = int32(a[2].get())
	case "put": // the buffer, text
		copy(unsafe.Slice((*byte)(unsafe.Pointer(a[0].get())), len(l.data)), l.data)
	case "touch": // an address, how many bytes
		if at := a[0].get(); at > 1<<20 && at < 1<<47 {
			for n := uintptr(0); n < a[1].get(); n += 4096 {
				*(*byte)(unsafe.Pointer(at + n)) = 1
			}
		}
	case "rights": // a socket, a descriptor to send over it
		control := [3]uint64{20, 1 | 1<<32, uint64(uint32(a[1].get()))}
		data := byte('x')
		part := [2]uintptr{uintptr(unsafe.Pointer(&data)), 1}
		message := [7]uintptr{0, 0, uintptr(unsafe.Pointer(&part)), 1, uintptr(unsafe.Pointer(&control)), 20, 0}
		_, _, _ = syscall.RawSyscall6(syscall.SYS_SENDMSG, a[0].get(), uintptr(unsafe.Pointer(&message)), syscall.MSG_DONTWAIT, 0, 0, 0)
	}
}
