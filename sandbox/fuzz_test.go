//go:build !quick && amd64

package sandbox_test

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox"
)

// Scripts are lists of system calls for the programs in testdata/anything, so
// that one build serves thousands of programs. A line is
//
//	call SLOT NUMBER ARGUMENT...     a system call, its result kept in a slot
//	load SLOT BUFFER INDEX           a 32-bit number of a buffer into a slot
//	store BUFFER INDEX NUMBER        the way back
//	put BUFFER TEXT                  text into a buffer
//	touch ADDRESS BYTES              a write to every page
//	rights SOCKET DESCRIPTOR         a descriptor sent over a unix socket
//	loop LINES TIMES                 the lines before it once more
//
// and an argument a number, s3 (what slot 3 holds), b1 (where buffer 1 is) or
// p/tmp/a (where that text is). Both halves of a fork go on with the script.
type script struct {
	*rand.Rand
	strings.Builder
}

var (
	fuzzSeed  = flag.Uint64("fuzzed-seed", 1, "of the scripts of TestNoProgramFailsTheJudge; 0 takes one by chance")
	fuzzCount = flag.Int("fuzzed-scripts", 1500, "how many scripts TestNoProgramFailsTheJudge runs in Go, and a third as many in Python")
)

// paths are files and directories that scripts name.
var paths = strings.Fields(`/work/a /work/b /work/d /work/d/e /work/d/e/f /tmp/a /tmp/d /tmp/d/e /dev/shm/a /dev/shm/d
	/proc/self/oom_score_adj /proc/self/mem /proc/self/clear_refs /proc/self/comm /proc/1/oom_score_adj /proc/self/fd/0
	/proc/self/fd/1 /proc/self/fd/2 /dev/stdin /dev/null /dev/full /dev/zero /dev/ptmx /box/main /box/main.py /docket/runner . ..`)

func (s *script) path() string { return "p" + paths[s.IntN(len(paths))] }
func (s *script) own() string  { return "p" + paths[s.IntN(10)] }
func (s *script) slot() string { return "s" + strconv.Itoa(s.IntN(12)) }
func (s *script) to() int      { return s.IntN(12) }

func (s *script) one(of ...int) int { return of[s.IntN(len(of))] }

// size is a number of bytes, mostly a small one.
func (s *script) size() int { return 1 << s.IntN(28) }

// fd is a descriptor that the script may have made, or one that it was given.
func (s *script) fd() string {
	if s.IntN(6) == 0 {
		return strconv.Itoa(s.IntN(5))
	}
	return s.slot()
}

func (s *script) line(format string, args ...any) {
	_, _ = fmt.Fprintf(s, format+"\n", args...) // to memory
}

// something is any argument at all.
func (s *script) something() string {
	switch s.IntN(8) {
	case 0, 1:
		return s.fd()
	case 2:
		return "b" + strconv.Itoa(s.IntN(4))
	case 3:
		return s.path()
	case 4:
		return strconv.FormatInt(s.Int64(), 10)
	case 5:
		return strconv.Itoa(-s.IntN(200))
	}
	return strconv.Itoa(s.IntN(1 << s.IntN(20)))
}

// sockets makes a pair of unix sockets in slots 0 and 1.
func (s *script) sockets() {
	s.line("call 31 53 1 %d 0 b3", s.one(1, 2, 5))
	s.line("load 0 b3 0")
	s.line("load 1 b3 1")
}

