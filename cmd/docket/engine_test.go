//go:build !quick

package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
)

// TestScriptsWithEngine runs the scripts that need a Docker engine.
func TestScriptsWithEngine(t *testing.T) { runScripts(t, "testdata/engine") }

// TestDoctorOnThisEngine examines the machine's own engine, whose lines must
// all be there.
func TestDoctorOnThisEngine(t *testing.T) {
	stdout, stderr, _ := call(t, nil, "doctor", "--json")
	var d diagnosis
	if err := json.Unmarshal([]byte(stdout), &d); err != nil || stderr != "" {
		t.Fatalf("%v, stderr %q, stdout:\n%s", err, stderr, stdout)
	}
	checks := make(map[string]health)
	for _, f := range d.Findings {
		checks[f.Check] = f.Health
	}
	for _, check := range []string{"engine", "engine API", "platform", "cgroup", "seccomp", "storage", "CPUs"} {
		if checks[check] == "" || checks[check] == failing {
			t.Errorf("%s: %q", check, checks[check])
		}
	}
	for _, n := range images.Names() {
		if checks["image "+string(n)] == "" {
			t.Errorf("nothing is said of image %s", n)
		}
	}
}

// TestDoctorMeasures measures this host, and knows it the next time.
func TestDoctorMeasures(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	speeds := func(args ...string) map[string]string {
		stdout, _, _ := call(t, nil, append([]string{"doctor", "--json"}, args...)...)
		var d diagnosis
		if err := json.Unmarshal([]byte(stdout), &d); err != nil {
			t.Fatalf("%v in:\n%s", err, stdout)
		}
		found := map[string]string{}
		for _, f := range d.Findings {
			if strings.HasPrefix(f.Check, "speed") {
				found[f.Check] = f.Found
			}
		}
		return found
	}
	for check, found := range speeds() {
		if !strings.Contains(found, "not measured") {
			t.Errorf("%s: %s", check, found)
		}
	}
	measured := speeds("--measure")
	for _, l := range judge.Languages() {
		if found := measured["speed "+l.Name()]; !strings.Contains(found, "time limits x ") {
			t.Errorf("%s: %q", l, found)
		}
	}
	if d := cmp.Diff(measured, speeds()); d != "" {
		t.Errorf("measured and known (-want +got):\n%s", d)
	}
}
