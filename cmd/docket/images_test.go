package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/docketjudge/docket/sandbox/engine"
)

// engineWithOldImage gives the machine's engine an image as another build of
// docket would leave it, and stands before the engine such that of docket's
// images only this one and those of this build are listed: what other builds
// really left is not the test's to remove.
func engineWithOldImage(t testing.TB) (ref, host string) {
	t.Helper()
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", "/var/run/docker.sock")
	}}
	t.Cleanup(transport.CloseIdleConnections)
	const repo = "docket/go-run"
	tag := "old-" + uuid.NewString()
	ref = repo + ":" + tag
	query := url.Values{"fromSrc": {"-"}, "repo": {repo}, "tag": {tag}, "changes": {"LABEL docket.digest=" + tag}}
	emptyTar := bytes.NewReader(make([]byte, 1024))
	if said, status := ask(t, transport, http.MethodPost, "/images/create?"+query.Encode(), emptyTar); status != http.StatusOK {
		t.Fatalf("importing an image: %d %s", status, said)
	}
	t.Cleanup(func() { ask(t, transport, http.MethodDelete, "/images/"+ref, nil) }) // if it is still there

	shown := []string{ref}
	all, err := engine.Images(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range all {
		shown = append(shown, i.Ref)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(&url.URL{Scheme: "http", Host: "engine"}) },
		Transport: transport,
		ModifyResponse: func(r *http.Response) error {
			if !strings.HasSuffix(r.Request.URL.Path, "/images/json") {
				return nil
			}
			return showOnly(r, shown)
		},
	}
	path := filepath.Join(t.TempDir(), "engine.sock")
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", path)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: proxy}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(ln) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return ref, "unix://" + path
}

// showOnly leaves only images with one of these names in a list of images.
func showOnly(r *http.Response, refs []string) error {
	var all []map[string]any
	if err := json.NewDecoder(r.Body).Decode(&all); err != nil {
		return err
	}
	_ = r.Body.Close()
	all = slices.DeleteFunc(all, func(i map[string]any) bool {
		tags, _ := i["RepoTags"].([]any)
		return !slices.ContainsFunc(tags, func(tag any) bool {
			name, _ := tag.(string)
			return slices.Contains(refs, name)
		})
	})
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	r.Body = io.NopCloser(bytes.NewReader(text))
	r.ContentLength = int64(len(text))
	r.Header.Set("Content-Length", strconv.Itoa(len(text)))
	return nil
}

// ask sends the engine a request and waits for all of its answer.
func ask(t testing.TB, engine http.RoundTripper, method, path string, body io.Reader) (said string, status int) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), method, "http://engine"+path, body)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := engine.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text), resp.StatusCode
}
