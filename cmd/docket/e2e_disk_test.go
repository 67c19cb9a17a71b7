//go:build !quick

package main_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// smallDisk is a file system whose size can be changed.
type smallDisk struct{ dir string }

func newSmallDisk(t *testing.T, size string) smallDisk {
	t.Helper()
	d := smallDisk{t.TempDir()}
	if err := syscall.Mount("docket-test", d.dir, "tmpfs", 0, "size="+size); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(d.dir, 0); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d smallDisk) resize(t *testing.T, size string) {
	t.Helper()
	if err := syscall.Mount("docket-test", d.dir, "tmpfs", syscall.MS_REMOUNT, "size="+size); err != nil {
		t.Fatal(err)
	}
}

// printing is a problem whose outputs are too long to be kept in memory.
func printing() map[string]string {
	return doubling("long", "time_limit: 5", "pass-fail", map[string]string{
		"output_validator/validate.py": "import sys\nsys.exit(42 if len(sys.stdin.read()) == 3 << 20 else 43)\n",
		"submissions/accepted/fine.py": "print('x' * ((3 << 20) - 1))\n",
	})
}

// TestFullDiskCostsNothing lets a worker judge with no room for generated tests,
// then with none for outputs.
func TestFullDiskCostsNothing(t *testing.T) {
	needImages(t)
	tests, outputs := newSmallDisk(t, "4k"), newSmallDisk(t, "64m")
	if err := os.WriteFile(filepath.Join(tests.dir, "filler"), make([]byte, 4<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	url := redistest.Start(t)
	root := writeProblems(t, generating("made", "700", "1400"), printing())
	c := start(t, "api", "--redis", url, "--problems", root, "--listen", "127.0.0.1:0").caller(t)
	w := startIn(t, []string{"TMPDIR=" + outputs.dir}, "worker", "--redis", url, "--problems", root, "--tests-dir", tests.dir,
		"--slots", "2", "--metrics-listen", "127.0.0.1:0")
	health := &caller{base: "http://" + w.await(t, `msg="metrics served" addr=(\S+)`)}

	outage := func(n int, problem judge.Slug, source, words string, mend func()) {
		t.Helper()
		var ids []judge.SubmissionID
		for i := range 10 {
			ids = append(ids, c.submit(t, submission{Problem: problem, Language: judge.Python, Source: fmt.Sprintf("%s# %d\n", source, i)}))
		}
		w.await(t, fmt.Sprintf(`(?s)(?:takes no judgings.*?){%d}`, n))
		wantMetric(t, health, "docket_worker_outage 1")
		health.call(t, http.MethodGet, "/readyz", http.StatusServiceUnavailable, nil, nil)
		if !strings.Contains(w.said(), words) {
			t.Errorf("the log does not say %q", words)
		}
		mend()
		w.await(t, fmt.Sprintf(`(?s)(?:takes judgings again.*?){%d}`, n))
		for _, id := range ids {
			if r := c.report(t, id); r.Verdict != judge.AC {
				t.Errorf("%s: %s %s", problem, r.Verdict, r.Message)
			}
			if tries := recordField(t, url, id, "tries"); tries != "1" {
				t.Errorf("%s took %s tries: a full disk costs none", problem, tries)
			}
		}
		wantMetric(t, health, "docket_worker_outage 0")
	}
	outage(1, "made", "print(2 * int(input()))\n", "directory of generated tests has no room", func() { tests.resize(t, "1g") })
	outputs.resize(t, "2m")
	outage(2, "long", "print('x' * ((3 << 20) - 1))\n", "keeping output", func() { outputs.resize(t, "64m") })
	w.signal(t, syscall.SIGTERM)
	w.ends(t)
}
