//go:build !quick

package main_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// ranProblem is what a run of a problem answers, as far as it is looked at.
type ranProblem struct {
	ID      judge.SubmissionID
	Verdict judge.Verdict
	Message string
	Compile judge.CompileReport
	Tests   []judge.TestReport
}

// testFunctions solves a function problem from its starter code to acceptance
// in each language.
func testFunctions(t *testing.T, c *caller) {
	const slug = "lru-cache"
	var problem struct {
		Kind    string
		Starter []struct {
			Language      judge.Language
			Name, Content string
		}
	}
	c.call(t, http.MethodGet, "/v1/problems/"+slug, http.StatusOK, nil, &problem)
	if problem.Kind != "function" || len(problem.Starter) != len(judge.Languages()) {
		t.Fatalf("problem %+v", problem)
	}
	for _, s := range problem.Starter {
		t.Run(string(s.Language), func(t *testing.T) {
			run := func(source string, more map[string]any) (r ranProblem) {
				request := map[string]any{"language": s.Language, "problem": slug,
					"files": []map[string]string{{"name": s.Name, "content": source}}}
				for k, v := range more {
					request[k] = v
				}
				c.ended(t, "/v1/runs", request, &r)
				return r
			}
			r := run(s.Content, nil)
			if r.Verdict != judge.WA || len(r.Tests) != 2 || r.Tests[0].FailedCase != 1 || r.Tests[0].Failure == nil ||
				r.Tests[0].Failure.Expected == "" || r.Tests[0].Failure.Actual == "" {
				t.Errorf("the starter code: %+v", r)
			}
			text, err := os.ReadFile(filepath.Join("../../problems/catalog", slug, "submissions/accepted", s.Name))
			if err != nil {
				t.Fatal(err)
			}
			solution := string(text)
			if r = run(solution, nil); r.Verdict != judge.AC || len(r.Tests) != 2 || len(r.Tests[1].Cases) != r.Tests[1].CasesTotal {
				t.Errorf("a solution on the samples: %+v", r)
			}
			own := map[string]any{"cases": []any{
				[]any{[]any{"LRUCache", 1}, []any{"put", 5, 6}, []any{"get", 5}},
				[]any{[]any{"LRUCache", 1}, []any{"get", 5}},
			}}
			r = run(solution, own)
			if r.Verdict != judge.AC || len(r.Tests) != 1 || len(r.Tests[0].Cases) != 2 ||
				r.Tests[0].Cases[1] != (judge.CaseReport{Input: `[["LRUCache",1],["get",5]]`, Expected: "[null,-1]", Actual: "[null,-1]", Passed: true}) {
				t.Errorf("own cases: %+v", r)
			}
			if r = run(s.Content, own); r.Verdict != judge.WA || r.Tests[0].Cases[0].Passed || r.Tests[0].CasesPassed != 0 {
				t.Errorf("the starter code on own cases: %+v", r)
			}
			own["cases"] = []any{[]any{[]any{"LRUCache", -1}}}
			testRejected(t, c, map[string]any{"language": s.Language, "problem": slug, "cases": own["cases"],
				"files": []map[string]string{{"name": s.Name, "content": solution}}})
			var report judge.Report
			c.ended(t, "/v1/submissions", map[string]any{
				"problem": slug, "language": s.Language, "files": []map[string]string{{"name": s.Name, "content": solution}},
			}, &report)
			if report.Verdict != judge.AC || report.Summary.Passed != report.Summary.Total {
				t.Errorf("submitted: %s %s, %+v", report.Verdict, report.Message, report.Summary)
			}
			for _, test := range report.Tests {
				if test.CasesTotal == 0 || test.CasesPassed != test.CasesTotal || test.Cases != nil || test.Failure != nil {
					t.Errorf("%+v", test)
				}
			}
		})
	}
}

// testRejected runs cases that the problem's validator refuses. The run's own page
// says why, and who waits for the run is refused.
func testRejected(t *testing.T, c *caller, request map[string]any) {
	t.Helper()
	var r struct {
		ID       judge.SubmissionID
		State    judge.State
		Verdict  judge.Verdict
		Rejected string
		Tests    []judge.TestReport
	}
	c.call(t, http.MethodPost, "/v1/runs", http.StatusAccepted, request, &r)
	for !r.State.Final() {
		c.call(t, http.MethodGet, "/v1/runs/"+string(r.ID)+"?wait=30s", http.StatusOK, nil, &r)
	}
	if r.Verdict != "" || !strings.Contains(r.Rejected, "case 1, call 1") || len(r.Tests) != 0 {
		t.Errorf("a case that the validator refuses: %+v", r)
	}
}

