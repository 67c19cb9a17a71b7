package sandbox

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/docker/docker/client"

	"github.com/docketjudge/docket/judge"
)

// hangingEngine is an engine that answers everything up to the request whose
// path ends in one of names, and that one never.
func hangingEngine(t *testing.T, name string) (d *Docker, asked *atomic.Int64) {
	t.Helper()
	asked = new(atomic.Int64)
	socket := filepath.Join(t.TempDir(), "s")
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	over := make(chan struct{})
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, name):
			asked.Add(1)
			<-over
		case strings.HasSuffix(r.URL.Path, "/create"):
			w.WriteHeader(http.StatusCreated)
			_, _ = w.Write([]byte(`{"Id": "0123456789abcdef"}`))
		}
	})}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() {
		close(over)
		_ = server.Close()
	})
	cli, err := client.NewClientWithOpts(client.WithHost("unix://"+socket), client.WithVersion("1.41"))
	if err != nil {
		t.Fatal(err)
	}
	d = &Docker{client: cli, log: slog.New(slog.DiscardHandler)}
	d.complaints.of = make(map[string]*complaint)
	d.config.StartTimeout = 100 * time.Millisecond
	return d, asked
}

// An engine that hangs amid a request would hold a slot, and with it a
// judging, for ever.
func TestRequestsToHangingEngineEnd(t *testing.T) {
	for name, request := range map[string]func(*Docker) error{
		"/create": func(d *Docker) error { return onlyError(d.create(t.Context(), settings{role: python})) },
		"/attach": func(d *Docker) error { return onlyError(d.create(t.Context(), settings{role: python})) },
		"/update": func(d *Docker) error {
			return (&box{id: "0123456789abcdef", role: python, docker: d, stderr: &tail{}}).setMemory(t.Context(), judge.MiB)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d, asked := hangingEngine(t, name)
			ended := make(chan error, 1)
			go func() { ended <- request(d) }()
			select {
			case err := <-ended:
				if !errors.Is(err, context.DeadlineExceeded) || asked.Load() != 1 {
					t.Errorf("after %d requests: %v", asked.Load(), err)
				}
			case <-time.After(time.Minute):
				t.Fatal("it waits for ever")
			}
		})
	}
}

func onlyError(_ *box, err error) error { return err }
