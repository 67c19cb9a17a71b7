//go:build !quick

package harness_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/results"
)

// A forgery is a solution that wants to be accepted without knowing the
// results. All are given the same test.
type forgery struct {
	name   string
	lang   judge.Language
	source string
	// The verdicts that it may come to. None is AC.
	want []judge.Verdict
	// piped gives it the input through a pipe, not as a file.
	piped bool

	// The negative control, one of these two. Claims are the answers under
	// which it would be accepted: they prove that it did get its lines to the
	// checker, so that knowing the results is all that it lacks.
	claims string
	// Without these lines the solution is honest, and must be accepted.
	without []string
}

const (
	forgedSignature = "total(numbers int[]) int"
	forgedInput     = "[[1,2,3]]\n[[10,20]]\n[[7]]\n[[-5,4]]\n"
	forgedAnswer    = "6\n30\n7\n-1\n"
)

// honest are solutions that the forgeries are variants of.
var honest = map[judge.Language]string{
	judge.Go: `package solution

func Total(numbers []int) int {
	sum := 0
	for _, n := range numbers {
		sum += n
	}
	return sum
}
`,
	judge.Java: `class Solution {
    int total(int[] numbers) {
        int sum = 0;
        for (int n : numbers) {
            sum += n;
        }
        return sum;
    }
}
`,
	judge.Python: `def total(numbers):
    return sum(numbers)
`,
}

func TestHonestSolutionsPass(t *testing.T) {
	h := function(t, forgedSignature)
	for _, lang := range judge.Languages() {
		if o := run(t, h, lang, honest[lang], forgedInput, forgedAnswer); o.verdict() != judge.AC {
			t.Errorf("%s: %s %+v\n%s", lang, o.verdict(), o.finding, o.said())
		}
	}
}

func TestForgeriesAreNotAccepted(t *testing.T) {
	h := function(t, forgedSignature)
	all := slices.Concat(goForgeries, javaForgeries, pythonForgeries)
	for _, f := range all {
		t.Run(string(f.lang)+"/"+f.name, func(t *testing.T) {
			give := run
			if f.piped {
				give = runPiped
			}
			o := give(t, h, f.lang, f.source, forgedInput, forgedAnswer)
			if v := o.verdict(); v == judge.AC || !slices.Contains(f.want, v) {
				t.Errorf("%s, want %v: %+v, output %.200q\n%s", v, f.want, o.finding, o.output, o.said())
			}
			if len(f.without) == 0 {
				finding, err := results.New(h.Signature(), 0).Check(strings.NewReader(o.output), strings.NewReader(f.claims))
				if err != nil {
					t.Fatal(err)
				}
				if o.finding = finding; o.verdict() != judge.AC {
					t.Errorf("the control: %s: %+v\noutput %.200q\nclaims %.200q\n%s", o.verdict(), finding, o.output, f.claims, o.said())
				}
				return
			}
			tame := f.source
			for _, line := range f.without {
				if !strings.Contains(tame, line) {
					t.Fatalf("the source has no %q", line)
				}
				tame = strings.ReplaceAll(tame, line, "")
			}
			if o := run(t, h, f.lang, tame, forgedInput, forgedAnswer); o.verdict() != judge.AC {
				t.Errorf("the control: %s: %+v, output %.200q\n%s\n%s", o.verdict(), o.finding, o.output, o.said(), tame)
			}
		})
	}
}

// said is what people were told.
func (o outcome) said() string {
	if o.refused != nil {
		return o.refused.Error()
	}
	return o.build.Output + string(o.result.Stderr)
}

// A call of a concurrency problem is worth only what the world outside saw of
// it: saying that one returned something is not calling it.
func TestAccountsAreNotForged(t *testing.T) {
	h := function(t, poolSignature)
	const (
		input  = `[[{"ms":30,"value":5},{"ms":10,"value":6}],2]` + "\n"
		answer = `{"ms":30,"value":[5,6],"events":[[0,"start",0],[0,"start",1],[10,"end",1],[30,"end",0]]}` + "\n"
		claims = `{"ms":0,"value":[5,6],"events":[]}` + "\n"
	)
	for name, source := range map[string]string{
		"says-that-it-returned": pythonEverywhere + `
everywhere('["return",[5,6]]\n')
os._exit(0)
`,
		"returns-without-calling": `async def run_all(jobs, limit):
    return [5, 6]
`,
		"world-replaced": `import sys


async def run_all(jobs, limit):
    for frame in sys._current_frames().values():
        while frame:
            for one in frame.f_locals.values():
                if type(one).__name__ == "World":
                    type(one).now = 30
            frame = frame.f_back
    return [5, 6]
`,
	} {
		t.Run(name, func(t *testing.T) {
			o := run(t, h, judge.Python, source, input, answer)
			if o.verdict() != judge.WA || o.output != claims {
				t.Errorf("%s: %+v, output %q\n%s", o.verdict(), o.finding, o.output, o.said())
			}
		})
	}
}

