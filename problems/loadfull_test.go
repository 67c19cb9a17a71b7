package problems_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/problemstest"
)

// full uses what the 2025-09 format offers.
var full = problemstest.Minimal.With(problemstest.Files{
	"problem.yaml": `problem_format_version: 2025-09
type: pass-fail
name: {en: Double it, sv: Dubbla}
uuid: 6F9619FF-8B86-D011-B42D-00CF4FC964FF
version: 1.10
credits:
  authors: A. Author <a@example.org>
  testers: [T. One, {name: T. Two, email: two@example.org}]
  translators: {sv: S. Ven}
source: [{name: A contest, url: "https://example.org"}, Another]
license: cc by-sa
embargo_until: 2030-01-02
keywords: [math, easy]
languages: [python3, go, cpp]
allow_file_writing: true
constants: {max: 100, name: "the number"}
limits:
  time_multipliers: {ac_to_time_limit: 3}
  time_limit: 2
  code: 64
  validation_time: 7
  validation_memory: 64
`,
	"docket.yaml":             "difficulty: easy\ndisclosure: none\non_reject: continue\nlimits:\n  python: {time_limit: 5, memory: 512}\nreference: accepted/dir\n",
	"statement/problem.en.md": "Double {{name}} up to {{max}}, not {{min}}.\n\n{{nextsample}}That was it.\n{{remainingsamples}}",
	"statement/problem.sv.md": "Dubbla.\n",
	"data/sample/1.yaml":      "description: The first.\nhint: Add it to itself.\n",
	"data/sample/2.in":        "2\n", "data/sample/2.ans": "4\n", "data/sample/2.out": "4.0\n", "data/sample/2.png": "",
	"data/secret/1.in": problemstest.Gone, "data/secret/1.ans": problemstest.Gone,
	"data/secret/g2/1.in": "1\n", "data/secret/g2/1.ans": "2\n",
	"data/secret/g10/1.in": "1\n", "data/secret/g10/1.ans": "2\n",
	"data/secret/test_group.yaml":      "input_validator_args: {v: [--hidden]}\n",
	"data/secret/g2/test_group.yaml":   "args: [a, b]\noutput_validator_args: [float_tolerance, \"0.1\"]\ninput_validator_args: {v: [--small]}\n",
	"data/secret/g2/sub/2.in":          "1\n",
	"data/secret/g2/sub/2.ans":         "2\n",
	"data/secret/g2/sub/2.yaml":        "args: [c]\noutput_validator_args: [case_sensitive]\nfull_feedback: true\n",
	"data/invalid_input/x.in":          "x\n",
	"data/invalid_input/x.yaml":        "input_validator_args: [--large]\n",
	"submissions/accepted/dir/main.py": "from b import f\nf()\n",
	"submissions/accepted/dir/b.py":    "def f(): print({{max}})\n",
	"submissions/accepted/a.py":        problemstest.Gone,
	"submissions/mixed/J.java":         "class J {}\n",
	"submissions/mixed/other.cpp":      "",
	"submissions/mixed/typed.py":       "",
	"submissions/submissions.yaml":     "accepted/dir: {model_solution: true, authors: A}\nmixed/{J,K}.java:\n  permitted: [AC, RTE]\n  secret/g2:\n    required: [TLE]\nmixed/typed.py: {language: pypy3}\n",
	"input_validators/w/__main__.py":   "exit(42)\n",
	"input_validators/w/__init__.py":   "",
	"input_validators/grammar.ctd":     "EOF\n",
	"submissions/accepted/dir/.x":      "",
	"attachments/tool.py":              "x",
	"generators/README.txt":            "x",
	"solution/solution.en.md":          "x\n",
	"data/secret/g2/test.unknown":      "x",
	"output_visualizer/visualizer.py":  "x",
})

func TestLoadFullTests(t *testing.T) {
	p := problemstest.Load(t, full)
	want := []string{"sample: sample/1", "sample: sample/2", "secret/g2: secret/g2/1", "secret/g2/sub: secret/g2/sub/2", "secret/g10: secret/g10/1"}
	if diff := cmp.Diff(want, groups(p)); diff != "" {
		t.Errorf("tests (-want +got):\n%s", diff)
	}
	g := p.Problem.Groups
	if diff := cmp.Diff([]string{"a", "b"}, g[1].Tests[0].Args); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"c"}, g[2].Tests[0].Args); diff != "" {
		t.Error(diff)
	}
	if g[0].BreakOnReject || !g[0].Sample || g[1].Sample {
		t.Error("docket.yaml's on_reject or the samples are wrong")
	}
	found, err := g[1].Checker.Check(strings.NewReader("1.95"), strings.NewReader("2"))
	if found.Reason != "" || err != nil {
		t.Errorf("the group's tolerance is not used: %q, %v", found.Reason, err)
	}
	if found, _ = g[2].Checker.Check(strings.NewReader("A"), strings.NewReader("a")); found.Reason == "" {
		t.Error("the test's flags are not used")
	}
	if found, _ = g[3].Checker.Check(strings.NewReader("1.95"), strings.NewReader("2")); found.Reason == "" {
		t.Error("a group's flags leak into the next")
	}
	if diff := cmp.Diff(problems.TestDetail{FullFeedback: true, InputFlags: map[string][]string{"v": {"--small"}}}, p.Tests["secret/g2/sub/2"]); diff != "" {
		t.Errorf("detail (-want +got):\n%s", diff)
	}
}

