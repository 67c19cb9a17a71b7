//go:build !quick

package main_test

import (
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge/store/redistest"
	"github.com/docketjudge/docket/sandbox/engine/enginetest"
)

// TestEngineThatFailsCostsNothing lets a worker judge two hundred submissions
// while its engine is killed, hangs, and loses an image with all boxes. Each
// time the worker must stop, say so, and go on when the engine is well again;
// every submission must get its verdict.
func TestEngineThatFailsCostsNothing(t *testing.T) {
	needImages(t)
	const count = 200
	own := enginetest.Start(t)
	url := redistest.Start(t)
	root := writeProblems(t, mixedProblem())
	c := start(t, "api", "--redis", url, "--problems", root, "--listen", "127.0.0.1:0").caller(t)
	m := c.submitMixed(t, count)
	w := startIn(t, []string{"DOCKER_HOST=" + own.Host()}, "worker", "--redis", url, "--problems", root,
		"--slots", "2", "--metrics-listen", "127.0.0.1:0")
	health := &caller{base: "http://" + w.await(t, `msg="metrics served" addr=(\S+)`)}

	outages := []struct {
		name        string
		after       int // judgings
		begin, mend func()
	}{
		{"killed", 30, func() { own.Signal(t, syscall.SIGKILL) }, func() { own.Start(t) }},
		{"hanging", 80, func() { own.Signal(t, syscall.SIGSTOP) }, func() { own.Signal(t, syscall.SIGCONT) }},
		{"without an image", 130, func() { own.HideImage(t, "docket/python") }, func() { own.ShowImage(t, "docket/python") }},
	}
	for n, o := range outages {
		m.awaitEnded(t, o.after)
		o.begin()
		stopped := fmt.Sprintf(`(?s)(?:takes no judgings.*?){%d}`, n+1)
		w.await(t, stopped)
		lines := strings.Count(w.said(), "\n")
		var why struct{ Status string }
		health.call(t, http.MethodGet, "/readyz", http.StatusServiceUnavailable, nil, &why)
		if !strings.Contains(why.Status, "worker") {
			t.Errorf("%s: readyz says %q", o.name, why.Status)
		}
		wantMetric(t, health, "docket_worker_outage 1")
		eventually(t, "other workers can read of the outage", func() bool {
			ws, err := openStore(t, url).Workers(t.Context())
			return err == nil && len(ws) == 1 && ws[0].Outage != ""
		})
		before, _ := m.ended()
		t.Logf("%s after %d judgings", o.name, before)
		<-time.After(5 * time.Second) // a worker that does not stop ruins all that waits in less
		if after, _ := m.ended(); after > before+2 {
			t.Errorf("%s: %d judgings ended without an engine", o.name, after-before)
		}
		if said := strings.Count(w.said(), "\n") - lines; said > 20 {
			t.Errorf("%s: %d lines were logged within seconds", o.name, said)
		}
		mended := time.Now()
		o.mend()
		t.Logf("mended in %s", time.Since(mended))
		mended = time.Now()
		w.await(t, fmt.Sprintf(`(?s)(?:takes judgings again.*?){%d}`, n+1))
		t.Logf("going on after %s", time.Since(mended))
	}
	m.wantVerdicts(t)
	tries := map[string]int{}
	for id := range m.expected {
		tries[recordField(t, url, id, "tries")]++
	}
	if tries["1"] != count {
		t.Errorf("judgings by tries: %v, want one each: an outage costs none", tries)
	}
	wantMetric(t, health, "docket_worker_outage 0")
	wantMetric(t, health, fmt.Sprintf("docket_worker_outages_total %d", len(outages)))
	health.call(t, http.MethodGet, "/readyz", http.StatusOK, nil, nil)
	w.signal(t, syscall.SIGTERM)
	w.ends(t)
}

func wantMetric(t *testing.T, c *caller, line string) {
	t.Helper()
	a, err := c.send(t.Context(), http.MethodGet, "/metrics", nil)
	if err != nil || !strings.Contains(string(a.body), "\n"+line+"\n") {
		t.Errorf("metrics lack %q: %v", line, err)
	}
}
