//go:build !quick

package harness_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

func TestTrimLeavesTheSolutionsFrames(t *testing.T) {
	h := function(t, forgedSignature)
	const text = `main.printed by the solution
fatal error: all goroutines are asleep - deadlock!

goroutine 1 [chan receive]:
solution.Total({0x5253ae40000?, 0x5253ae4005d?, 0x4d3130?})
	solution.go:11 +0x2f
main.runCase(0x5253ae40000, 0x5253ae1e080)
	main.go:29 +0x83
docket/driver.loop(0x5253ae40000, 0x5253ae1e080, 0x4d3138)
	run.go:47 +0xd5
docket/driver.Run(0x5253adf8738?, 0x5, 0x4d3138)
	run.go:24 +0x153
main.main()
	main.go:9 +0x28

goroutine 5 gp=0x1 m=nil [select]:
docket/sim.(*World).listen(0x1)
	sim.go:9 +0x28
created by docket/sim.Run in goroutine 1
	sim.go:11 +0x34

goroutine 7 [sync.WaitGroup.Wait]:
sync.(*WaitGroup).Wait(0x2f107c87e090)
	sync/waitgroup.go:206 +0x85
solution.maintain.docket/x(0x1)
	solution.go:12 +0x34
created by docket/sim.Run in goroutine 1
	sim.go:11 +0x34
`
	const want = `main.printed by the solution
fatal error: all goroutines are asleep - deadlock!

goroutine 1 [chan receive]:
solution.Total({0x5253ae40000?, 0x5253ae4005d?, 0x4d3130?})
	solution.go:11 +0x2f

goroutine 7 [sync.WaitGroup.Wait]:
sync.(*WaitGroup).Wait(0x2f107c87e090)
	sync/waitgroup.go:206 +0x85
solution.maintain.docket/x(0x1)
	solution.go:12 +0x34
`
	if got := h.Trim(judge.Go, text); got != want {
		t.Errorf("got\n%s", got)
	}
	// It may be cut anywhere, and is nothing of that kind elsewhere.
	for n := range len(text) {
		if got := h.Trim(judge.Go, text[:n]); len(got) > n {
			t.Fatalf("%d bytes become %d", n, len(got))
		}
	}
	for _, lang := range []judge.Language{judge.Java, judge.Python} {
		if got := h.Trim(lang, text); got != text {
			t.Errorf("%s: got\n%s", lang, got)
		}
	}
}

// What the runtime itself ends, and prints all of, shows the solution's frames
// alone.
func TestFatalErrorsShowTheSolutionsFrames(t *testing.T) {
	h := function(t, forgedSignature)
	for name, tc := range map[string]struct{ body, says, frame string }{
		"deadlock":    {"c := make(chan int)\n\treturn <-c", "all goroutines are asleep", "solution.Total("},
		"mutex":       {"var mu sync.Mutex\n\tmu.Unlock()\n\treturn 1", "unlock of unlocked mutex", "solution.Total("},
		"wait":        {"var wg sync.WaitGroup\n\twg.Add(1)\n\thelp(&wg)\n\treturn 1", "all goroutines are asleep", "solution.help("},
		"map":         {"m := map[int]int{}\n\tfor range 4 {\n\t\tgo func() {\n\t\t\tfor {\n\t\t\t\tm[1]++\n\t\t\t}\n\t\t}()\n\t}\n\tfor {\n\t\tm[7]++\n\t}", "concurrent map", "solution.Total"},
		"own panic":   {"go func() { panic(\"mine\") }()\n\tselect {}", "panic: mine", "solution.Total.func1("},
		"recursion":   {"return Total(append(numbers, 1)) + 1", "\nfatal error: stack overflow\n\ngoroutine 1 ", "solution.Total("},
		"plain panic": {"return numbers[7]", "index out of range [7]", "Total("},
	} {
		t.Run(name, func(t *testing.T) {
			source := "package solution\n\nimport \"sync\"\n\nfunc help(wg *sync.WaitGroup) { wg.Wait() }\n\nfunc Total(numbers []int) int {\n\t" + tc.body + "\n}\n"
			r := judged(t, h, judge.Go, source, forgedInput, forgedAnswer)
			if r.Verdict != judge.RTE || !strings.Contains(r.Stderr, tc.says) || !strings.Contains(r.Stderr, tc.frame) {
				t.Errorf("%s\n%s", r.Verdict, r.Stderr)
			}
			for _, own := range []string{"main.", "docket/", "run.go", "sp=0x", "runtime.newstack", "runtime stack"} {
				if strings.Contains(r.Stderr, own) {
					t.Errorf("it shows %s:\n%s", own, r.Stderr)
				}
			}
		})
	}
}
