package main

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	measuredPage = "../../problems/MEASURED.md"
	showCommand  = "    $ docket problems calibrate --show\n"
)

var updateMeasured = flag.Bool("update-measured", false, "write what docket.yaml files say of calibrations into problems/MEASURED.md")

// TestMeasuredLimits holds the page of measurements to the records that the
// built-in problems carry. go test ./cmd/docket -run MeasuredLimits
// -update-measured writes it anew.
func TestMeasuredLimits(t *testing.T) {
	var out, said bytes.Buffer
	p := &process{stdout: &out, stderr: &said, env: func(string) (string, bool) { return "", false }}
	code := run(t.Context(), []string{"problems", "calibrate", "--show"}, p)
	if code != 0 && !*updateMeasured || said.Len() > 0 {
		t.Fatalf("exit code %d\n%s%s", code, out.String(), said.String())
	}
	page, err := os.ReadFile(measuredPage)
	if err != nil {
		t.Fatal(err)
	}
	before, after, ok := strings.Cut(string(page), showCommand)
	if !ok {
		t.Fatalf("%s does not have the command %q", measuredPage, showCommand)
	}
	var want, got strings.Builder
	for line := range strings.Lines(out.String()) {
		if line != "\n" {
			line = "    " + line
		}
		want.WriteString(line)
	}
	rest := after // behind the block of code
	for line := range strings.Lines(after) {
		if line != "\n" && !strings.HasPrefix(line, "    ") {
			break
		}
		got.WriteString(line)
		rest = rest[len(line):]
	}
	if *updateMeasured {
		if rest != "" {
			rest = "\n" + rest
		}
		if err := os.WriteFile(measuredPage, []byte(before+showCommand+want.String()+rest), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(want.String(), "\n"), strings.Split(strings.TrimRight(got.String(), "\n")+"\n", "\n")); diff != "" {
		t.Errorf("%s does not say what the records say (-records +page):\n%s", measuredPage, diff)
	}
}
