package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/docketjudge/docket/judge"
)

// request is one request on its way through a route.
type request struct {
	*fiber.Ctx
	route *route
	id    string
	key   judge.Key // zero where no keys are required

	secret string // the key's, which only a lookup may see
}

var requests = sync.Pool{New: func() any { return new(request) }}

// register gives every route of the table to fiber.
func (s *Server) register() {
	paths := make(map[string][]string)
	for i := range s.routes {
		rt := &s.routes[i]
		path := fiberPath(rt.path)
		s.app.Add(rt.method, path, s.through(rt))
		paths[path] = append(paths[path], rt.method)
		if rt.method == http.MethodGet && !rt.stream {
			s.app.Add(http.MethodHead, path, s.through(rt))
		}
	}
	if !s.origins.none() {
		for path, methods := range paths {
			s.app.Options(path, s.preflight(methods))
		}
	}
}

// fiberPath turns /a/{b} into /a/:b.
func fiberPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// through is the way of every request to a route.
func (s *Server) through(rt *route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		began := time.Now()
		r, _ := requests.Get().(*request)
		*r = request{Ctx: c, route: rt, id: s.requestID(c)}
		s.prepare(c, r.id)
		err := s.answer(r)
		if err != nil {
			s.fail(c, r.id, err)
		}
		s.account(c, rt.path, r.id, r.key.ID, time.Since(began), err)
		*r = request{}
		requests.Put(r)
		return nil
	}
}

// unrouted answers what matched no route or was not HTTP at all.
func (s *Server) unrouted(c *fiber.Ctx, err error) error {
	began := time.Now()
	id := s.requestID(c)
	s.prepare(c, id)
	s.fail(c, id, err)
	s.account(c, "unmatched", id, "", time.Since(began), err)
	return nil
}

// answer takes a request through the checks that its route asks for and then
// to its handler.
func (s *Server) answer(r *request) (err error) {
	defer func() {
		if v := recover(); v != nil {
			s.cfg.Log.Error("panic while answering", "request_id", r.id, "route", r.route.path,
				"panic", v, "stack", string(debug.Stack()))
			err = fmt.Errorf("answering %s %s: panic: %v", r.route.method, r.route.path, v)
		}
	}()
	if err := s.sameSite(r); err != nil {
		return err
	}
	if err := s.authenticate(r); err != nil {
		return err
	}
	if err := checkQuery(r); err != nil {
		return err
	}
	if r.route.body == nil {
		discard(r.Context())
	} else if err := checkBody(r); err != nil {
		return err
	}
	return r.route.handle(s, r)
}

// checkQuery refuses query parameters that the route does not have, so that a
// misspelt one is not silently ignored.
func checkQuery(r *request) error {
	args := r.Context().QueryArgs()
	if args.Len() == 0 {
		return nil
	}
	seen := make([]string, 0, len(r.route.query))
	var err error
	args.VisitAll(func(k, _ []byte) {
		name := string(k)
		known := slices.ContainsFunc(r.route.query, func(p param) bool { return p.name == name })
		switch {
		case err != nil:
		case !known:
			err = judge.Invalid(clip(name), "this path has no such query parameter")
		case slices.Contains(seen, name):
			err = judge.Invalid(name, "is given twice")
		}
		seen = append(seen, name)
	})
	return err
}

// checkBody asks that the body be plain JSON.
func checkBody(r *request) error {
	if enc := r.Request().Header.ContentEncoding(); len(enc) > 0 && string(enc) != "identity" {
		return &judge.Error{Code: codeMediaType, Field: "Content-Encoding", Message: "Send the body uncompressed."}
	}
	ct := r.Request().Header.ContentType()
	if string(ct) == "application/json" {
		return nil
	}
	media, params, err := mime.ParseMediaType(string(ct))
	charset, named := params["charset"]
	if err != nil || media != "application/json" || named && !strings.EqualFold(charset, "utf-8") {
		return &judge.Error{Code: codeMediaType, Field: "Content-Type", Message: "Send application/json in UTF-8."}
	}
	return nil
}

