package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"github.com/docketjudge/docket/judge"
)

// A body is read by the route that wants it, after the API key was looked at,
// into memory that grows with what has arrived: before that, a connection costs
// its header and the first few KiB of the body, whatever length it announces.

const (
	// smallBody is what every request may have in memory.
	smallBody = 64 * judge.KiB
	// maxBodies bounds the rest of all bodies that are being read. One key may
	// have a quarter of it.
	maxBodies = 256 * judge.MiB
)

// tooLargeField marks a request whose body was not even begun. A client that
// sends the field itself gets the same answer.
const tooLargeField = "X-Docket-Too-Large"

// screenHeader looks at a request before its body: one beyond every cap is
// answered at once, and the connection closed behind it.
func screenHeader(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	if judge.Bytes(h.ContentLength()) > maxBatchBody {
		h.SetContentLength(0)
		h.SetConnectionClose()
		h.Del("Expect") // nothing more is to be sent
		h.Set(tooLargeField, "1")
	}
	return fasthttp.RequestConfig{}
}

var errBodies = &judge.Error{Code: judge.CodeUnavailable,
	Message: "Too many large requests are arriving at once. Try again in a moment."}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// decode reads the body of a request into v as the function decode does.
func (s *Server) decode(r *request, v any) error {
	most := r.route.maxBody
	tooLarge := &judge.Error{Code: judge.CodeTooLarge, Message: fmt.Sprintf("The body may be at most %s.", most)}
	announced := judge.Bytes(r.Request().Header.ContentLength()) // below 0 when it comes in chunks
	if announced > most {
		return tooLarge
	}
	stream := r.Context().RequestBodyStream()
	if stream == nil {
		return decode(r.Request().Body(), v)
	}
	buf, _ := buffers.Get().(*bytes.Buffer)
	defer func() {
		if buf.Cap() <= int(smallBody) {
			buf.Reset()
			buffers.Put(buf)
		}
	}()
	n, err := buf.ReadFrom(io.LimitReader(stream, int64(smallBody)))
	if err == nil && judge.Bytes(n) == smallBody && announced != smallBody {
		rest := most
		if announced >= 0 {
			rest = announced
		}
		if !s.bodies.take(r.key.ID, int64(rest)) {
			return errBodies
		}
		defer s.bodies.give(r.key.ID, int64(rest))
		_, err = buf.ReadFrom(io.LimitReader(stream, int64(most-smallBody)+1))
	}
	switch {
	case err != nil:
		r.Context().SetConnectionClose()
		return unread(err)
	case judge.Bytes(buf.Len()) > most:
		return tooLarge
	}
	r.Request().ResetBody() // all of it was read
	return decode(buf.Bytes(), v)
}

// unread explains why a body did not arrive.
func unread(err error) error {
	var ne net.Error
	if errors.As(err, &ne) && ne.Timeout() {
		return &judge.Error{Code: codeTimeout, Message: "The body took too long to arrive.", Err: err}
	}
	return &judge.Error{Code: judge.CodeInvalid, Message: "The body ended early, or its chunks are malformed.", Err: err}
}

// discard passes over a body that nobody reads, so that the connection can
// serve the next request; a long one closes it instead.
func discard(fctx *fasthttp.RequestCtx) {
	stream := fctx.RequestBodyStream()
	if stream == nil {
		return
	}
	_, err := io.CopyN(io.Discard, stream, int64(maxBatchBody)+1)
	if !errors.Is(err, io.EOF) {
		fctx.SetConnectionClose()
	}
	fctx.Request.ResetBody()
}

// screen answers what fiber would answer itself and in plain text, what comes
// under a foreign name or is too large to be looked at, and passes over what routes left of a body.
func (s *Server) screen() {
	server := s.app.Server()
	server.HeaderReceived = screenHeader
	inner := server.Handler
	server.Handler = func(fctx *fasthttp.RequestCtx) {
		switch {
		case !knownMethod(fctx.Method()):
			s.refuse(fctx, fiber.ErrBadRequest)
		case !s.hosts.allow(fctx.Request.Header.Host()):
			s.refuse(fctx, errMisdirected)
		case len(fctx.Request.Header.Peek(tooLargeField)) > 0:
			s.refuse(fctx, fiber.ErrRequestEntityTooLarge)
		default:
			inner(fctx)
		}
		discard(fctx)
	}
}

// refuse answers without a route.
func (s *Server) refuse(fctx *fasthttp.RequestCtx, err error) {
	c := s.app.AcquireCtx(fctx)
	defer s.app.ReleaseCtx(c)
	_ = s.unrouted(c, err) // it always answers
}
