package checker_test

import (
	"cmp"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/checker"
)

// repeated is a stream of one piece over and over.
func repeated(piece string, n int64) *repeat {
	return &repeat{piece: strings.Repeat(piece, 1+(32<<10)/len(piece)), left: n}
}

type repeat struct {
	piece string
	left  int64
	at    int
}

func (r *repeat) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) && r.left > 0 {
		m := copy(p[n:min(int64(len(p)), int64(n)+r.left)], r.piece[r.at:])
		r.at = (r.at + m) % len(r.piece)
		r.left -= int64(m)
		n += m
	}
	return n, nil
}

const huge = 100 << 20

func mustNew(t testing.TB, flags string) judge.Checker {
	t.Helper()
	c, err := checker.New(strings.Fields(flags))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// streams are pairs of outputs and answers of 100 MB that exercise the ways
// through the checker.
var streams = []struct {
	name, flags, output, answer string
	reject                      bool
	size                        int64 // of the output where 100 MB take too long
}{
	{name: "alike", output: "12345678 9abcdef\n", answer: "12345678 9abcdef\n"},
	{name: "spaces differ", output: "1234567\t", answer: "1234567\n"},
	{name: "case differs", output: "ABCDEFG ", answer: "abcdefg "},
	{name: "floats differ", flags: "float_tolerance 1", output: "1.25000 ", answer: "1.50000 "},
	{name: "floats at the tolerance", flags: "float_absolute_tolerance 0.25", output: "1.25000 ", answer: "1.50000 ", size: 8 << 20},
	{name: "floats at a relative tolerance", flags: "float_relative_tolerance 0.1", output: "1.65000 ", answer: "1.50000 ", size: 8 << 20},
	{name: "far exponents", flags: "float_tolerance 0", output: "1e999999999999999999999 ", answer: "01E999999999999999999999 ", reject: true},
	{name: "one token", output: "x", answer: "x"},
	{name: "one token in capitals", output: "X", answer: "x"},
	{name: "one token of digits", flags: "float_tolerance 1", output: "12", answer: "21", reject: true},
	{name: "only spaces", output: " ", answer: "\n"},
	{name: "exact", flags: "exact", output: "12345678 9abcdef\n", answer: "12345678 9abcdef\n"},
}

func TestMemoryIsBounded(t *testing.T) {
	for _, s := range streams {
		t.Run(s.name, func(t *testing.T) {
			c := mustNew(t, s.flags)
			var before, after runtime.MemStats
			output, answer := repeated(s.output, cmp.Or(s.size, huge)), repeated(s.answer, cmp.Or(s.size, huge))
			runtime.GC()
			runtime.ReadMemStats(&before)
			found, err := c.Check(output, answer)
			runtime.ReadMemStats(&after)
			if err != nil || (found.Reason != "") != s.reject {
				t.Fatalf("got %q, %v", found.Reason, err)
			}
			// Everything ever allocated counts, so a peak cannot hide.
			if got := after.TotalAlloc - before.TotalAlloc; got > 2<<20 {
				t.Errorf("%d bytes were allocated for much on each side", got)
			}
		})
	}
}

func TestAllocationsDoNotGrow(t *testing.T) {
	c := mustNew(t, "float_tolerance 1e-6")
	run := func(n int64) float64 {
		return testing.AllocsPerRun(3, func() {
			found, err := c.Check(repeated("alpha beta ", n), repeated("ALPHA\nbeta\n", n))
			if found.Reason != "" || err != nil {
				t.Fatal(found.Reason, err)
			}
		})
	}
	if short, long := run(1<<10), run(1<<22); long > short+4 {
		t.Errorf("%v allocations for 4 MiB, %v for 1 KiB", long, short)
	}
}

func BenchmarkCheck(b *testing.B) {
	for _, s := range streams {
		b.Run(strings.ReplaceAll(s.name, " ", "-"), func(b *testing.B) {
			c := mustNew(b, s.flags)
			const size = 8 << 20
			output, answer := strings.Repeat(s.output, size/len(s.output)), strings.Repeat(s.answer, size/len(s.answer))
			b.SetBytes(size) // of output; the answer is as long again
			for b.Loop() {
				if found, err := c.Check(strings.NewReader(output), strings.NewReader(answer)); err != nil || (found.Reason != "") != s.reject {
					b.Fatal(found.Reason, err)
				}
			}
		})
	}
}
