package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// serveDefaults serves an API without workers, with the settings that docket
// has by itself, and returns its address.
func serveDefaults(t *testing.T, args ...string) (base string, n *node) {
	t.Helper()
	var c apiCmd
	k, err := kong.New(&c, kong.Vars{})
	if err != nil {
		t.Fatal(err)
	}
	args = append(args, "--redis", redistest.Start(t), "--listen", "127.0.0.1:0")
	if _, err := k.Parse(args); err != nil {
		t.Fatal(err)
	}
	n, err = openNode(t.Context(), c.storeFlags, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := c.open(nil)
	if err != nil {
		t.Fatal(err)
	}
	var server sync.WaitGroup
	listening := make(chan net.Addr, 1)
	server.Go(func() {
		err := n.serveAPI(t.Context(), c.apiFlags, catalog, nil, nil, func(a net.Addr) { listening <- a })
		if err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { // the test's context is done by now
		server.Wait()
		n.close()
	})
	return "http://" + (<-listening).String(), n
}

// usedMemory is what Redis has for its data, in bytes.
func usedMemory(t *testing.T, n *node) int {
	t.Helper()
	info, err := n.store.Client().Info(t.Context(), "memory").Result()
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`used_memory:(\d+)`).FindStringSubmatch(info)
	if m == nil {
		t.Fatalf("no used_memory in:\n%s", info)
	}
	used, err := strconv.Atoi(m[1])
	if err != nil {
		t.Fatal(err)
	}
	return used
}

// request sends a request with a key and reads the answer.
func request(t *testing.T, method, url, key string, body []byte) (status int, answer []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-API-Key", key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if answer, err = io.ReadAll(resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, answer
}

// A key that sends large runs and cancels each at once fills neither Redis nor
// the queue, and is told to slow down, with the bounds that docket has by
// itself; ordinary submissions in between are taken.
func TestSubmitAndCancelFillsNothing(t *testing.T) {
	defer http.DefaultClient.CloseIdleConnections()
	base, n := serveDefaults(t, "--require-keys")
	_, key, err := n.store.CreateKey(t.Context(), "flooder", []judge.Scope{judge.ScopeSubmit})
	if err != nil {
		t.Fatal(err)
	}
	_, other, err := n.store.CreateKey(t.Context(), "website", []judge.Scope{judge.ScopeSubmit})
	if err != nil {
		t.Fatal(err)
	}
	const size = 1 << 20
	run := []byte(`{"language":"python","source":"pass","stdin":"` + strings.Repeat("7", size) + `"}`)
	before, sent, refused := usedMemory(t, n), 0, 0
	for range 150 {
		status, answer := request(t, http.MethodPost, base+"/v1/runs", key, run)
		switch status {
		case http.StatusAccepted:
			sent++
		case http.StatusTooManyRequests:
			refused++
			continue
		default:
			t.Fatalf("status %d: %s", status, answer)
		}
		var rep struct{ ID string }
		if err := json.Unmarshal(answer, &rep); err != nil {
			t.Fatal(err)
		}
		if status, answer := request(t, http.MethodDelete, base+"/v1/submissions/"+rep.ID, key, nil); status != http.StatusOK {
			t.Fatalf("cancelling: status %d: %s", status, answer)
		}
		if sent%10 == 0 {
			website := fmt.Appendf(nil, `{"problem":"log-top-k","language":"python","source":"# %d"}`, sent)
			if status, answer := request(t, http.MethodPost, base+"/v1/submissions", other, website); status != http.StatusAccepted {
				t.Fatalf("another key: status %d: %s", status, answer)
			}
		}
	}
	if sent < 60 {
		t.Errorf("only %d were accepted", sent)
	}
	// A slow host may take more than the minute in which 64 MiB are too much.
	t.Logf("%d accepted, %d refused", sent, refused)
	if grown := usedMemory(t, n) - before; grown > sent*size/4 {
		t.Errorf("Redis grew by %d bytes for %d runs of %d that were all cancelled", grown, sent, size)
	}
	depths, err := n.tasks.Depths(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	pending := 0
	for _, d := range depths {
		pending += d.Pending
	}
	if want := sent / 10; pending != want {
		t.Errorf("the queue holds %d tasks, want the %d of the other key", pending, want)
	}
}
