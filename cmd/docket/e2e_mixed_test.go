//go:build !quick

package main_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// mixed is a number of submissions in all languages with fates of all kinds,
// whose reports are waited for.
type mixed struct {
	expected map[judge.SubmissionID]program

	wg      sync.WaitGroup
	mu      sync.Mutex
	reports map[judge.SubmissionID]judge.Report
	grown   chan struct{} // closed and replaced when reports grows
}

// mixedProblem is the package that they are submitted to.
func mixedProblem() map[string]string {
	return doubling("double", "time_limit: 0.5, memory: 64", "pass-fail", map[string]string{
		"docket.yaml": "limits:\n  java: {time_limit: 5, memory: 64}\n",
	})
}

// submitMixed submits count programs, half of them with a source that was not
// compiled before, and begins to wait for their reports.
func (c *caller) submitMixed(t *testing.T, count int) *mixed {
	t.Helper()
	m := &mixed{
		expected: make(map[judge.SubmissionID]program, count),
		reports:  make(map[judge.SubmissionID]judge.Report, count),
		grown:    make(chan struct{}),
	}
	programs := mixedPrograms()
	for i := range count {
		p := programs[i%len(programs)]
		again := i / len(programs) / 2
		m.expected[c.submit(t, submission{Problem: "double", Language: p.language, Source: p.fresh(again)})] = p
	}
	if len(m.expected) != count {
		t.Fatalf("%d submissions were accepted", len(m.expected))
	}
	for id := range m.expected {
		m.wg.Go(func() {
			r, err := c.final(t.Context(), id)
			if err != nil {
				if t.Context().Err() == nil {
					t.Errorf("waiting for %s: %v", id, err)
				}
				return
			}
			m.mu.Lock()
			defer m.mu.Unlock()
			m.reports[id] = r
			close(m.grown)
			m.grown = make(chan struct{})
		})
	}
	return m
}

// ended is how many there are reports of, and what closes when that changes.
func (m *mixed) ended() (int, <-chan struct{}) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.reports), m.grown
}

// awaitEnded waits until there are reports of so many.
func (m *mixed) awaitEnded(t *testing.T, count int) {
	t.Helper()
	eventually(t, fmt.Sprintf("%d judgings have ended", count), func() bool {
		n, _ := m.ended()
		return n >= count
	})
}

// wantVerdicts waits for all reports and compares them with what is expected.
func (m *mixed) wantVerdicts(t *testing.T) {
	t.Helper()
	m.wg.Wait()
	for id, want := range m.expected {
		if r := m.reports[id]; r.State != judge.StateDone || r.Verdict != want.verdict || r.Attempt != 1 {
			t.Errorf("%s %s: %s %s in attempt %d, want %s: %+v", id, want.language, r.State, r.Verdict, r.Attempt, want.verdict, r)
		}
	}
}

// program is a source with its known fate at the problem of doubling.
type program struct {
	language judge.Language
	verdict  judge.Verdict
	source   string
}

// fresh is the source as the artifact caches see it for each n for the first
// time.
func (p program) fresh(n int) string {
	comment := "//"
	if p.language == judge.Python {
		comment = "#"
	}
	return fmt.Sprintf("%s\n%s %d\n", p.source, comment, n)
}

func mixedPrograms() []program {
	golang := func(body string, imports ...string) string {
		text := "package main\n\nimport \"fmt\"\n"
		for _, i := range imports {
			text += fmt.Sprintf("import %q\n", i)
		}
		return text + "\nfunc main() {\n\tvar n int\n\tfmt.Scan(&n)\n" + body + "\n}\n"
	}
	java := func(body string) string {
		return "import java.util.*;\n\npublic class Main {\n    static List<byte[]> kept = new ArrayList<>();\n" +
			"    public static void main(String[] args) {\n        int n = new Scanner(System.in).nextInt();\n" + body + "\n    }\n}\n"
	}
	return []program{
		{judge.Python, judge.AC, "print(2 * int(input()))"},
		{judge.Go, judge.AC, golang("fmt.Println(2 * n)")},
		{judge.Java, judge.AC, java("System.out.println(2 * n);")},
		{judge.Python, judge.WA, "print(int(input()) + 1)"},
		{judge.Go, judge.WA, golang("fmt.Println(n * n + 1)")},
		{judge.Java, judge.WA, java("System.out.println(n + 1);")},
		{judge.Python, judge.TLE, "while True: pass"},
		{judge.Python, judge.RTE, "raise ValueError(input())"},
		{judge.Go, judge.RTE, golang("panic(n)")},
		{judge.Java, judge.RTE, java("throw new IllegalStateException();")},
		{judge.Python, judge.CE, "print(2 * int(input())"},
		{judge.Go, judge.CE, golang("fmt.Println(2 * m)")},
		{judge.Java, judge.CE, java("System.out.println(2 * m);")},
		{judge.Python, judge.MLE, "kept = [bytes([1]) * (16 << 20) for _ in range(16)]\nprint(2 * int(input()))"},
		{judge.Go, judge.MLE, golang("kept := make([]byte, 256<<20)\nfor i := range kept { kept[i] = 1 }\nfmt.Println(2*n + int(kept[n]) - 1)")},
		{judge.Java, judge.MLE, java("while (true) kept.add(new byte[1 << 20]);")},
		{judge.Go, judge.TLE, golang("for i := 0; ; i++ { if i == -n { fmt.Println(n) } }")},
		{judge.Python, judge.AC, "import sys\nprint(int(sys.stdin.read()) << 1)"},
	}
}
