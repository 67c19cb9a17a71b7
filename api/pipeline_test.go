package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
)

func oneConnection(t *testing.T) *http.Transport {
	tr := &http.Transport{MaxConnsPerHost: 1}
	t.Cleanup(tr.CloseIdleConnections)
	return tr
}

func TestBodyCaps(t *testing.T) {
	c := start(t, nil)
	pad := func(n judge.Bytes) string { return goProgram + strings.Repeat(" ", int(n)-len(goProgram)) }
	c.do("POST", "/v1/submissions", pad(maxBody)).decode(t, 202, nil)
	if f := c.do("POST", "/v1/submissions", pad(maxBody+1)).failure(t, 413); f.Code != judge.CodeTooLarge {
		t.Errorf("failure %+v", f)
	}
	c.do("POST", "/v1/submissions", pad(maxBatchBody)).failure(t, 413)
}

// A body beyond every cap is answered without being read.
func TestHugeBodyIsNotRead(t *testing.T) {
	c := start(t, nil)
	conn, err := net.Dial("tcp", c.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "POST /v1/submissions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n{", 1<<40); err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(text, []byte("HTTP/1.1 413 ")) || !bytes.Contains(text, []byte("application/problem+json")) || !bytes.Contains(text, []byte(`"code":"too_large"`)) {
		t.Errorf("answer %s", text)
	}
}

func TestHugeHeadersAndGarbage(t *testing.T) {
	c := start(t, nil)
	// Exactly as long as the server reads: bytes that it leaves would reset the
	// connection, and the answer might be lost.
	long := "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: "
	long += strings.Repeat("a", int(maxHeader)-len(long))
	for request, want := range map[string]string{
		long:                           "HTTP/1.1 431 ",
		"\x16\x03\x01 garbage\r\n\r\n": "HTTP/1.1 400 ",
	} {
		conn, err := net.Dial("tcp", c.addr)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, request); err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(conn)
		if err != nil && len(text) == 0 {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(text, []byte(want)) || !bytes.Contains(text, []byte("application/problem+json")) {
			t.Errorf("%.20q: answer %.300s", request, text)
		}
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestContentTypes(t *testing.T) {
	c := start(t, nil)
	for ct, status := range map[string]int{
		"application/json": 202, "application/json; charset=utf-8": 202, "application/json;charset=UTF-8": 202,
		"application/json; charset=latin1": 415, "text/plain": 415, "application/x-www-form-urlencoded": 415,
		"multipart/form-data; boundary=x": 415, "application/jsonx": 415, ";": 415,
	} {
		if a := c.do("POST", "/v1/submissions", goProgram, "Content-Type", ct); a.status != status {
			t.Errorf("%q: %d, want %d", ct, a.status, status)
		}
	}
	f := c.do("POST", "/v1/submissions", goProgram, "Content-Encoding", "gzip").failure(t, 415)
	if f.Field != "Content-Encoding" || f.Code != codeMediaType {
		t.Errorf("failure %+v", f)
	}
}

func TestMethodsAndPaths(t *testing.T) {
	c := start(t, nil)
	a := c.do("PUT", "/v1/submissions", "")
	if f := a.failure(t, 405); f.Code != codeMethod {
		t.Errorf("failure %+v", f)
	}
	if allow := a.header.Get("Allow"); !strings.Contains(allow, "POST") || !strings.Contains(allow, "GET") {
		t.Errorf("allow %q", allow)
	}
	c.do("GET", "/v1/nothing", "").failure(t, 404)
	c.do("GET", "/V1/languages", "").failure(t, 404)
	a = c.do("HEAD", "/v1/languages", "")
	if a.status != 200 || len(a.body) != 0 || a.header.Get("Content-Length") == "0" {
		t.Errorf("HEAD: %d, %v", a.status, a.header)
	}
}

// lines collects log lines.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

type panicky struct{ Problems }

func (panicky) List(context.Context, ProblemQuery) ([]ProblemSummary, string, error) {
	panic("the secret of the panic")
}

func TestPanicIsLoggedAndHidden(t *testing.T) {
	var log lines
	c := start(t, func(cfg *Config) {
		cfg.Problems = panicky{fakeProblems{}}
		cfg.Log = slog.New(slog.NewTextHandler(&log, nil))
	})
	f := c.do("GET", "/v1/problems", "").failure(t, 500)
	if strings.Contains(fmt.Sprint(f), "secret") {
		t.Errorf("failure %+v", f)
	}
	if got := log.String(); !strings.Contains(got, "the secret of the panic") || !strings.Contains(got, f.RequestID) {
		t.Errorf("log %s", got)
	}
	c.do("GET", "/v1/languages", "").decode(t, 200, nil)
}

func TestRequestIDs(t *testing.T) {
	c := start(t, nil)
	if got := c.do("GET", "/healthz", "", "X-Request-Id", "abc.1").header.Get("X-Request-Id"); got != "abc.1" {
		t.Errorf("id %q", got)
	}
	for _, bad := range []string{strings.Repeat("a", 65), "a b"} {
		if got := c.do("GET", "/healthz", "", "X-Request-Id", bad).header.Get("X-Request-Id"); got == bad || got == "" {
			t.Errorf("id %q for %q", got, bad)
		}
	}
	a, b := c.do("GET", "/healthz", ""), c.do("GET", "/healthz", "")
	if a.header.Get("X-Request-Id") == b.header.Get("X-Request-Id") {
		t.Error("two requests share an id")
	}
}

func TestSecurityHeaders(t *testing.T) {
	c := start(t, nil)
	for _, target := range []string{"/healthz", "/nothing", "/docs"} {
		h := c.do("GET", target, "").header
		if h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") || h.Get("Server") != "" {
			t.Errorf("%s: %v", target, h)
		}
	}
}

func TestOrigins(t *testing.T) {
	closed := start(t, nil)
	if h := closed.do("GET", "/healthz", "", "Origin", "https://a.example").header; h.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("without origins: %v", h)
	}
	rep := closed.submit(goProgram)
	closed.do("DELETE", "/v1/submissions/"+string(rep.ID), "", "Sec-Fetch-Site", "cross-site", "Origin", "https://a.example").failure(t, 403)

	c := start(t, func(cfg *Config) { cfg.AllowOrigins = []string{"https://a.example"} })
	if h := c.do("GET", "/healthz", "", "Origin", "https://a.example").header; h.Get("Access-Control-Allow-Origin") != "https://a.example" || h.Get("Vary") != "Origin" {
		t.Errorf("allowed origin: %v", h)
	}
	if h := c.do("GET", "/healthz", "", "Origin", "https://b.example").header; h.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("other origin: %v", h)
	}
	a := c.do("OPTIONS", "/v1/submissions", "", "Origin", "https://a.example", "Access-Control-Request-Method", "POST")
	if a.status != 204 || !strings.Contains(a.header.Get("Access-Control-Allow-Methods"), "POST") || !strings.Contains(a.header.Get("Access-Control-Allow-Headers"), "Idempotency-Key") {
		t.Errorf("preflight: %d %v", a.status, a.header)
	}
	a = c.do("OPTIONS", "/v1/submissions", "", "Origin", "https://b.example", "Access-Control-Request-Method", "POST")
	if a.header.Get("Access-Control-Allow-Methods") != "" {
		t.Errorf("preflight of another origin: %v", a.header)
	}
	c.submit(goProgram, "Sec-Fetch-Site", "cross-site", "Origin", "https://a.example")
}

