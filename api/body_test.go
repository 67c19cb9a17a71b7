package api

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

func dial(t *testing.T, c *client) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", c.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// say sends a request in pieces over one connection.
func say(t *testing.T, conn net.Conn, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if _, err := io.WriteString(conn, p); err != nil {
			t.Fatal(err)
		}
	}
}

func hear(t *testing.T, r *bufio.Reader) (status int, body string) {
	t.Helper()
	resp, err := http.ReadResponse(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func liveHeap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Whoever only announces a large body gets no memory for it, least of all
// without a key.
func TestAnnouncedBodiesCostNothing(t *testing.T) {
	for _, keys := range []bool{true, false} {
		c := start(t, func(cfg *Config) { cfg.RequireKeys = keys })
		const conns = 200
		before := liveHeap()
		for range conns {
			conn := dial(t, c)
			say(t, conn, fmt.Sprintf("POST /v1/submissions/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"+
				"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n", maxBatchBody))
			// The server says so when it goes on to the body.
			if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.Contains(line, " 100 ") {
				t.Fatalf("%q, %v", line, err)
			}
			say(t, conn, "{")
		}
		if grown := int64(liveHeap()) - int64(before); grown > conns*int64(maxBatchBody)/16 {
			t.Errorf("keys %v: %d connections that sent a header each took %d MiB", keys, conns, grown>>20)
		}
	}
}

// Without a key nothing of a body is kept, but its sender hears why, on a
// connection that goes on.
func TestKeyComesBeforeTheBody(t *testing.T) {
	c := keyed(t, nil)
	conn := dial(t, c)
	answers := bufio.NewReader(conn)
	for _, body := range []string{"Content-Length: 3000000\r\n\r\n" + strings.Repeat("x", 3_000_000),
		"Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("10000\r\n"+strings.Repeat("x", 0x10000)+"\r\n", 20) + "0\r\n\r\n"} {
		sent := make(chan struct{})
		go func() {
			defer close(sent)
			say(t, conn, "POST /v1/submissions/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n", body)
		}()
		if status, text := hear(t, answers); status != 401 {
			t.Errorf("status %d: %s", status, text)
		}
		<-sent
	}
	say(t, conn, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
	if status, _ := hear(t, answers); status != 200 {
		t.Errorf("the connection serves no more: %d", status)
	}
}

// What a body holds is never taken for the next request, whatever its route
// does with it.
func TestBodiesAreNotRequests(t *testing.T) {
	c := start(t, nil)
	hidden := "DELETE /v1/problems HTTP/1.1\r\nHost: localhost\r\n\r\n" // answered 405
	long := strings.Repeat(hidden, 400)
	for _, first := range []struct {
		request string
		status  int
	}{
		{"GET /healthz", 200}, {"DELETE /healthz", 405}, {"POST /nowhere", 404}, {"BREW /healthz", 400},
		{"POST /v1/submissions", 400}, {"POST /v1/runs", 400},
	} {
		for name, body := range map[string]string{
			"short":   fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(hidden), hidden),
			"long":    fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(long), long),
			"chunked": fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(long), long),
		} {
			conn := dial(t, c)
			say(t, conn, first.request+" HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"+body+
				"GET /v1/languages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
			answers := bufio.NewReader(conn)
			if status, text := hear(t, answers); status != first.status {
				t.Errorf("%s, %s: status %d, want %d: %s", first.request, name, status, first.status, text)
			}
			if status, text := hear(t, answers); status != 200 || !strings.Contains(text, "python") {
				t.Errorf("%s, %s: then %d: %s", first.request, name, status, text)
			}
			if rest, err := io.ReadAll(answers); err != nil || len(rest) > 0 {
				t.Errorf("%s, %s: more answers than requests: %.200s, %v", first.request, name, rest, err)
			}
		}
	}
}

func TestChunkedBodies(t *testing.T) {
	c := start(t, nil)
	post := func(path, body string, size int) (int, string) {
		t.Helper()
		conn := dial(t, c)
		var b strings.Builder
		for part := body; len(part) > 0; part = part[min(size, len(part)):] {
			p := part[:min(size, len(part))]
			fmt.Fprintf(&b, "%x\r\n%s\r\n", len(p), p)
		}
		say(t, conn, "POST "+path+" HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", b.String(), "0\r\n\r\n")
		return hear(t, bufio.NewReader(conn))
	}
	pad := func(n judge.Bytes) string { return goProgram + strings.Repeat(" ", int(n)-len(goProgram)) }
	for _, n := range []judge.Bytes{judge.Bytes(len(goProgram)), smallBody - 1, smallBody, smallBody + 1, maxBody} {
		if status, text := post("/v1/submissions", pad(n), 4000); status != 202 {
			t.Errorf("%d bytes: status %d: %s", n, status, text)
		}
	}
	if status, text := post("/v1/submissions", pad(maxBody+1), 4000); status != 413 {
		t.Errorf("one byte too many: status %d: %s", status, text)
	}
	conn := dial(t, c)
	say(t, conn, "POST /v1/submissions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
	if status, text := hear(t, bufio.NewReader(conn)); status != 400 {
		t.Errorf("malformed chunks: status %d: %s", status, text)
	}
}

// Large bodies that arrive at one time are bounded together; small ones pass.
func TestLargeBodiesAreBoundedTogether(t *testing.T) {
	c := start(t, nil)
	c.server.bodies = newShares(int64(maxBody)+1000, 0)
	large := goProgram + strings.Repeat(" ", int(maxBody)-len(goProgram))
	if !c.server.bodies.take("", 1001) {
		t.Fatal("nothing was free")
	}
	c.do("POST", "/v1/submissions", large).failure(t, 503)
	c.submit(goProgram)
	c.server.bodies.give("", 1001)
	c.do("POST", "/v1/submissions", large).decode(t, 202, nil)
	if c.server.bodies.used != 0 || len(c.server.bodies.by) != 0 {
		t.Errorf("left over: %+v", c.server.bodies)
	}
}

func TestShares(t *testing.T) {
	s := newShares(10, 4)
	for i, step := range []struct {
		key  string
		n    int64
		want bool
	}{{"a", 4, true}, {"a", 1, false}, {"b", 3, true}, {"", 3, true}, {"b", 1, false}} {
		if got := s.take(step.key, step.n); got != step.want {
			t.Errorf("step %d: %v", i, got)
		}
	}
	s.give("a", 4)
	if !s.take("c", 4) || s.take("", 1) {
		t.Errorf("after giving back: %+v", s)
	}
}

func TestConnectionsAreBounded(t *testing.T) {
	c := start(t, func(cfg *Config) { cfg.MaxConnsPerAddress = 2 })
	ask := "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
	first, second := dial(t, c), dial(t, c)
	for _, conn := range []net.Conn{first, second} {
		say(t, conn, ask)
		if status, _ := hear(t, bufio.NewReader(conn)); status != 200 {
			t.Fatalf("status %d", status)
		}
	}
	if status, _ := hear(t, bufio.NewReader(dial(t, c))); status != 503 {
		t.Errorf("a third connection: %d", status)
	}
	// Its place is free when the server has noticed that the client left.
	say(t, first, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	if rest, err := io.ReadAll(first); err != nil || len(rest) == 0 {
		t.Fatalf("%q, %v", rest, err)
	}
	for {
		conn := dial(t, c)
		_, _ = io.WriteString(conn, ask) // one that is turned away may be closed by now
		if line, err := bufio.NewReader(conn).ReadString('\n'); err == nil && strings.Contains(line, " 200 ") {
			break
		}
		if t.Context().Err() != nil {
			t.Fatal("no place became free")
		}
	}
}

func TestAddressOf(t *testing.T) {
	for addr, want := range map[string]string{
		"192.0.2.7": "192.0.2.7/32", "::ffff:192.0.2.7": "192.0.2.7/32",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
	} {
		if got := addressOf(net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(addr), 1))); got.String() != want {
			t.Errorf("%s counts as %s, want %s", addr, got, want)
		}
	}
	if addressOf(&net.UnixAddr{}).IsValid() {
		t.Error("a socket has an address")
	}
}