// testOwnCases runs cases that hold nulls, and cases of a problem with an
// output validator whose solution dies amid them.
func testOwnCases(t *testing.T, c *caller) {
	run := func(slug, source string, cases ...any) (r ranProblem) {
		c.ended(t, "/v1/runs", map[string]any{
			"problem": slug, "language": judge.Python, "source": source, "cases": cases}, &r)
		if len(r.Tests) != 1 {
			t.Fatalf("%s: %+v", slug, r)
		}
		return r
	}
	codec, err := os.ReadFile("../../problems/catalog/tree-codec/submissions/accepted/solution.py")
	if err != nil {
		t.Fatal(err)
	}
	r := run("tree-codec", string(codec), []any{[]any{"TreeCodec"}, []any{"encode", []any{1, nil, 2}}, []any{"TreeCodec"}, []any{"decode", 1}})
	want := judge.CaseReport{Input: `[["TreeCodec"],["encode",[1,null,2]],["TreeCodec"],["decode",1]]`,
		Expected: "[null,null,null,[1,null,2]]", Actual: "[null,null,null,[1,null,2]]", Passed: true}
	if r.Verdict != judge.AC || r.Tests[0].Cases[0] != want {
		t.Errorf("a tree: %s %+v", r.Verdict, r.Tests[0])
	}

	const dies = `def shortest_path(nodes, links, source, target):
    print("asked for", target)
    return [source] if source == target else 1 // 0
`
	r = run("shortest-path", dies, []any{1, []any{}, 0, 0}, []any{2, []any{[]any{0, 1}}, 0, 1}, []any{1, []any{}, 0, 0})
	test := r.Tests[0]
	if r.Verdict != judge.RTE || test.CasesPassed != 1 || test.CasesTotal != 3 || test.FailedCase != 2 ||
		test.Failure == nil || test.Failure.Input != "[2,[[0,1]],0,1]" || !test.Cases[0].Passed || test.Cases[2].Passed {
		t.Errorf("a solution that dies: %s %+v", r.Verdict, test)
	}
	if !strings.Contains(test.Stderr, "asked for 1") || !strings.Contains(test.Stderr, "ZeroDivisionError") {
		t.Errorf("it printed %q", test.Stderr)
	}
}

// testOwnCasesOfConcurrency runs cases of a problem whose solutions and
// reference talk with the world of its jobs, as somebody at a terminal does.
func testOwnCasesOfConcurrency(t *testing.T, c *caller) {
	const submissions = "../../problems/catalog/worker-pool/submissions/"
	cases := filepath.Join(t.TempDir(), "cases.json")
	text := `[[{"ms":30,"value":1},{"ms":10,"value":2},{"ms":10,"value":3}],2]
[[{"ms":30,"value":1},{"ms":10,"error":"full"},{"ms":10,"value":3}],2]
`
	if err := os.WriteFile(cases, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	const (
		first = `{"ms":30,"value":[1,2,3],"events":[[0,"start",0],[0,"start",1],[10,"end",1],[10,"start",2],[20,"end",2],[30,"end",0]]}`
		waves = `{"ms":40,"value":[1,2,3],"events":[[0,"start",0],[0,"start",1],[10,"end",1],[30,"end",0],[30,"start",2],[40,"end",2]]}`
		fails = `{"ms":10,"error":"full","events":[[0,"start",0],[0,"start",1],[10,"fail",1],[10,"cancel",0]]}`
	)
	for name, want := range map[string]struct {
		exit int
		said []string
	}{
		"accepted/solution.go":     {0, []string{"case 1: ok", "actual    " + first, "case 2: ok", "expected  " + fails, "actual    " + fails}},
		"accepted/Solution.java":   {0, []string{"case 1: ok", "actual    " + first, "case 2: ok", "actual    " + fails}},
		"accepted/solution.py":     {0, []string{"case 1: ok", "actual    " + first, "case 2: ok", "actual    " + fails}},
		"wrong_answer/in_waves.py": {1, []string{"case 1: wrong", "expected  " + first, "actual    " + waves, "case 2: wrong", "expected  " + fails}},
	} {
		d := start(t, "run", "--server", c.base, "--problem", "worker-pool", "--cases", cases, submissions+name)
		if exit := d.wait(t).ExitCode(); exit != want.exit {
			t.Errorf("%s: exit code %d, want %d", name, exit, want.exit)
		}
		for _, said := range want.said {
			if !strings.Contains(d.said(), said) {
				t.Errorf("%s: lacks %q:\n%s", name, said, d.said())
			}
		}
	}
}