func TestReadiness(t *testing.T) {
	var (
		mu      sync.Mutex
		failing error
		asked   int
	)
	c := start(t, func(cfg *Config) {
		cfg.Ready = []Check{{"redis", func(context.Context) error {
			mu.Lock()
			defer mu.Unlock()
			asked++
			return failing
		}}}
	})
	c.do("GET", "/readyz", "").decode(t, 200, nil)
	mu.Lock()
	failing = errors.New("10.0.0.7 is away")
	mu.Unlock()
	var a *reply
	for end := time.Now().Add(time.Minute); ; {
		if a = c.do("GET", "/readyz", ""); a.status != 200 || time.Now().After(end) {
			break
		}
	}
	f := a.failure(t, 503)
	if !strings.Contains(f.Detail, "redis") || strings.Contains(f.Detail, "10.0.0.7") {
		t.Errorf("failure %+v", f)
	}
	if asked != 2 {
		t.Errorf("redis was asked %d times, want once a second", asked)
	}
	c.do("GET", "/healthz", "").decode(t, 200, nil)
}

func TestWholeSystemCap(t *testing.T) {
	now := time.Now()
	var mu sync.Mutex
	depth := 3
	c := start(t, func(cfg *Config) {
		cfg.MaxPending = 5
		cfg.Now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
		cfg.Depths = func(context.Context) ([]Depth, error) {
			mu.Lock()
			defer mu.Unlock()
			return []Depth{{Queue: judge.Default, Pending: depth, Running: 9, Oldest: 2 * time.Second}}, nil
		}
	})
	c.submit(goProgram)
	c.submit(goProgram)
	a := c.do("POST", "/v1/submissions", goProgram)
	if f := a.failure(t, 503); f.Code != judge.CodeUnavailable || a.header.Get("Retry-After") == "" {
		t.Errorf("failure %+v", f)
	}
	mu.Lock()
	depth, now = 0, now.Add(time.Second)
	mu.Unlock()
	c.submit(goProgram)
}

