//go:build !quick

package hostspeed_test

import (
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/hostspeed"
	"github.com/docketjudge/docket/sandbox"
)

// TestInBoxes measures this host in real boxes, and shows that the workload is
// the same in each language.
func TestInBoxes(t *testing.T) {
	sb, err := sandbox.New(t.Context(), sandbox.Config{Worker: sandbox.WorkerID(), Slots: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sb.Close(); err != nil {
			t.Error(err)
		}
	})
	const amount = "3000\n"
	said := map[string]bool{}
	for _, l := range judge.Languages() {
		d, err := hostspeed.Measure(t.Context(), sb, l, 2)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %v, ratio %.2f", l, d, hostspeed.Ratio(l, hostspeed.FigureOf(d, "")))
		if d < 5*time.Millisecond || d > 20*time.Second {
			t.Errorf("%s: %v is no time for the workload", l, d)
		}
		slot, err := sb.Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		said[runIn(t, slot, l, amount)] = true
		slot.Release()
	}
	if len(said) != 1 || said[""] {
		t.Errorf("the languages do not do the same: they print %v", said)
	}
}

func runIn(t *testing.T, slot judge.Slot, l judge.Language, amount string) string {
	t.Helper()
	limits := judge.Limits{CPU: 20 * time.Second}.WithDefaults()
	b, err := slot.Build(t.Context(), judge.Source{Language: l, Files: []judge.File{{Name: l.MainFile(), Content: hostspeed.Source(l)}}})
	if err != nil || !b.OK {
		t.Fatalf("%s: %v %s", l, err, b.Output)
	}
	box, err := slot.Open(t.Context(), b.Artifact, limits)
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	var out strings.Builder
	if _, err := box.Run(t.Context(), judge.Run{Stdin: strings.NewReader(amount), Stdout: &out}, limits); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
