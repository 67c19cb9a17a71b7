package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// contract holds every request and answer of the tests against the OpenAPI
// document that the server itself gives out.
type contract struct {
	doc      map[string]any
	compiler *jsonschema.Compiler
	mu       sync.Mutex
	compiled map[string]*jsonschema.Schema
}

var (
	contracts sync.Map // document to *contract
	seen      sync.Map // "operationId status" to true
)

func contractOf(t testing.TB, document []byte) *contract {
	t.Helper()
	if c, ok := contracts.Load(string(document)); ok {
		return c.(*contract)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	doc := parsed.(map[string]any)
	// Answers may grow, but what this version gives is to be in the document.
	for _, s := range doc["components"].(map[string]any)["schemas"].(map[string]any) {
		if s := s.(map[string]any); s["additionalProperties"] == nil {
			s["additionalProperties"] = false
		}
	}
	c := &contract{doc: doc, compiler: jsonschema.NewCompiler(), compiled: map[string]*jsonschema.Schema{}}
	c.compiler.AssertFormat()
	if err := c.compiler.AddResource("mem://openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	contracts.Store(string(document), c)
	return c
}

func escape(s string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(s)
}

// schema compiles the schema at a place in the document.
func (c *contract) schema(parts ...string) (*jsonschema.Schema, error) {
	at := "mem://openapi.json#"
	for _, p := range parts {
		at += "/" + url.PathEscape(escape(p))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.compiled[at]; s != nil {
		return s, nil
	}
	s, err := c.compiler.Compile(at)
	if err == nil {
		c.compiled[at] = s
	}
	return s, err
}

func at(v any, parts ...string) any {
	for _, p := range parts {
		m, _ := v.(map[string]any)
		v = m[p]
	}
	return v
}

// operation finds the path template of a request.
func (c *contract) operation(method, path string) (template string, ok bool) {
	best := ""
	for tmpl, ops := range c.doc["paths"].(map[string]any) {
		if at(ops, strings.ToLower(method)) == nil {
			continue
		}
		re := regexp.MustCompile("^" + regexp.MustCompile(`\\\{\w+\\\}`).ReplaceAllString(regexp.QuoteMeta(tmpl), "[^/]+") + "$")
		if re.MatchString(path) && (best == "" || !strings.Contains(tmpl, "{")) {
			best = tmpl
		}
	}
	return best, best != ""
}

func valid(s *jsonschema.Schema, body []byte) error {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

// check reports what in an exchange is not as the document says.
func (c *contract) check(method, target string, sent []byte, a *reply) error {
	u, err := url.Parse(target)
	if err != nil {
		return err
	}
	tmpl, ok := c.operation(method, u.Path)
	if !ok {
		if a.status != http.StatusNotFound && a.status != http.StatusMethodNotAllowed {
			return fmt.Errorf("the document has no %s %s, and it answered %d", method, u.Path, a.status)
		}
		s, err := c.schema("components", "schemas", "Failure")
		if err != nil {
			return err
		}
		return valid(s, a.body)
	}
	op := at(c.doc, "paths", tmpl, strings.ToLower(method))
	if a.status < 300 {
		if at(op, "requestBody") != nil {
			s, err := c.schema("paths", tmpl, strings.ToLower(method), "requestBody", "content", "application/json", "schema")
			if err != nil {
				return err
			}
			if err := valid(s, sent); err != nil {
				return fmt.Errorf("a body was accepted that the document forbids: %w", err)
			}
		}
		for name := range u.Query() {
			if !hasParam(op, "query", name) {
				return fmt.Errorf("query parameter %s was accepted and is not in the document", name)
			}
		}
	}
	status := fmt.Sprint(a.status)
	seen.Store(fmt.Sprint(at(op, "operationId"), " ", status), true)
	if at(op, "responses", status) == nil {
		if a.status < 400 {
			return fmt.Errorf("answer %s of %s %s is not in the document", status, method, tmpl)
		}
		status = "default"
	}
	response := at(op, "responses", status)
	content, _ := at(response, "content").(map[string]any)
	if len(content) == 0 {
		if len(a.body) > 0 {
			return fmt.Errorf("%s %s answered %s with a body that is not in the document", method, tmpl, status)
		}
		return nil
	}
	media, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	if content[media] == nil {
		return fmt.Errorf("%s %s answered %s as %q, which is not in the document", method, tmpl, status, media)
	}
	headers, _ := at(response, "headers").(map[string]any)
	for _, h := range []string{"Location", "Idempotency-Replayed", "Retry-After", "Www-Authenticate", "X-Request-Id"} {
		documented := headers[h] != nil || h == "Www-Authenticate" && (headers["WWW-Authenticate"] != nil || a.status == 403)
		if a.header.Get(h) != "" && !documented {
			return fmt.Errorf("%s %s answered %s with header %s, which is not in the document", method, tmpl, status, h)
		}
	}
	s, err := c.schema("paths", tmpl, strings.ToLower(method), "responses", status, "content", media, "schema")
	if err != nil {
		return err
	}
	switch {
	case media == "text/event-stream":
		for _, e := range parseEvents(a.body) {
			if err := valid(s, []byte(e.data)); err != nil {
				return fmt.Errorf("event %s is not as the document says: %w", e.data, err)
			}
		}
		return nil
	case !strings.Contains(media, "json"):
		return nil
	}
	if err := valid(s, a.body); err != nil {
		return fmt.Errorf("%s %s answered %d with what the document does not allow: %w\n%s", method, tmpl, a.status, err, a.body)
	}
	return nil
}

func hasParam(op any, in, name string) bool {
	params, _ := at(op, "parameters").([]any)
	for _, p := range params {
		if at(p, "in") == in && at(p, "name") == name {
			return true
		}
	}
	return false
}

// client talks to a server under test.
type client struct {
	t        *testing.T
	server   *Server
	store    *fakeStore
	queue    *fakeQueue
	addr     string
	http     *http.Client
	contract *contract
	headers  map[string]string // sent with every request
}

type reply struct {
	status int
	header http.Header
	body   []byte
}

// start serves an API with fakes behind it on a real listener.
func start(t *testing.T, change func(*Config)) *client {
	t.Helper()
	c := &client{t: t, store: newFakeStore(), queue: &fakeQueue{}}
	cfg := Config{Store: c.store, Queue: c.queue, Problems: fakeProblems{}, Log: quiet()}
	if change != nil {
		change(&cfg)
	}
	server, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	c.server, c.contract = server, contractOf(t, server.Document())
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.addr = ln.Addr().String()
	served := make(chan error, 1)
	go func() { served <- server.Serve(t.Context(), ln) }()
	transport := &http.Transport{}
	c.http = &http.Client{Transport: transport}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		// The test's own context is done by now, which ends the serving.
		if err := <-served; err != nil {
			t.Errorf("serving: %v", err)
		}
	})
	return c
}

// do sends a request and holds it and its answer against the document. Header
// pairs follow the body.
func (c *client) do(method, target, body string, headers ...string) *reply {
	c.t.Helper()
	a, err := c.try(method, target, body, headers...)
	if err != nil {
		c.t.Fatal(err)
	}
	return a
}

func (c *client) try(method, target, body string, headers ...string) (*reply, error) {
	req, err := http.NewRequest(method, "http://"+c.addr+target, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for k, v := range c.headers {
		req.Header.Set(k, v)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	req.Host = req.Header.Get("Host") // empty for that of the URL
	res, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	a := &reply{status: res.StatusCode, header: res.Header, body: text}
	if method == http.MethodHead || method == http.MethodOptions {
		return a, nil
	}
	return a, c.contract.check(method, target, []byte(body), a)
}

// decode reads the body of an answer that must have a status.
func (a *reply) decode(t *testing.T, status int, v any) {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	if v == nil {
		return
	}
	if err := json.Unmarshal(a.body, v); err != nil {
		t.Fatalf("decoding %s: %v", a.body, err)
	}
}

// failure reads the body of an answer that must be a failure.
func (a *reply) failure(t *testing.T, status int) Failure {
	t.Helper()
	var f Failure
	a.decode(t, status, &f)
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("content type %q, want application/problem+json", got)
	}
	if f.RequestID == "" || f.RequestID != a.header.Get("X-Request-Id") {
		t.Errorf("request id %q in the body, %q in the header", f.RequestID, a.header.Get("X-Request-Id"))
	}
	if f.Status != status {
		t.Errorf("status %d in the body, %d on the answer", f.Status, status)
	}
	return f
}

// sseEvent is one event as it came over the wire.
type sseEvent struct{ id, kind, data string }

func parseEvents(b []byte) []sseEvent {
	var out []sseEvent
	for block := range strings.SplitSeq(string(b), "\n\n") {
		var e sseEvent
		for line := range strings.SplitSeq(block, "\n") {
			name, value, _ := strings.Cut(line, ": ")
			switch name {
			case "id":
				e.id = value
			case "event":
				e.kind = value
			case "data":
				e.data = value
			}
		}
		if e.data != "" {
			out = append(out, e)
		}
	}
	return out
}
