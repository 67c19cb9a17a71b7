//go:build !quick

package harness_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// failing are classes that add numbers and fail at those below zero.
var failing = map[judge.Language]string{
	judge.Go: `package solution

type Adder struct{ sum int }

func NewAdder() *Adder { return &Adder{} }

func (a *Adder) Add(n int) int {
	if n < 0 {
		panic("below zero")
	}
	a.sum += n
	return a.sum
}
`,
	judge.Java: `class Adder {
    private int sum;

    int add(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("below zero");
        }
        sum += n;
        return sum;
    }
}
`,
	judge.Python: `class Adder:
    def __init__(self):
        self.sum = 0

    def add(self, n):
        if n < 0:
            raise ValueError("below zero")
        self.sum += n
        return self.sum
`,
}

// Of a solution that fails the results of all cases before are there, so that
// they count, and nothing of the case that it failed on.
func TestResultsBeforeAFailure(t *testing.T) {
	h := class(t, "Adder()", "add(n int) int")
	input := `[["Adder"],["add",1],["add",2]]
[["Adder"],["add",5]]
[["Adder"],["add",7],["add",-1]]
[["Adder"],["add",9]]
`
	want := "[null,1,3]\n[null,5]\n"
	for _, lang := range judge.Languages() {
		t.Run(string(lang), func(t *testing.T) {
			o := run(t, h, lang, failing[lang], input, want+"[null,7,0]\n[null,9]\n")
			if o.verdict() != judge.RTE || o.output != want || o.finding.Passed != 2 {
				t.Errorf("%s: %d cases passed, output %q, want %q\n%s", o.verdict(), o.finding.Passed, o.output, want, o.result.Stderr)
			}
			if !strings.Contains(string(o.result.Stderr), "below zero") {
				t.Errorf("it is not said why: %s", o.result.Stderr)
			}
		})
	}
}

// A long case is read without Python's collector. The solution has it as it
// left it, on and off.
func TestCollectorAfterLongCases(t *testing.T) {
	h := function(t, "f(text string, on bool) bool")
	long := strings.Repeat("x", 5000)
	const source = `import gc


def f(text, on):
    was = gc.isenabled()
    if on:
        gc.enable()
    else:
        gc.disable()
    return was
`
	input := `["",true]` + "\n" + `["` + long + `",true]` + "\n" + `["` + long + `",false]` + "\n" + `["` + long + `",true]` + "\n" + `["",true]` + "\n"
	want := "true\ntrue\ntrue\nfalse\ntrue\n"
	if o := run(t, h, judge.Python, source, input, want); o.output != want || o.verdict() != judge.AC {
		t.Errorf("%s: the collector was on: %q, want %q\n%s", o.verdict(), o.output, want, o.result.Stderr)
	}
}

// What a result brings about at the same moment belongs to its account, though
// it comes about in small steps.
func TestAccountsHaveAllOfTheirLastMoment(t *testing.T) {
	h := function(t, "runAll(jobs task<int>[], limit int) int[]")
	const source = `import asyncio

kept = set()


async def run_all(jobs, limit):
    async def later():
        for _ in range(limit):
            await asyncio.sleep(0)
        await jobs[0]()

    kept.add(asyncio.create_task(later()))
    return []
`
	input := `[[{"ms":5,"value":1}],50]` + "\n"
	want := `{"ms":0,"value":[],"events":[[0,"start",0]],"running":[0]}` + "\n"
	if o := run(t, h, judge.Python, source, input, want); o.output != want {
		t.Errorf("%s: account %s\nwant    %s\n%s", o.verdict(), o.output, want, o.result.Stderr)
	}
}
