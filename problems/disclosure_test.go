package problems_test

import (
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/problemstest"
)

// Generated tests may have a policy of their own, and hints reach those who fail.
func TestDisclosureIsRead(t *testing.T) {
	generate := "generate:\n  - {name: secret/2, generator: g.py, sha256: \"" + problemstest.NoDigest + "\", answer_sha256: \"" + problemstest.NoDigest + "\"}\n"
	for text, want := range map[string][2]judge.Disclosure{ // of secret/1, which is committed, and of secret/2
		"":                     {judge.DiscloseVerdict, judge.DiscloseVerdict},
		"disclosure: none\n":   {judge.DiscloseNone, judge.DiscloseNone},
		"disclosure: reason\n": {judge.DiscloseReason, judge.DiscloseReason},
		"disclosure: first-failing-case\ndisclosure_generated: reason\n": {judge.DiscloseFirstFailingCase, judge.DiscloseReason},
		"disclosure_generated: none\n":                                   {judge.DiscloseVerdict, judge.DiscloseNone},
	} {
		p := problemstest.Load(t, problemstest.Minimal.With(problemstest.Files{
			"docket.yaml": text + generate, "generators/g.py": "print(2)\n", "data/secret/1.hint": "Double it.\n",
		})).Problem
		got := [2]judge.Disclosure{p.DisclosureOf(&p.Groups[1].Tests[0]), p.DisclosureOf(&p.Groups[1].Tests[1])}
		if got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
		if hint := p.Groups[1].Tests[0].Hint; hint != "Double it.\n" {
			t.Errorf("hint %q", hint)
		}
		if sample := &p.Groups[0].Tests[0]; !p.DisclosureOf(sample).Shows(judge.DiscloseFirstFailingCase) {
			t.Error("a sample is not shown")
		}
	}
}
