package sandbox

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/docker/docker/client"

	"github.com/docketjudge/docket/judge"
)

// engine answers all requests but those that end in one name, as long as it
// hangs.
type engine struct {
	client *client.Client
	asked  atomic.Int64 // how often it hung
	mend   func()

	mu      sync.Mutex
	made    []string // names of containers
	removed []string
}

func hangingEngine(t *testing.T, name string) *engine {
	t.Helper()
	e := &engine{}
	socket := filepath.Join(t.TempDir(), "s")
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	over := make(chan struct{})
	e.mend = sync.OnceFunc(func() { close(over) })
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, name) {
			e.asked.Add(1)
			<-over
		}
		e.mu.Lock()
		defer e.mu.Unlock()
		switch {
		case strings.HasSuffix(r.URL.Path, "/create"):
			e.made = append(e.made, r.URL.Query().Get("name"))
			w.WriteHeader(http.StatusCreated)
			_, _ = w.Write([]byte(`{"Id": "0123456789abcdef"}`))
		case r.Method == http.MethodDelete && !slices.Contains(e.made, path.Base(r.URL.Path)):
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"message": "No such container"}`))
		case r.Method == http.MethodDelete:
			e.removed = append(e.removed, path.Base(r.URL.Path))
		}
	})}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() {
		e.mend()
		_ = server.Close()
	})
	e.client, err = client.NewClientWithOpts(client.WithHost("unix://"+socket), client.WithVersion("1.41"))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// docker is a sandbox that did not ask the engine anything yet.
func (e *engine) docker() *Docker {
	d := &Docker{client: e.client, log: slog.New(slog.DiscardHandler)}
	d.complaints.of = make(map[string]*complaint)
	d.config.StartTimeout = time.Second
	return d
}

// An engine that hangs amid a request would hold a slot, and with it a
// judging, for ever.
func TestRequestsToHangingEngineEnd(t *testing.T) {
	for name, request := range map[string]func(*Docker) error{
		"/containers/create": func(d *Docker) error { return onlyError(d.create(t.Context(), settings{role: pythonRun})) },
		"/attach":            func(d *Docker) error { return onlyError(d.create(t.Context(), settings{role: pythonRun})) },
		"/update": func(d *Docker) error {
			return (&box{id: "0123456789abcdef", role: pythonRun, docker: d, stderr: &tail{}}).setMemory(t.Context(), judge.MiB)
		},
		"/info": func(d *Docker) error {
			_, err := New(t.Context(), Config{Worker: "w", Client: d.client, StartTimeout: d.config.StartTimeout})
			return err
		},
		"/containers/json": func(d *Docker) error {
			_, err := d.Reap(t.Context(), func(string) bool { return true })
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := hangingEngine(t, name)
			ended := make(chan error, 1)
			go func() { ended <- request(e.docker()) }()
			select {
			case err := <-ended:
				if !errors.Is(err, context.DeadlineExceeded) || e.asked.Load() != 1 {
					t.Errorf("after %d requests: %v", e.asked.Load(), err)
				}
			case <-time.After(time.Minute):
				t.Fatal("it waits for ever")
			}
		})
	}
}

func onlyError(_ *box, err error) error { return err }

// What the engine makes after nobody waits for it any more is removed.
func TestLateContainersAreRemoved(t *testing.T) {
	e := hangingEngine(t, "/containers/create")
	d := e.docker()
	if _, err := d.create(t.Context(), settings{role: pythonRun}); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	d.removeLost(t.Context()) // too early
	e.mend()
	late := time.After(time.Minute)
	for {
		e.mu.Lock()
		made := len(e.made)
		e.mu.Unlock()
		if made > 0 {
			break
		}
		select {
		case <-time.After(time.Millisecond):
		case <-late:
			t.Fatal("the engine does not go on")
		}
	}
	d.removeLost(t.Context())
	d.removeLost(t.Context()) // nothing is left
	if len(e.made) != 1 || e.made[0] == "" || !slices.Equal(e.made, e.removed) {
		t.Errorf("%q were made and %q removed", e.made, e.removed)
	}
}

// A box that does not answer, as behind a connection that died in silence,
// holds nobody up.
func TestSiftDoesNotWaitForDeadBoxes(t *testing.T) {
	const boxes = 6 // one after the other they would be waited for much longer
	d := hangingEngine(t, "/nothing").docker()
	s := &slot{docker: d, shelf: map[*role][]*box{}}
	for range boxes {
		ours, theirs := net.Pipe()
		t.Cleanup(func() { _ = theirs.Close() })
		go func() { _, _ = io.Copy(io.Discard, theirs) }()
		b := &box{id: "0123456789abcdef", role: goRun, docker: d}
		b.connect(ours, bufio.NewReader(ours))
		s.shelf[goRun] = append(s.shelf[goRun], b)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	sifted := make(chan struct{})
	go func() { defer close(sifted); s.sift(ctx) }()
	select {
	case <-sifted:
	case <-time.After(boxes * patience / 2):
		t.Fatal("it waits for every box")
	}
	d.refill.Wait()
	if kept := len(s.shelf[goRun]); kept != 0 || s.died != boxes {
		t.Errorf("%d boxes are kept, %d have died", kept, s.died)
	}
}
