//go:build !quick

package main_test

import (
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// anyOrder is judged by a program of its own: numbers that add up to the
// input, in any order.
var anyOrder = doubling("any-order", "time_limit: 2", "pass-fail", map[string]string{
	"output_validator/main.go": `package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	var want, sum, n int
	input, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	fmt.Fscan(strings.NewReader(string(input)), &want)
	for {
		if _, err := fmt.Scan(&n); err != nil {
			break
		}
		sum += n
	}
	if sum != want {
		_ = os.WriteFile(os.Args[3]+"judgemessage.txt", []byte(fmt.Sprintf("the sum is %d", sum)), 0o644)
		os.Exit(43)
	}
	os.Exit(42)
}
`,
})

const twice = "print(2 * int(input()))\n"

// TestJudging puts one docket to all that a client may ask of it.
func TestJudging(t *testing.T) {
	needImages(t)
	url := redistest.Start(t)
	root := writeProblems(t, doubling("double", "time_limit: 2", "pass-fail", nil), patient, anyOrder, poison)
	d := start(t, "up", "--slots", "2", "--no-self-check", "--redis", url, "--problems", root, "--listen", "127.0.0.1:0")
	c := d.caller(t)

	// It waits between its tries while everything else goes on.
	poisoned := c.submit(t, submission{Problem: "poison", Language: judge.Python, Source: twice})

	t.Run("events", func(t *testing.T) { testEvents(t, c) })
	t.Run("rejudge", func(t *testing.T) { testRejudge(t, c) })
	t.Run("idempotency", func(t *testing.T) { testIdempotency(t, c) })
	t.Run("duplicate delivery", func(t *testing.T) { testDuplicates(t, c, url) })
	t.Run("runs", func(t *testing.T) { testRuns(t, c) })
	t.Run("functions", func(t *testing.T) { testFunctions(t, c) })
	t.Run("own cases", func(t *testing.T) { testOwnCases(t, c) })
	t.Run("own cases of a concurrency problem", func(t *testing.T) { testOwnCasesOfConcurrency(t, c) })
	t.Run("output validator", func(t *testing.T) { testValidator(t, c) })
	t.Run("interactive", func(t *testing.T) { testInteractive(t, c) })
	t.Run("poison", func(t *testing.T) { testPoison(t, c, d, url, poisoned) })

	d.signal(t, syscall.SIGTERM)
	d.ends(t)
	wantNoBoxes(t, d.workerID(t))
}

func testEvents(t *testing.T, c *caller) {
	id := c.submit(t, submission{Problem: "double", Language: judge.Go,
		Source: "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tvar n int\n\tfmt.Scan(&n)\n\tfmt.Println(2 * n)\n}\n"})
	all := c.follow(t, id, "", nil) // while it is judged
	want := []judge.EventKind{
		judge.EventQueued, judge.EventRunning, judge.EventCompiled,
		judge.EventTest, judge.EventTest, judge.EventTest, judge.EventDone,
	}
	if diff := cmp.Diff(want, kinds(all)); diff != "" {
		t.Fatalf("events (-want +got):\n%s", diff)
	}
	for i, e := range all {
		if e.name != e.Kind || e.Attempt != 1 || e.id == "" || i > 0 && e.At.Before(all[i-1].At) {
			t.Errorf("event %d is %+v after %+v", i, e, all[max(i-1, 0)])
		}
	}
	var tests []string
	for _, e := range all[3:6] {
		tests = append(tests, e.Test.Name+" "+string(e.Test.Verdict))
	}
	if diff := cmp.Diff([]string{"sample/1 AC", "secret/1 AC", "secret/2 AC"}, tests); diff != "" {
		t.Errorf("tests (-want +got):\n%s", diff)
	}
	last := all[6].Report
	if last == nil || last.Verdict != judge.AC || last.Score != 100 || last.Summary.Passed != 3 || last.Toolchain == "" || last.Worker == "" {
		t.Errorf("the report at the end is %+v", last)
	}
	for i := range all[:len(all)-1] {
		if diff := cmp.Diff(ids(all[i+1:]), ids(c.follow(t, id, all[i].id, nil))); diff != "" {
			t.Errorf("events after %s (-want +got):\n%s", all[i].id, diff)
		}
	}
	// After the last event there is no stream.
	c.call(t, http.MethodGet, "/v1/submissions/"+string(id)+"/events", http.StatusNoContent, nil, nil, "Last-Event-ID", all[6].id)
}

func ids(events []streamed) []string {
	out := make([]string, 0, len(events))
	for _, e := range events {
		out = append(out, e.id)
	}
	return out
}

func testRejudge(t *testing.T, c *caller) {
	s := submission{Problem: "double", Language: judge.Java, Source: "public class Main {\n    public static void main(String[] args) {\n" +
		"        System.out.println(2 * new java.util.Scanner(System.in).nextInt());\n    }\n}\n"}
	first := c.judged(t, s)
	if first.Verdict != judge.AC || first.Compile == nil || first.Compile.Cached {
		t.Fatalf("the first judging: %+v", first)
	}
	var second judge.Report
	path := "/v1/submissions/" + string(first.ID)
	c.call(t, http.MethodPost, path+"/rejudge", http.StatusAccepted, nil, &second)
	if second.Attempt != 2 || second.ID != first.ID {
		t.Errorf("the rejudge begins as %+v", second)
	}
	second = c.report(t, first.ID)
	if second.Attempt != 2 || second.Verdict != judge.AC {
		t.Errorf("the second judging: %+v", second)
	}
	if second.Compile == nil || !second.Compile.Cached || second.Compile.Millis != 0 {
		t.Errorf("the same source was compiled again: %+v", second.Compile)
	}
	var attempts struct {
		Attempts []judge.Report `json:"attempts"`
	}
	c.call(t, http.MethodGet, path+"/attempts", http.StatusOK, nil, &attempts)
	if diff := cmp.Diff([]judge.Report{first, second}, attempts.Attempts); diff != "" {
		t.Errorf("the judgings (-want +got):\n%s", diff)
	}
}

func testValidator(t *testing.T, c *caller) {
	right := submission{Problem: "any-order", Language: judge.Python, Source: "n = int(input())\nprint(n - 1)\nprint(1)\n"}
	if r := c.judged(t, right); r.Verdict != judge.AC || r.Summary.Passed != 3 {
		t.Errorf("a right output got %s: %+v", r.Verdict, r)
	}
	wrong := submission{Problem: "any-order", Language: judge.Python, Source: "print(int(input()), 1)\n"}
	r := c.judged(t, wrong)
	if r.Verdict != judge.WA || len(r.Tests) == 0 || r.Tests[0].Feedback != "the sum is 2" {
		t.Errorf("a wrong output got %s: %+v", r.Verdict, r)
	}
}

func testInteractive(t *testing.T, c *caller) {
	dir := "../../problems/catalog/guess-the-release/submissions"
	languages := map[string]judge.Language{".go": judge.Go, ".java": judge.Java, ".py": judge.Python}
	type sent struct {
		name    string
		verdict judge.Verdict
		id      judge.SubmissionID
	}
	var all []sent
	for folder, verdict := range map[string]judge.Verdict{
		"accepted": judge.AC, "wrong_answer": judge.WA, "run_time_error": judge.RTE,
	} {
		names, err := filepath.Glob(filepath.Join(dir, folder, "*.*"))
		if err != nil || len(names) < 3 {
			t.Fatalf("%s holds %q, %v", folder, names, err)
		}
		for _, name := range names {
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			body := map[string]any{
				"problem": "guess-the-release", "language": languages[filepath.Ext(name)],
				"files": []judge.File{{Name: filepath.Base(name), Content: string(source)}},
			}
			var r judge.Report
			c.call(t, http.MethodPost, "/v1/submissions", http.StatusAccepted, body, &r)
			all = append(all, sent{name, verdict, r.ID})
		}
	}
	for _, s := range all {
		if r := c.report(t, s.id); r.Verdict != s.verdict {
			t.Errorf("%s got %s, want %s: %+v", s.name, r.Verdict, s.verdict, r)
		}
	}
}
