//go:build !quick

package images

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// programs lists what a Python submission could start: files that are
// executable and no library, and files that run as somebody else.
const programs = `import os, stat
for place, dirs, files in os.walk("/"):
    if place in ("/proc", "/sys", "/dev"):
        dirs.clear()
        continue
    for path in (os.path.join(place, name) for name in files):
        mode = os.lstat(path).st_mode
        if not stat.S_ISREG(mode):
            continue
        with open(path, "rb") as f:
            start = f.readline(64)
        runs = start.startswith(b"\x7fELF") or start.startswith(b"#!") and b"python" not in start
        if mode & 0o111 and runs or mode & (stat.S_ISUID | stat.S_ISGID):
            print(path)
`

func TestPythonImageHasNoOtherPrograms(t *testing.T) {
	o := try{image: Python, argv: []string{"/usr/bin/python3", "-I", "-c", programs}}.run(t).ok(t)
	var got []string
	for line := range strings.Lines(o.stdout) {
		path := strings.TrimSuffix(line, "\n")
		// The loader and the C library are of every program.
		if !strings.Contains(path, "/ld-linux-") && !strings.HasSuffix(path, "/libc.so.6") {
			got = append(got, path)
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff([]string{"/docket/runner", "/usr/bin/python3.13"}, got); diff != "" {
		t.Errorf("programs (-want +got):\n%s", diff)
	}
}