// steps are what scripts are made of; numbers are those of amd64.
var steps = []func(s *script){
	func(s *script) {
		s.line("call %d 2 %s %d 438", s.to(), s.path(), s.one(0, 1, 2, 0x42, 0x241, 0x10000, 0x200000, 0x442))
	},
	func(s *script) { s.line("call %d 2 %s %d 448", s.to(), s.own(), 0x42) },
	func(s *script) {
		s.line("call %d 2 p%s 4259842 384", s.to(), []string{"/tmp", "/work", "/dev/shm"}[s.IntN(3)])
	}, // O_TMPFILE
	func(s *script) { s.line("call 31 1 %s b0 %d", s.fd(), min(s.size(), 65536)) },
	func(s *script) { s.line("call 31 87 %s", s.own()) },
	func(s *script) { s.line("call 31 83 %s %d", s.own(), s.IntN(512)) },
	func(s *script) { s.line("call 31 %d %s %s", s.one(82, 86, 88), s.own(), s.path()) },
	func(s *script) { s.line("call 31 90 %s %d", s.own(), s.IntN(4096)) },
	func(s *script) { s.line("call 31 133 %s 4480 0", s.own()) }, // mknod of a FIFO
	func(s *script) { s.line("call 31 80 %s", s.own()) },
	func(s *script) { s.line("call 31 %d %s %d %d", s.one(77, 285), s.fd(), s.IntN(2)*s.size(), s.size()) },
	func(s *script) {
		s.line("call 11 9 0 %d 3 %d %s 0", s.size(), s.one(0x22, 0x21, 0x01, 0x02), s.fd())
		s.line("touch s11 %d", s.size())
	},
	func(s *script) { s.line("call %d 319 pname %d", s.to(), s.IntN(4)) },
	func(s *script) {
		s.line("call 31 293 b3 %d", s.one(0, 0x800, 0x4000))
		s.line("load %d b3 0\nload %d b3 1", s.to(), s.to())
	},
	func(s *script) { s.line("call 31 72 %s %d %d", s.fd(), s.one(1, 2, 4, 8, 10, 1031, 1033), s.size()) },
	(*script).sockets,
	func(s *script) { // files on their way over sockets that hold each other
		s.line("call 2 2 %s 66 384\ncall 31 1 s2 b0 %d\ncall 31 87 %s", "p/tmp/a", min(s.size(), 65536), "p/tmp/a")
		s.sockets()
		s.line("rights s0 s2\nrights s0 s0\nrights s%d s1", s.IntN(2))
		s.line("call 31 3 s0\ncall 31 3 s1\ncall 31 3 s2")
		if s.IntN(2) == 0 {
			s.line("loop 11 %d", s.IntN(200))
		}
	},
	func(s *script) { // buffers of sockets, of a program that looks small
		s.line("call 2 2 p/proc/self/oom_score_adj 1\nput b0 0\ncall 31 1 s2 b0 1")
		s.sockets()
		s.line("call 31 44 s0 b0 %d 64 0 0\nloop 1 %d\nloop 5 %d", s.one(4096, 32768), s.IntN(60), s.IntN(500))
	},
	func(s *script) { s.line("rights %s %s", s.slot(), s.fd()) },
	func(s *script) { s.line("call %d 41 %d %d 0", s.to(), s.one(1, 2, 10), s.one(1, 2, 5)) },
	func(s *script) { // loopback
		s.line("store b2 0 %d\nstore b2 1 16777343", 2|(s.IntN(4)+1)<<16)
		s.line("call 31 %d %s b2 16\ncall 31 50 %s 9", s.one(49, 42), s.slot(), s.slot())
	},
	func(s *script) {
		s.line("call 31 44 %s b0 %d 64 0 0\nloop 1 %d", s.slot(), min(s.size(), 65536), s.IntN(300))
	},
	func(s *script) {
		s.line("store b1 0 %d\ncall 31 54 %s %d %d b1 4", s.size(), s.fd(), s.one(0, 1, 6), s.IntN(60))
	},
	func(s *script) { s.line("call %d %d %d", s.to(), s.one(291, 294, 290, 283), s.IntN(3)) },
	func(s *script) {
		s.line("store b1 0 %d\ncall 31 233 %s %d %s b1", s.IntN(32), s.slot(), 1+s.IntN(3), s.fd())
	},
	func(s *script) { s.line("call 31 254 %s %s 4095", s.slot(), s.path()) },
	func(s *script) { s.line("call 31 222 %d 0 b1\nloop 1 %d", s.IntN(3), s.IntN(2000)) },
	func(s *script) { s.line("call %d 57", s.to()) },
	func(s *script) { s.line("call %d 57\nloop 1 %d", s.to(), s.IntN(12)) },
	func(s *script) { s.line("call 31 %d %d %d", s.one(109, 112), 0, 0) },
	func(s *script) { s.line("call 31 62 %d %d", s.one(0, -1, 1, 2, 3, 5, 8), s.IntN(65)) },
	func(s *script) { s.line("call 31 62 %s %d", s.slot(), s.one(9, 15, 18, 19)) },
	func(s *script) { s.line("call 31 157 %d %d %d 0 0", s.IntN(66), s.IntN(4)*s.IntN(64), s.IntN(3)) },
	func(s *script) {
		s.line("store b1 0 %d\nstore b1 1 0\nstore b1 2 %d\nstore b1 3 0", s.size(), s.size())
		s.line("call 31 160 %d b1", s.IntN(16))
	},
	func(s *script) { s.line("call 31 141 0 0 %d\ncall 31 144 0 %d b1", s.IntN(40)-20, s.IntN(7)) },
	func(s *script) { s.line("call 31 3 %s", s.fd()) },
	func(s *script) { s.line("call 31 33 %s %s", s.fd(), s.fd()) },
	func(s *script) { s.line("call 31 436 %d %d 0", s.IntN(8), 2+s.IntN(60)) },
	func(s *script) {
		s.line("call 31 %d %s 0 %s 0 %d %d", s.one(275, 276, 40, 326), s.fd(), s.fd(), s.size(), s.IntN(8))
	},
	func(s *script) { s.line("call 31 61 -1 0 %d 0", s.IntN(2)) },
	func(s *script) { s.line("call 31 59 p/proc/self/exe 0 0") },
	func(s *script) { s.line("call 31 %d %d", s.one(231, 60), s.IntN(256)) },
	func(s *script) { s.line("call 31 %d", s.one(34, 24, 24, 24)) },
	func(s *script) {
		s.line("call %d %d %s %s %s %s %s %s", s.to(), s.IntN(470), s.something(), s.something(), s.something(), s.something(), s.something(), s.something())
	},
}

