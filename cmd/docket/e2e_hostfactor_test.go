//go:build !quick

package main_test

import (
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/hostspeed"
)

// TestHostFactor starts a worker on a host that nobody has measured yet, and
// one whose operator knows better.
func TestHostFactor(t *testing.T) {
	needImages(t)
	cache := t.TempDir()
	problems := writeProblems(t, doubling("double-it", "time_limit: 2", "pass-fail", nil))
	fine := submission{Problem: "double-it", Language: judge.Python, Source: "print(2 * int(input()))\n"}

	d := startIn(t, []string{"XDG_CACHE_HOME=" + cache}, "up", "--listen", "127.0.0.1:0", "--tests-dir", testsDir(t), "--problems", problems)
	c := d.caller(t)
	d.await(t, "Docket serves at")
	r := c.judged(t, fine)
	if r.Verdict != judge.AC || !(r.HostFactor >= 1 && r.HostFactor <= hostspeed.MaxFactor) {
		t.Errorf("%s with a host factor of %g", r.Verdict, r.HostFactor)
	}
	for _, l := range judge.Languages() {
		d.await(t, `msg="host measured" language=`+string(l)+` cpu_ms=[\d.]+ ratio=[\d.]+ factor=[\d.]+`)
		if m := metric(t, c, `docket_host_factor{language="`+string(l)+`"}`); m == "" {
			t.Errorf("%s has no metric", l)
		}
	}
	d.signal(t, syscall.SIGINT)
	d.ends(t)
	kept, err := filepath.Glob(filepath.Join(cache, "docket", "speed-*.json"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("%v, %v: one record is kept", kept, err)
	}
	h, ok := hostspeed.Load(kept[0])
	if !ok || len(h.Figures) != len(judge.Languages()) || h.CPUs < 1 || h.Name == "" {
		t.Errorf("%v: %+v", ok, h)
	}

	d = startIn(t, []string{"XDG_CACHE_HOME=" + cache, "DOCKET_HOST_FACTOR=2.5"}, "up", "--listen", "127.0.0.1:0", "--tests-dir", testsDir(t), "--problems", problems)
	c = d.caller(t)
	d.await(t, "Docket serves at")
	if r := c.judged(t, fine); r.HostFactor != 2.5 {
		t.Errorf("host factor %g, want that of the flag", r.HostFactor)
	}
	if m := metric(t, c, `docket_host_factor{language="go"}`); m != "2.5" {
		t.Errorf("metric %s", m)
	}
	d.signal(t, syscall.SIGINT)
	d.ends(t)
	if strings.Contains(d.said(), "host measured") {
		t.Error("the host is measured, though its factor is given")
	}
}

// metric is the value of one series, or "".
func metric(t *testing.T, c *caller, series string) string {
	t.Helper()
	a, err := c.send(t.Context(), http.MethodGet, "/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(series) + ` (.*)$`).FindSubmatch(a.body)
	if m == nil {
		return ""
	}
	return string(m[1])
}
