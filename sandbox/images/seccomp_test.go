//go:build !quick

package images

import (
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// probes runs testdata/syscalls and returns the errno of each call.
func probes(t *testing.T, unconfined bool) map[string]map[string]syscall.Errno {
	t.Helper()
	o := try{
		image: GoRun, argv: []string{"/box/probe"}, unconfined: unconfined,
		files: map[string]string{"/box/probe": staticProgram(t, "syscalls")},
	}.run(t).ok(t)
	all := map[string]map[string]syscall.Errno{"denied": {}, "allowed": {}}
	for line := range strings.Lines(o.stdout) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 || all[f[0]] == nil {
			t.Fatalf("unexpected line %q", line)
		}
		errno, err := strconv.Atoi(f[2])
		must(t, err)
		all[f[0]][f[1]] = syscall.Errno(errno)
	}
	return all
}

func TestSeccompDeniesWhatAnOpenBoxWouldAllow(t *testing.T) {
	boxed, open := probes(t, false), probes(t, true)
	if len(boxed["denied"]) < 60 {
		t.Fatalf("only %d calls were tried", len(boxed["denied"]))
	}
	var unproved []string
	for name, errno := range boxed["denied"] {
		want := syscall.EPERM
		if name == "clone3" {
			want = syscall.ENOSYS
		}
		if errno != want {
			t.Errorf("%s in a box: %v, want %v", name, errno, want)
		}
		// The kernel itself would answer something else, so it was the profile.
		// Calls for which it asks for a capability that even the open box
		// lacks prove nothing, but few are such.
		if got := open["denied"][name]; got == want {
			unproved = append(unproved, name)
		}
	}
	t.Logf("refused without the profile, too: %q", unproved)
	if len(unproved) > 10 {
		t.Errorf("%d calls are refused without the profile, too", len(unproved))
	}
	for name, errno := range boxed["allowed"] {
		if errno != 0 {
			t.Errorf("%s in a box: %v, want it to succeed", name, errno)
		}
	}
	if len(boxed["allowed"]) < 15 {
		t.Errorf("only %d calls that must succeed were tried", len(boxed["allowed"]))
	}
}

func TestSeccompKillsForeignArchitecture(t *testing.T) {
	files := map[string]string{"/box/probe": staticProgram(t, "syscalls")}
	r := try{image: GoRun, argv: []string{"/box/probe", "x32"}, files: files}
	if o := r.run(t); o.code != 1 || !strings.Contains(o.stdout, "bad system call") {
		t.Errorf("an x32 call in a box: exit code %d, %s%s", o.code, o.stdout, o.stderr)
	}
	r.unconfined = true
	r.run(t).ok(t)
}