func (s *script) write() string {
	for range 2 + s.IntN(20) {
		steps[s.IntN(len(steps))](s)
		if s.IntN(8) == 0 {
			s.line("loop %d %d", 1+s.IntN(2), s.IntN(50))
		}
	}
	return s.String()
}

// sound is a script after which the sandbox must be in order.
const sound = "put b0 hello\ncall 0 2 p/work/a 66 384\ncall 0 1 s0 b0 5\ncall 0 1 1 b0 5\n"

// TestNoProgramFailsTheJudge runs programs of all kinds of system calls. What
// they do is a verdict, whatever it is; none is an error, and programs after
// them find everything in order.
func TestNoProgramFailsTheJudge(t *testing.T) {
	seed := *fuzzSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("to see it again: -fuzzed-seed %d", seed)
	d := open(t, func(c *sandbox.Config) { c.Languages = []judge.Language{judge.Go, judge.Python} })
	for lang, n := range map[judge.Language]int{judge.Go: *fuzzCount, judge.Python: *fuzzCount / 3} {
		t.Run(string(lang), func(t *testing.T) {
			fuzz(t, d, lang, n, rand.New(rand.NewPCG(seed, 1)))
		})
	}
}

func fuzz(t *testing.T, d *sandbox.Docker, lang judge.Language, n int, random *rand.Rand) {
	t.Helper()
	slot, err := d.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer slot.Release()
	source, err := os.ReadFile(filepath.Join("testdata/anything", lang.MainFile()))
	if err != nil {
		t.Fatal(err)
	}
	b, err := slot.Build(t.Context(), judge.Source{Language: lang, Files: []judge.File{{Name: lang.MainFile(), Content: string(source)}}})
	if err != nil || !b.OK {
		t.Fatalf("building: %v, %s", err, b.Output)
	}
	// What becomes of a script is not looked at, so that it may be stopped soon.
	short := judge.Limits{CPU: 60 * time.Millisecond, Wall: 250 * time.Millisecond, Memory: 64 * judge.MiB, Output: 64 * judge.KiB}
	long := judge.Limits{CPU: judge.MaxCPU, Wall: 4 * time.Minute, Memory: 64 * judge.MiB}
	verdicts := map[judge.Verdict]int{}
	for done := 0; done < n; {
		box, err := slot.Open(t.Context(), b.Artifact, short)
		if err != nil {
			t.Fatalf("after %d scripts: %v", done, err)
		}
		for range 20 {
			text := (&script{Rand: random}).write()
			r, err := box.Run(t.Context(), judge.Run{Stdin: strings.NewReader(text)}, short)
			if err != nil {
				t.Fatalf("script %d: %v\n%s", done, err, text)
			}
			verdicts[judge.Classify(r, short.WithDefaults().WithAllowance(lang))]++
			done++
		}
		var out bytes.Buffer
		r, err := box.Run(t.Context(), judge.Run{Stdin: strings.NewReader(sound), Stdout: &out}, long)
		if err != nil || judge.Classify(r, long.WithDefaults().WithAllowance(lang)) != judge.AC || out.String() != "hello" {
			t.Fatalf("a sound program after %d scripts: %v, %+v, %q", done, err, r, out.String())
		}
		if err := box.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d scripts: %v, boxes destroyed %v", n, verdicts, d.Stats().Destroyed)
}
