package problems_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/problemstest"
)

func TestMutateListIsRead(t *testing.T) {
	for docket, want := range map[string]string{
		"mutate: {equal: []}\n": `docket.yaml:1: unknown key "equal" in mutate`,
		"mutate:\n  equivalent:\n    - {id: 0123456789AB, reason: x}\n":                                      "docket.yaml:3: id of an equivalent mutant must be 12 hexadecimal digits",
		"mutate:\n  equivalent:\n    - {reason: x}\n":                                                        "docket.yaml:3: id of an equivalent mutant",
		"mutate:\n  equivalent:\n    - {id: 0123456789ab}\n":                                                 "docket.yaml:3: mutant 0123456789ab needs a reason",
		"mutate:\n  equivalent:\n    - {id: 0123456789ab, reason: x}\n    - {id: 0123456789ab, reason: x}\n": "docket.yaml:4: mutant 0123456789ab is listed twice",
		"mutate:\n  equivalent:\n    - {id: 0123456789ab, reason: x, by: me}\n":                              `docket.yaml:3: unknown key "by"`,
	} {
		_, err := problems.Load(problemstest.Minimal.With(problemstest.Files{"docket.yaml": docket}).FS(), "double")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", docket, err, want)
		}
	}
	p := problemstest.Load(t, problemstest.Minimal.With(problemstest.Files{"docket.yaml": "mutate:\n  equivalent:\n    - id: \"012345678901\"\n      reason: any size will do\n"}))
	if diff := cmp.Diff([]problems.EquivalentMutant{{ID: "012345678901", Reason: "any size will do"}}, p.Equivalent); diff != "" {
		t.Errorf("equivalent (-want +got):\n%s", diff)
	}
}
