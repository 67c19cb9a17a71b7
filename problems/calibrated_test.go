package problems_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/problemstest"
)

func TestCalibratedIsReadStrictly(t *testing.T) {
	const good = "calibrated:\n  date: \"2026-02-03\"\n  host: ACME\n  cores: 2\n  runs: 5\n  languages:\n" +
		"    go: {toolchain: go1, host_ratio: 1.00, time_limit: 1.5, slowest_accepted: 0.3}\n"
	load := func(text string) (*problems.Package, error) {
		return problems.Load(problemstest.Minimal.With(problemstest.Files{"submissions/accepted/old(1).java": problemstest.Gone, "docket.yaml": text}).FS(), "double-it")
	}
	if pkg, err := load(good); err != nil || len(pkg.Warnings) > 0 {
		t.Fatalf("%v", err)
	}
	// Somebody changed the limit since.
	pkg, err := load(strings.Replace(good, "1.5", "2", 1))
	if err != nil || len(pkg.Warnings) != 1 || !strings.Contains(pkg.Warnings[0], "Go was calibrated for 2s and its limit is 1.5s") {
		t.Errorf("%v: warnings %v", err, pkg.Warnings)
	}
	for _, edit := range [][2]string{
		{"2026-02-03", "3.2.2026"}, {"cores: 2", "cores: two"}, {"  host: ACME\n", ""}, {"runs: 5", "runs: 0"},
		{"go: {", "cobol: {"}, {", time_limit: 1.5", ""}, {"0.3}", "-1}"}, {"0.3}", "0.3, fastest: 1}"}, {"0.3}", "0.3, spread: 0.1}"}, {"0.3}", "0.3, spread: -4%}"}, {"  runs", "  ran: 1\n  runs"},
	} {
		bad := strings.Replace(good, edit[0], edit[1], 1)
		if _, err := load(bad); err == nil || bad == good {
			t.Errorf("taken:\n%s", bad)
		}
	}
}