// What is queued is bounded in size too, and what was cancelled frees it.
func TestWholeSystemCapOfBytes(t *testing.T) {
	now := time.Now()
	c := start(t, func(cfg *Config) {
		cfg.MaxPendingBytes = 1000
		cfg.Now = func() time.Time { now = now.Add(time.Second); return now } // requests come one by one
	})
	run := `{"language":"go","source":"x","stdin":"` + strings.Repeat("7", 600) + `"}`
	var first runReply
	c.do("POST", "/v1/runs", run).decode(t, 202, &first)
	c.do("POST", "/v1/runs", run).failure(t, 503)
	c.submit(goProgram)
	c.do("DELETE", "/v1/submissions/"+string(first.ID), "").decode(t, 200, nil)
	c.do("POST", "/v1/runs", run).decode(t, 202, nil)
}

// A page whose name was made to lead to loopback reaches nothing.
func TestForeignNamesAreTurnedAway(t *testing.T) {
	ask := func(c *client, host, method, target string) *reply {
		t.Helper()
		return c.do(method, target, map[string]string{"POST": goProgram}[method], "Host", host)
	}
	c := start(t, func(cfg *Config) { cfg.AllowHosts = []string{"Judge.example", "10.0.0.7"} })
	for _, host := range []string{"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example",
		"judge.example.evil", "10.0.0.8", "[2001:db8::1]:8080", "notlocalhost", "0.0.0.0"} {
		for _, request := range [][2]string{{"POST", "/v1/submissions"}, {"GET", "/v1/submissions"}, {"GET", "/metrics"},
			{"GET", "/healthz"}} {
			if f := ask(c, host, request[0], request[1]).failure(t, 421); f.Code != codeMisdirected || f.Field != "Host" {
				t.Errorf("%s %s under %s: %+v", request[0], request[1], host, f)
			}
		}
	}
	if n := c.store.count("Create") + c.store.count("List"); n != 0 {
		t.Errorf("the store was asked %d times", n)
	}
	for _, host := range []string{"localhost", "LOCALHOST:8080", "localhost.", "app.localhost", "127.0.0.1:1", "127.9.9.9", "[::1]:8080",
		"[::ffff:127.0.0.1]", "judge.example", "JUDGE.example:443", "10.0.0.7:8080"} {
		ask(c, host, "POST", "/v1/submissions").decode(t, 202, nil)
	}
	// Keys are proof enough.
	c = keyed(t, nil)
	c.do("POST", "/v1/submissions", goProgram, "Host", "judge.example", "X-API-Key", "dk_submit").decode(t, 202, nil)
}

func TestMetrics(t *testing.T) {
	depths := func(context.Context) ([]Depth, error) {
		return []Depth{{Queue: judge.Batch, Pending: 7, Running: 2, Oldest: 90 * time.Second}}, nil
	}
	c := start(t, func(cfg *Config) { cfg.Depths = depths })
	c.submit(goProgram)
	c.do("GET", "/v1/nothing", "").failure(t, 404)
	text := string(c.do("GET", "/metrics", "").body)
	for _, want := range []string{
		`docket_queue_depth{queue="batch",state="pending"} 7`, `docket_queue_depth{queue="batch",state="running"} 2`,
		`docket_queue_depth{queue="interactive",state="pending"} 0`, `docket_queue_oldest_seconds{queue="batch"} 90`,
		`docket_queue_depth_up 1`, `docket_accepted_total{kind="submission",language="go"} 1`,
		`docket_http_request_duration_seconds_count{code="202",method="POST",route="/v1/submissions"} 1`,
		`docket_http_request_duration_seconds_count{code="404",method="GET",route="unmatched"} 1`,
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("no %s", want)
		}
	}
	c = start(t, func(cfg *Config) {
		cfg.Depths = func(context.Context) ([]Depth, error) { return nil, errors.New("away") }
	})
	if text := string(c.do("GET", "/metrics", "").body); !strings.Contains(text, "docket_queue_depth_up 0\n") {
		t.Errorf("metrics %s", text)
	}
}

func TestAccessLog(t *testing.T) {
	var log lines
	c := start(t, func(cfg *Config) {
		cfg.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelInfo}))
	})
	c.do("GET", "/healthz", "").decode(t, 200, nil)
	if got := log.String(); got != "" {
		t.Errorf("what went well is logged above debug: %s", got)
	}
	c.do("GET", "/v1/problems/nothing", "").failure(t, 404)
	if got := log.String(); !strings.Contains(got, "status=404") || !strings.Contains(got, "route=/v1/problems/{slug}") {
		t.Errorf("log %s", got)
	}
}

func TestConfig(t *testing.T) {
	good := Config{Store: newFakeStore(), Queue: &fakeQueue{}, Problems: fakeProblems{}}
	for name, change := range map[string]func(*Config){
		"no store": func(c *Config) { c.Store = nil }, "no queue": func(c *Config) { c.Queue = nil },
		"no problems": func(c *Config) { c.Problems = nil }, "negative": func(c *Config) { c.KeyQuota.Pending.Bytes = -1 },
		"cap without depths": func(c *Config) { c.MaxPending = 1 }, "timeout": func(c *Config) { c.Heartbeat = -1 },
	} {
		cfg := good
		change(&cfg)
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := New(good); err != nil {
		t.Error(err)
	}
}