func TestLoadFullTexts(t *testing.T) {
	p := problemstest.Load(t, full)
	if got := p.Samples[1].Output; got != "4.0\n" {
		t.Errorf("the shown output is %q", got)
	}
	wantText := "Double the number up to 100, not {{min}}.\n\n**Sample input 1**\n\n```\n1\n```\n\n**Sample output 1**\n\n```\n2\n```\n\nThat was it.\n**Sample input 2**\n\n```\n2\n```\n\n**Sample output 2**\n\n```\n4.0\n```\n\n"
	if diff := cmp.Diff(wantText, p.Problem.Statement); diff != "" {
		t.Errorf("statement (-want +got):\n%s", diff)
	}
}

func TestLoadFullMetadata(t *testing.T) {
	p := problemstest.Load(t, full)
	if diff := cmp.Diff([]judge.Language{judge.Go, judge.Python}, p.Problem.Languages); diff != "" {
		t.Error(diff)
	}
	wantLimits := judge.Limits{CPU: 5e9, Memory: 512 * judge.MiB}
	if diff := cmp.Diff(wantLimits, p.Problem.LanguageLimits[judge.Python]); diff != "" {
		t.Error(diff)
	}
	if v := p.Problem.Validation.Limits; v.CPU != 7e9 || v.Memory != 64*judge.MiB {
		t.Errorf("validation limits %+v", v)
	}
	wantCredits := problems.Credits{Authors: []string{"A. Author <a@example.org>"}, Testers: []string{"T. One", "T. Two <two@example.org>"},
		Translators: map[string][]string{"sv": {"S. Ven"}}}
	if diff := cmp.Diff(wantCredits, p.Credits); diff != "" {
		t.Error(diff)
	}
	if p.Version != "1.10" || p.Embargo.Format("2006-01-02") != "2030-01-02" || p.Names["sv"] != "Dubbla" || len(p.Sources) != 2 {
		t.Errorf("version %q, embargo %v, names %v, sources %v", p.Version, p.Embargo, p.Names, p.Sources)
	}
}

func TestLoadFullPrograms(t *testing.T) {
	p := problemstest.Load(t, full)
	if p.Reference.Name != "accepted/dir" || !p.Reference.Model || p.Reference.Files[0].Content != "def f(): print(100)\n" {
		t.Errorf("reference %+v", p.Reference)
	}
	wantFlags := []judge.InputValidator{{Source: p.InputValidators[0].Source, Args: []string{"--hidden"}}, {Source: p.InputValidators[1].Source}}
	if d := cmp.Diff(wantFlags, p.Problem.InputValidators); d != "" {
		t.Errorf("validators of a client's cases (-want +got):\n%s", d)
	}
	if f := p.InputValidators; len(f) != 2 || f[1].Source.Files[1].Name != "main.py" {
		t.Errorf("input validators %+v", f)
	}
	var mixed *problems.Submission
	for i, s := range p.Submissions {
		if s.Name == "mixed/J.java" {
			mixed = &p.Submissions[i]
		}
	}
	if mixed == nil {
		t.Fatalf("mixed/J.java is missing from %+v", p.Submissions)
	}
	wantExpect := []problems.Expectation{
		{Permitted: []judge.Verdict{judge.AC, judge.RTE, judge.MLE, judge.OLE}},
		{Tests: "secret/g2", Required: []judge.Verdict{judge.TLE}},
	}
	if diff := cmp.Diff(wantExpect, mixed.Expect); diff != "" {
		t.Errorf("expectations (-want +got):\n%s", diff)
	}
	for _, want := range []string{"grammar.ctd", "test.unknown", "other.cpp", "typed.py", "accepted/dir"} {
		found := slices.ContainsFunc(p.Warnings, func(w string) bool { return strings.Contains(w, want) })
		if found == (want == "accepted/dir") {
			t.Errorf("warnings about %s: %q", want, p.Warnings)
		}
	}
}
