// Package redistest gives tests a Redis: the real server, or the one that
// Docket embeds.
package redistest

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alicebob/miniredis/v2"
)

// Start runs a redis-server for the length of a test and returns its URL. It
// listens on a free port of the loopback and keeps nothing. The test fails
// when there is no redis-server.
func Start(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		t.Fatalf("redis-server is not on the PATH: this test needs the real server (apt-get install redis-server): %v", err)
	}
	var said string
	for range 5 { // another process may take the port before the server does
		port := freePort(t)
		out, ok := run(t, "Ready to accept connections", path,
			"--bind", "127.0.0.1", "--port", fmt.Sprint(port), "--dir", t.TempDir(),
			"--save", "", "--appendonly", "no", "--daemonize", "no")
		if ok {
			return fmt.Sprintf("redis://127.0.0.1:%d/0", port)
		}
		said = out
	}
	t.Fatalf("redis-server does not start; it said:\n%s", said)
	return ""
}

// Sentinel runs a redis-server and a sentinel that watches it, and returns
// the URL by which the server is found through the sentinel.
func Sentinel(t testing.TB) string {
	t.Helper()
	server := strings.TrimSuffix(strings.TrimPrefix(Start(t), "redis://127.0.0.1:"), "/0")
	path, err := exec.LookPath("redis-server")
	if err != nil {
		t.Fatal(err)
	}
	var said string
	for range 5 {
		port := freePort(t)
		conf := filepath.Join(t.TempDir(), "sentinel.conf") // the sentinel rewrites it
		text := fmt.Sprintf("bind 127.0.0.1\nport %d\ndir %s\nsentinel monitor main 127.0.0.1 %s 1\n",
			port, filepath.Dir(conf), server)
		if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		out, ok := run(t, "+monitor master main", path, conf, "--sentinel")
		if ok {
			return fmt.Sprintf("redis-sentinel://127.0.0.1:%d/main", port)
		}
		said = out
	}
	t.Fatalf("the sentinel does not start; it said:\n%s", said)
	return ""
}

// Embedded runs a miniredis for the length of a test and returns its URL. Its
// clock runs, but nothing in it expires.
func Embedded(t testing.TB) string {
	t.Helper()
	m := miniredis.NewMiniRedis()
	if err := m.Start(); err != nil {
		t.Fatalf("miniredis does not start: %v", err)
	}
	t.Cleanup(m.Close)
	return "redis://" + m.Addr() + "/0"
}

// Each runs a test against both.
func Each(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("redis", func(t *testing.T) { test(t, Start(t)) })
	t.Run("miniredis", func(t *testing.T) { test(t, Embedded(t)) })
}

// run starts a server under a shell that ends it when the test's end of a
// pipe is gone: a test that is killed leaves no server behind. It waits for
// the server to say that it is ready, and answers what it said if it ended.
func run(t testing.TB, ready string, command ...string) (said string, ok bool) {
	t.Helper()
	const script = `"$@" </dev/null & server=$!
(read -r _; kill -9 $server) <&3 2>/dev/null & watch=$!
wait $server; kill $watch 2>/dev/null`
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), "/bin/sh", append([]string{"-c", "exec 3<&0; " + script, "sh"}, command...)...)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting redis-server: %v", err)
	}
	var out strings.Builder
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		out.WriteString(lines.Text() + "\n")
		if !strings.Contains(lines.Text(), ready) {
			continue
		}
		drained := make(chan struct{})
		go func() { // a full pipe would stop the server
			defer close(drained)
			for lines.Scan() {
			}
		}()
		t.Cleanup(func() {
			_ = stdin.Close()
			<-drained
			_ = cmd.Wait() // killed: its status says nothing
		})
		return "", true
	}
	_ = stdin.Close()
	_ = cmd.Wait()
	return out.String(), false
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}