// What a solution can read is all of the input, and nothing of the answers: it
// looks for the rest of the first result in everything that it can open.
func TestAnswersAreNotToBeFound(t *testing.T) {
	h := function(t, "join(parts string[]) string")
	const answer = "\"zqx7k3m1\"\n\"\"\n"
	for lang, source := range searches {
		t.Run(string(lang), func(t *testing.T) {
			if o := run(t, h, lang, source, `[["zqx","7k3m1"]]`+"\n[[]]\n", answer); o.verdict() != judge.WA {
				t.Errorf("%s: %+v %q\n%s", o.verdict(), o.finding, o.output, o.said())
			}
			// A later case that says it is found, so the search is a good one.
			o := run(t, h, lang, source, `[["zqx","7k3m1"]]`+"\n[[]]\n"+`[["zqx7k3m1"]]`+"\n", answer+"\"zqx7k3m1\"\n")
			if o.verdict() != judge.AC {
				t.Errorf("the control: %s: %+v %q\n%s", o.verdict(), o.finding, o.output, o.said())
			}
		})
	}
}

var searches = map[judge.Language]string{
	judge.Go: `package solution

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

var found string

func look(b []byte) {
	if m := regexp.MustCompile("zqx[0-9a-z]+").Find(b); m != nil && found == "" {
		found = string(m)
	}
}

func Join(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	for _, dir := range []string{"/box", "/work", "/tmp", "/dev/shm", "/docket", "/run"} {
		_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				b, _ := os.ReadFile(path)
				look(b)
			}
			return nil
		})
	}
	for _, name := range []string{"environ", "cmdline", "maps"} {
		for _, dir := range []string{"/proc/self/", "/proc/1/"} {
			b, _ := os.ReadFile(dir + name)
			look(b)
		}
	}
	searchMemory()
	if found == "" {
		return "none"
	}
	return found
}

// searchMemory looks at all that the process can read of itself: what the
// driver has read ahead is there.
func searchMemory() {
	maps, _ := os.ReadFile("/proc/self/maps")
	mem, err := os.Open("/proc/self/mem")
	if err != nil {
		panic(err)
	}
	areas := regexp.MustCompile("(?m)^([0-9a-f]+)-([0-9a-f]+) rw").FindAllStringSubmatch(string(maps), -1)
	for _, a := range areas {
		begin, end := hex(a[1]), hex(a[2])
		if end-begin > 64<<20 {
			continue
		}
		b := make([]byte, end-begin)
		n, _ := io.ReadFull(io.NewSectionReader(mem, begin, end-begin), b)
		look(b[:n])
	}
}

func hex(s string) (n int64) {
	for _, c := range s {
		if c >= 'a' {
			c -= 'a' - 10 - '0'
		}
		n = n<<4 | int64(c-'0')
	}
	return n
}
`,
	judge.Python: `import gc
import os
import re
import sys

WANTED = re.compile(b"zqx[0-9a-z]+")


def look(data):
    found = WANTED.search(data)
    return found.group().decode() if found else None


def files():
    for top in ("/box", "/work", "/tmp", "/dev/shm", "/docket", "/run"):
        for folder, _, names in os.walk(top):
            for name in names:
                yield os.path.join(folder, name)
    for name in ("environ", "cmdline", "maps"):
        yield "/proc/self/" + name
        yield "/proc/1/" + name


def join(parts):
    if not parts:
        return ""
    for path in files():
        try:
            with open(path, "rb") as f:
                found = look(f.read())
        except OSError:
            continue
        if found:
            return found
    # The driver's own file of tests has read ahead.
    frame = sys._getframe()
    while frame:
        tests = frame.f_locals.get("tests")
        if tests is not None:
            found = look("".join(list(tests)).encode())
            if found:
                print("found in the driver")
                os.write(main_results(), ('"' + found + '"\n""\n"' + found + '"\n').encode())
                os._exit(0)
        frame = frame.f_back
    return "none"


def main_results():
    return sys.modules["__main__"]._RESULTS
`,
}