// prepare sets the headers that every answer carries.
func (s *Server) prepare(c *fiber.Ctx, id string) {
	h := &c.Response().Header
	h.Set("X-Request-Id", id)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	s.allowOrigin(c)
}

// fail answers with problem+json whatever was prepared before.
func (s *Server) fail(c *fiber.Ctx, id string, err error) {
	if errors.Is(err, context.DeadlineExceeded) && judge.CodeOf(err) == "" {
		err = &judge.Error{Code: judge.CodeUnavailable, Message: "A part of Docket did not answer in time. Try again.", Err: err}
	}
	f := failureOf(err, id)
	h := &c.Response().Header
	switch f.Status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="docket"`)
	case http.StatusForbidden:
		h.Set("WWW-Authenticate", `Bearer realm="docket", error="insufficient_scope"`)
	case http.StatusTooManyRequests:
		h.Set("Retry-After", retryAfter(err, time.Second))
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", retryAfter(err, 2*time.Second))
	}
	h.Del("Location")
	c.Response().ResetBody()
	c.Status(f.Status)
	body, merr := json.Marshal(f)
	if merr != nil { // a Failure holds strings and a number only
		body = []byte(`{}`)
	}
	c.Response().SetBodyRaw(body)
	h.SetContentType("application/problem+json")
}

// retryAfter is how long a client should wait, in seconds.
func retryAfter(err error, usual time.Duration) string {
	var known *judge.Error
	if errors.As(err, &known) && known.Wait > 0 {
		usual = known.Wait
	}
	return strconv.FormatInt(int64((usual+time.Second-1)/time.Second), 10)
}

// json answers with a value. Text stays readable: only what JSON requires is
// escaped, and nosniff keeps browsers from taking it for a page.
func (r *request) json(status int, v any) error {
	r.Status(status)
	r.Response().Header.SetContentType("application/json")
	enc := json.NewEncoder(r.Response().BodyWriter())
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("writing the answer: %w", err)
	}
	return nil
}

// account writes the access log and the metrics.
func (s *Server) account(c *fiber.Ctx, route, id, key string, took time.Duration, err error) {
	status := c.Response().StatusCode()
	method := c.Method()
	if !knownMethod([]byte(method)) {
		method = "other" // what a client makes up is no label of a metric
	}
	s.metrics.observe(route, method, status, took)
	level := slog.LevelDebug
	switch {
	case status == http.StatusServiceUnavailable:
		level = slog.LevelWarn
	case status >= 500:
		level = slog.LevelError
	case status >= 400:
		level = slog.LevelInfo
	}
	ctx := context.Background()
	if !s.cfg.Log.Enabled(ctx, level) {
		return
	}
	attrs := []slog.Attr{
		slog.String("method", method), slog.String("path", clip(c.Path())), slog.String("route", route),
		slog.Int("status", status), slog.Duration("took", took), slog.String("request_id", id),
		slog.String("remote", c.Context().RemoteAddr().String()),
	}
	if key != "" {
		attrs = append(attrs, slog.String("key", key))
	}
	if err != nil {
		attrs = append(attrs, slog.String("err", err.Error()))
	}
	s.cfg.Log.LogAttrs(ctx, level, "http request", attrs...)
}

// process distinguishes the request ids of this process from those of others.
var process = func() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}()

// requestID is the client's own id when it is a decent one, else a new one.
func (s *Server) requestID(c *fiber.Ctx) string {
	if id := c.Get("X-Request-Id"); id != "" && len(id) <= 64 && visible(id) {
		return id
	}
	return process + "-" + strconv.FormatUint(s.requests.Add(1), 36)
}

// visible reports whether s holds visible ASCII only.
func visible(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// clip shortens outside text for a message or a log line.
func clip(s string) string {
	const most = 200
	if len(s) <= most {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return strings.ToValidUTF8(s[:most], "\uFFFD") + "..."
}

// bounded is a context for the work of one request. Fiber's own context is
// reused after the request and is never passed on.
func (s *Server) bounded() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), s.cfg.RequestTimeout)
}
