//go:build !quick

package main_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// TestUpWithNothing is the first minute with docket: no Redis, no flags but a
// free port. It starts twice, as the second time is the usual one.
func TestUpWithNothing(t *testing.T) {
	needImages(t)
	for _, round := range []string{"first", "second"} {
		begin := time.Now()
		d := start(t, "up", "--listen", "127.0.0.1:0")
		c := d.caller(t)
		c.call(t, http.MethodGet, "/healthz", http.StatusOK, nil, nil)
		answers := time.Since(begin)
		d.await(t, "Docket serves at")
		t.Logf("%s start: /healthz after %s, verdicts after %s", round,
			answers.Round(time.Millisecond), time.Since(begin).Round(time.Millisecond))
		c.call(t, http.MethodGet, "/readyz", http.StatusOK, nil, nil)
		said := d.said()
		for _, want := range []string{
			`! No --redis .* LOST`, `(?m)^language +verdict +tests`,
			`(?m)^Go +AC +3/3 `, `(?m)^Java +AC +3/3 `, `(?m)^Python +AC +3/3 `,
			`docket submit --server ` + regexp.QuoteMeta(c.base) + ` `,
		} {
			if !regexp.MustCompile(want).MatchString(said) {
				t.Errorf("it does not say %q:\n%s", want, said)
			}
		}
		var list struct{ Problems []struct{ Slug judge.Slug } }
		c.call(t, http.MethodGet, "/v1/problems", http.StatusOK, nil, &list)
		for _, p := range list.Problems {
			if strings.Contains(string(p.Slug), "self-check") {
				t.Errorf("the self-check's problem is listed: %+v", list)
			}
		}
		name := d.workerID(t)
		if len(boxes(t, name)) == 0 {
			t.Error("a worker without boxes") // or the label is another by now
		}
		d.signal(t, syscall.SIGINT)
		d.ends(t)
		wantNoBoxes(t, name)
	}
}

func TestUpIsInterrupted(t *testing.T) {
	needImages(t)
	d := start(t, "up", "--listen", "127.0.0.1:0")
	name := d.workerID(t) // boxes are being made, and the self-check waits for them
	d.signal(t, syscall.SIGINT)
	d.ends(t)
	wantNoBoxes(t, name)
}

func TestRefusals(t *testing.T) {
	redis := redistest.Start(t)
	nobody := "redis://" + closedPort(t)
	for _, tt := range []struct {
		name string
		args []string
		code int
		say  string
	}{
		{"public api without keys", []string{"api", "--redis", redis, "--listen", "0.0.0.0:0"}, 2, "--require-keys"},
		{"public up without keys", []string{"up", "--listen", ":0"}, 2, "--require-keys"},
		{"a factor that shortens limits", []string{"up", "--host-factor", "0.5"}, 2, "--host-factor"},
		{"worker flags of up", []string{"up", "--languages", "cobol"}, 2, "cobol"},
		{"api without redis", []string{"api"}, 2, "--redis"},
		{"worker without redis", []string{"worker"}, 2, "--redis"},
		{"redis that is not there", []string{"worker", "--redis", nobody}, 3, "redis does not answer"},
		{"redis of an unknown kind", []string{"up", "--redis", "gopher://127.0.0.1"}, 3, "gopher"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := start(t, tt.args...)
			if code := d.wait(t).ExitCode(); code != tt.code || !strings.Contains(d.said(), tt.say) {
				t.Errorf("exit code %d, want %d, and %q in:\n%s", code, tt.code, tt.say, d.said())
			}
		})
	}
}

func TestWorkerWithoutImages(t *testing.T) {
	redis := redistest.Start(t)
	d := startIn(t, []string{"DOCKER_HOST=" + engineWithoutImages(t)}, "worker", "--redis", redis)
	if code := d.wait(t).ExitCode(); code != 3 || !strings.Contains(d.said(), "docket images build") {
		t.Errorf("exit code %d:\n%s", code, d.said())
	}
}

// engineWithoutImages stands before the machine's engine and denies its
// images.
func engineWithoutImages(t *testing.T) string {
	t.Helper()
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(&url.URL{Scheme: "http", Host: "engine"}) },
		Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", "/var/run/docker.sock")
		}},
	}
	path := filepath.Join(t.TempDir(), "engine.sock")
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", path)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.URL.Path, "/images/") {
			proxy.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte(`{"message":"No such image"}`))
	})}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(ln) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return "unix://" + path
}

// closedPort is an address at which nobody listens.
func closedPort(t *testing.T) string {
	t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}
