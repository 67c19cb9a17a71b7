//go:build !quick

package harness_test

import (
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
)

// The counter prints wherever a solution can before, in and after its calls.
var loud = map[judge.Language]string{
	judge.Go: `package solution

import (
	"bufio"
	"fmt"
	"io"
	"os"
)

var first = say("variable")

func say(s string) int {
	fmt.Print("[", s, "]")
	println("{" + s + "}")
	return 0
}

func init() {
	fmt.Print("[init]")
	os.Stdout.Write([]byte{0, 0xff, 0xfe, '\n'})
}

type Counter struct{ n int }

func NewCounter(start int) *Counter {
	fmt.Print("[constructor]")
	return &Counter{start}
}

func (c *Counter) Add(k int) int {
	all, err := io.ReadAll(os.Stdin)
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	fmt.Printf("[call %d %v %q]", len(all), err, line)
	c.n += k
	return c.n
}
`,
	judge.Java: `import java.io.*;
import java.util.*;

class Counter {
    static int first = say("variable");
    int n;

    static {
        System.out.print("[init]");
        System.out.write(0xff);
        System.out.write(0);
        System.err.print("{error}");
    }

    static int say(String s) {
        System.out.print("[" + s + "]");
        return 0;
    }

    Counter(int start) {
        System.out.print("[constructor]");
        n = start;
    }

    int add(int k) throws IOException {
        int all = System.in.readAllBytes().length;
        boolean line = new Scanner(System.in).hasNextLine();
        System.out.print("[call " + all + " " + line + "]");
        n += k;
        return n;
    }
}
`,
	judge.Python: `import sys

print("[variable]", end="")
sys.stdout.buffer.write(b"\xff\x00")
print("{error}", file=sys.stderr)


class Counter:
    print("[init]", end="")

    def __init__(self, start):
        print("[constructor]", end="")
        self.n = start

    def add(self, k):
        try:
            input()
        except EOFError:
            print("[call ", len(sys.stdin.read()), "]", sep="", end="")
        self.n += k
        return self.n
`,
}

const (
	counterInput  = `[["Counter",1],["add",2],["add",3]]` + "\n" + `[["Counter",5],["add",-5]]` + "\n"
	counterAnswer = "[null,3,6]\n[null,0]\n"
)

// What is printed goes to standard error, whatever it is and wherever, and the
// standard input of a solution is empty.
func TestPrintsAreNotResults(t *testing.T) {
	h := class(t, "Counter(start int)", "add(k int) int")
	for lang, source := range loud {
		t.Run(string(lang), func(t *testing.T) {
			o := run(t, h, lang, source, counterInput, counterAnswer)
			if o.verdict() != judge.AC || o.output != counterAnswer {
				t.Fatalf("%s: %+v, output %q\n%s", o.verdict(), o.finding, o.output, o.said())
			}
			said := string(o.result.Stderr)
			for _, want := range []string{"[variable]", "[init]", "[constructor]", "[call 0", "\x00"} {
				if !strings.Contains(said, want) {
					t.Errorf("standard error has no %q: %q", want, said)
				}
			}
		})
	}
}

// A print that Go cannot see at once: it is made by a package variable of a
// solution that does not import what the driver does.
func TestEarliestPrint(t *testing.T) {
	h := class(t, "Counter(start int)", "add(k int) int")
	source := `package solution

import "syscall"

var _, _ = syscall.Write(1, []byte("early"))

type Counter struct{ n int }

func NewCounter(start int) *Counter { return &Counter{start} }

func (c *Counter) Add(k int) int {
	c.n += k
	return c.n
}
`
	o := run(t, h, judge.Go, source, counterInput, counterAnswer)
	if o.verdict() != judge.AC || string(o.result.Stderr) != "early" {
		t.Errorf("%s: %+v, output %q, standard error %q", o.verdict(), o.finding, o.output, o.result.Stderr)
	}
}

// A mebibyte of prints is cut, and harms nothing.
func TestMuchIsPrinted(t *testing.T) {
	h := function(t, forgedSignature)
	for lang, source := range map[judge.Language]string{
		judge.Go: `package solution

import (
	"fmt"
	"strings"
)

func Total(numbers []int) (sum int) {
	fmt.Print(strings.Repeat("x", 1<<18))
	for _, n := range numbers {
		sum += n
	}
	return sum
}
`,
		judge.Java: `class Solution {
    int total(int[] numbers) {
        System.out.print("x".repeat(1 << 18));
        return java.util.stream.IntStream.of(numbers).sum();
    }
}
`,
		judge.Python: `def total(numbers):
    print("x" * (1 << 18), end="")
    return sum(numbers)
`,
	} {
		t.Run(string(lang), func(t *testing.T) {
			o := run(t, h, lang, source, forgedInput, forgedAnswer)
			if o.verdict() != judge.AC {
				t.Fatalf("%s: %+v", o.verdict(), o.finding)
			}
			kept := len(o.result.Stderr)
			if kept == 0 || kept > 64<<10 || strings.Trim(string(o.result.Stderr[:kept/2]), "x") != "" {
				t.Errorf("standard error has %d bytes, %.60q", kept, o.result.Stderr)
			}
		})
	}
}

// What a solution printed before it had to be killed shows how far it came.
func TestPrintsOfAKilledSolutionAreShown(t *testing.T) {
	h := function(t, forgedSignature)
	for lang, source := range map[judge.Language]string{
		judge.Go: `package solution

import "fmt"

func Total(numbers []int) int {
	fmt.Println("first number", numbers[0])
	for {
	}
}
`,
		judge.Java: `class Solution {
    int total(int[] numbers) {
        System.out.println("first number " + numbers[0]);
        while (true) {
        }
    }
}
`,
		judge.Python: `def total(numbers):
    print("first number", numbers[0])
    while True:
        pass
`,
	} {
		t.Run(string(lang), func(t *testing.T) {
			files := []judge.File{{Name: h.Starter(lang).Name, Content: source}}
			o := runWithin(t, judge.Limits{CPU: 5 * time.Second, Wall: 2 * time.Minute}.WithDefaults(), h, lang, files, forgedInput, forgedAnswer)
			if said := string(o.result.Stderr); o.verdict() != judge.TLE || !strings.Contains(said, "first number 1\n") {
				t.Errorf("%s, standard error %q", o.verdict(), said)
			}
		})
	}
}
