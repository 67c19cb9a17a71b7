//go:build !quick

package workshop_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/mutate"
)

// measuredMutants reads the table of mutants in MEASURED.md: by problem, its
// cells by the words of the header.
func measuredMutants(t *testing.T) map[string]map[string]string {
	t.Helper()
	page, err := os.ReadFile("../MEASURED.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(page), "    $ docket problems mutate\n")
	if !ok {
		t.Fatal("MEASURED.md does not have the command docket problems mutate")
	}
	out := map[string]map[string]string{}
	var header []string
	for line := range strings.Lines(table) {
		cells := strings.Fields(strings.NewReplacer("a second", "a_second", " %", "%").Replace(line))
		switch {
		case !strings.HasPrefix(line, "    "):
			return out
		case header == nil:
			header = cells
			continue
		case len(cells) != len(header):
			t.Fatalf("MEASURED.md: %q does not fit under %q", line, header)
		}
		row := map[string]string{}
		for i, cell := range cells {
			row[header[i]] = cell
		}
		out[cells[0]] = row
	}
	return out
}

// TestMeasuredMutants says when the table of mutants was made of other
// solutions than those that are there. docket problems mutate prints it.
func TestMeasuredMutants(t *testing.T) {
	ctx := context.Background()
	box := realBox(t)
	slot, err := box.Acquire(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer slot.Release()
	rows := measuredMutants(t)
	c := stock(t, box, t.TempDir(), problems.Builtin())
	list, _, err := c.List(ctx, problems.Query{Limit: judge.MaxPage})
	if err != nil {
		t.Fatal(err)
	}
	for _, summary := range list {
		pkg, err := c.Package(ctx, summary.Slug)
		if err != nil {
			t.Fatal(err)
		}
		mutants := 0
		for _, s := range pkg.Submissions {
			if !strings.HasPrefix(s.Name, "accepted/") {
				continue
			}
			all, err := mutate.List(ctx, s.Name, s.Language, s.Files, func(ctx context.Context, lister judge.Source, text string) ([]byte, error) {
				return printed(ctx, slot, lister, text)
			})
			if err != nil {
				t.Fatal(err)
			}
			mutants += len(all)
		}
		row := rows[string(summary.Slug)]
		if row["mutants"] != strconv.Itoa(mutants) || row["equivalent"] != strconv.Itoa(len(pkg.Equivalent)) {
			t.Errorf("%s has %d mutants, %d of them equivalent; MEASURED.md says %q and %q", summary.Slug,
				mutants, len(pkg.Equivalent), row["mutants"], row["equivalent"])
		}
		if rate, err := strconv.ParseFloat(strings.TrimSuffix(row["rate"], "%"), 64); err != nil || rate < 95 {
			t.Errorf("%s: %q of the mutants are found", summary.Slug, row["rate"])
		}
	}
	if len(rows) != len(list)+1 { // the sum
		t.Errorf("MEASURED.md has %d rows for %d problems", len(rows), len(list))
	}
}

// printed is what a program prints when it reads a text.
func printed(ctx context.Context, slot judge.Slot, src judge.Source, in string) ([]byte, error) {
	build, err := slot.Build(ctx, src)
	if err != nil {
		return nil, err
	}
	limits := judge.Limits{CPU: judge.MaxCPU}.WithDefaults()
	b, err := slot.Open(ctx, build.Artifact, limits)
	if err != nil {
		return nil, fmt.Errorf("%w (compiler: %s)", err, build.Output)
	}
	defer func() { _ = b.Close() }()
	var out bytes.Buffer
	r, err := b.Run(ctx, judge.Run{Stdin: strings.NewReader(in), Stdout: &out}, limits)
	if err == nil && r.ExitCode != 0 {
		err = fmt.Errorf("exit code %d: %s", r.ExitCode, r.Stderr)
	}
	return out.Bytes(), err
}
