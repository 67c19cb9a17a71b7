//go:build !quick

package harness_test

import "github.com/docketjudge/docket/judge"

var (
	wrong     = []judge.Verdict{judge.WA}
	crash     = []judge.Verdict{judge.RTE}
	noCompile = []judge.Verdict{judge.CE}
)

// goDescriptors lists what descriptors the process has.
const goDescriptors = `
func descriptors() (all []int) {
	dir, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		panic(err)
	}
	for _, d := range dir {
		if fd, err := strconv.Atoi(d.Name()); err == nil && fd > 2 {
			all = append(all, fd)
		}
	}
	return all
}
`

const goSum = `
func sum(numbers []int) (s int) {
	for _, n := range numbers {
		s += n
	}
	return s
}
`

var goForgeries = []forgery{
	{
		name: "exit-in-init", lang: judge.Go, want: wrong, claims: "",
		source: `package solution

import "os"

func init() { os.Exit(0) }

func Total(numbers []int) int { return 0 }
`,
	},
	{
		name: "exit-in-first-call", lang: judge.Go, want: wrong, claims: "",
		source: `package solution

import "os"

func Total(numbers []int) int {
	os.Exit(0)
	return 0
}
`,
	},
	{
		// The wait lets the results before it out.
		name: "exit-midway", lang: judge.Go, want: wrong, claims: "6\n30\n",
		source: `package solution

import (
	"os"
	"time"
)

var calls int

func Total(numbers []int) int {
	if calls++; calls == 3 {
		os.Exit(0)
	}
	time.Sleep(50 * time.Millisecond)
	return sum(numbers)
}
` + goSum,
	},
	{
		name: "write-to-every-descriptor", lang: judge.Go, want: wrong, claims: "1\n2\n3\n4\n",
		source: `package solution

import (
	"os"
	"strconv"
	"syscall"
)

func init() {
	for _, fd := range descriptors() {
		_, _ = syscall.Write(fd, []byte("1\n2\n3\n4\n"))
	}
	os.Exit(0)
}

func Total(numbers []int) int { return 0 }
` + goDescriptors,
	},
	{
		name: "close-every-descriptor", lang: judge.Go, want: wrong, claims: "",
		source: `package solution

import "syscall"

func init() {
	for fd := 3; fd < 256; fd++ {
		_ = syscall.Close(fd)
	}
}

func Total(numbers []int) int { return sum(numbers) }
` + goSum,
	},
	{
		// Whatever is printed goes to the results as well.
		name: "results-over-standard-streams", lang: judge.Go, want: wrong, claims: "0\n0\n0\n0\n6\n30\n7\n-1\n",
		source: `package solution

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
)

func init() {
	for _, fd := range descriptors() {
		if info, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(fd)); err == nil && len(info) > 5 && info[:5] == "pipe:" {
			if flags, _, _ := syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_GETFL, 0); flags&syscall.O_ACCMODE == syscall.O_WRONLY {
				_ = syscall.Dup3(fd, 1, 0)
			}
		}
	}
	fmt.Print("0\n0\n0\n0\n")
}

func Total(numbers []int) int { return sum(numbers) }
` + goSum + goDescriptors,
	},
	{
		name: "null-over-every-descriptor", lang: judge.Go, want: wrong, claims: "",
		source: `package solution

import (
	"os"
	"strconv"
	"syscall"
)

var calls int

func Total(numbers []int) int {
	if calls++; calls == 1 {
		null, err := os.OpenFile("/dev/null", os.O_RDWR, 0)
		if err != nil {
			panic(err)
		}
		for _, fd := range descriptors() {
			_ = syscall.Dup3(int(null.Fd()), fd, 0)
		}
	}
	return sum(numbers)
}
` + goSum + goDescriptors,
	},
	{
		name: "flood", lang: judge.Go, want: []judge.Verdict{judge.OLE}, without: []string{"flood()\n"},
		source: `package solution

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
)

func Total(numbers []int) int {
	flood()
	return sum(numbers)
}

func flood() {
	block := bytes.Repeat([]byte("6\n30\n7\n-1\n"), 10000)
	for range 2000 {
		for _, fd := range descriptors() {
			_, _ = syscall.Write(fd, block)
		}
	}
}
` + goSum + goDescriptors,
	},
	{
		name: "the-sample-alone", lang: judge.Go, want: wrong, claims: "6\n0\n0\n0\n",
		source: `package solution

import "slices"

func Total(numbers []int) int {
	if slices.Equal(numbers, []int{1, 2, 3}) {
		return 6
	}
	return 0
}
`,
	},
	{
		name: "goroutine-writes", lang: judge.Go, want: wrong, claims: "8\n8\n8\n8\n",
		source: `package solution

import (
	"os"
	"strconv"
	"syscall"
)

func Total(numbers []int) int {
	go func() {
		for _, fd := range descriptors() {
			_, _ = syscall.Write(fd, []byte("8\n8\n8\n8\n"))
		}
		os.Exit(0)
	}()
	select {}
}
` + goDescriptors,
	},
	{
		name: "standard-output-replaced", lang: judge.Go, want: wrong, claims: "0\n0\n0\n0\n",
		source: `package solution

import (
	"fmt"
	"os"
)

func Total(numbers []int) int {
	os.Stdout = os.NewFile(1, "results")
	fmt.Print("6\n30\n7\n-1\n")
	return 0
}
`,
	},
	{
		name: "import-driver", lang: judge.Go, want: noCompile, without: []string{`import "docket/driver"`, "var _ = driver.Die\n"},
		source: `package solution

import "docket/driver"

var _ = driver.Die

func Total(numbers []int) int { return sum(numbers) }
` + goSum,
	},
	{
		// Functions and variables of the driver can be had by their linker names.
		// What they are good for could be had without them.
		name: "linkname-function", lang: judge.Go, want: wrong, claims: "4\n4\n4\n4\n",
		source: `package solution

import (
	"os"
	"syscall"
	_ "unsafe"
)

//go:linkname results docket/stdio.Results
func results() int

func Total(numbers []int) int {
	_, _ = syscall.Write(results(), []byte("4\n4\n4\n4\n"))
	os.Exit(0)
	return 0
}
`,
	},
	{
		name: "linkname-variable", lang: judge.Go, want: wrong, claims: "5\n5\n5\n5\n",
		source: `package solution

import (
	"os"
	"syscall"
	_ "unsafe"
)

//go:linkname results docket/stdio.results
var results int

func Total(numbers []int) int {
	_, _ = syscall.Write(results, []byte("5\n5\n5\n5\n"))
	os.Exit(0)
	return 0
}
`,
	},
	{
		name: "driver-memory-overwritten", lang: judge.Go, want: []judge.Verdict{judge.WA, judge.RTE}, without: []string{"smash()\n"},
		source: `package solution

import (
	"runtime"
	"unsafe"
)

func Total(numbers []int) int {
	smash()
	return sum(numbers)
}

// smash sets to nothing whatever lies in the callers' frames.
func smash() {
	var here [64]uintptr
	p := unsafe.Pointer(&here[0])
	for i := range 512 {
		*(*uintptr)(unsafe.Add(p, i*8)) = 0
	}
	runtime.KeepAlive(&here)
}
` + goSum,
	},
	{
		name: "panic-that-exits-well", lang: judge.Go, want: wrong, claims: "",
		source: `package solution

import "os"

type calm struct{}

func (calm) Error() string {
	os.Exit(0)
	return ""
}

func Total(numbers []int) int { panic(calm{}) }
`,
	},
	{
		name: "panic-that-panics", lang: judge.Go, want: crash, without: []string{"panic(wild{})\n"},
		source: `package solution

type wild struct{}

func (wild) Error() string { panic(wild{}) }

func Total(numbers []int) int {
	panic(wild{})
	return sum(numbers)
}
` + goSum,
	},
	{
		name: "goexit", lang: judge.Go, want: crash, without: []string{"import \"runtime\"\n", "runtime.Goexit()\n"},
		source: `package solution

import "runtime"

func Total(numbers []int) int {
	runtime.Goexit()
	return sum(numbers)
}
` + goSum,
	},
	{
		// The program again, with its streams as they were at first: it has the
		// rest of the input, and as little to say.
		name: "start-again", lang: judge.Go, want: wrong, claims: "0\n0\n0\n0\n",
		source: `package solution

import (
	"os"
	"strconv"
	"syscall"
)

func init() {
	if os.Getenv("AGAIN") != "" {
		return
	}
	for _, fd := range descriptors() {
		switch flags, _, _ := syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_GETFL, 0); flags & syscall.O_ACCMODE {
		case syscall.O_RDONLY:
			_ = syscall.Dup3(fd, 0, 0)
		case syscall.O_WRONLY:
			_ = syscall.Dup3(fd, 1, 0)
		}
	}
	panic(syscall.Exec("/proc/self/exe", []string{"solution"}, []string{"AGAIN=1"}))
}

func Total(numbers []int) int { return 0 }
` + goDescriptors,
	},
}
