package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"strings"
	"syscall"

	"github.com/docketjudge/docket/api"
	"github.com/docketjudge/docket/judge"
)

// connectionError is that no answer came. The request may have arrived.
type connectionError struct {
	base string
	err  error
}

func (e *connectionError) Error() string {
	var dns *net.DNSError
	switch {
	case errors.Is(e.err, syscall.ECONNREFUSED):
		return fmt.Sprintf("nothing listens at %s: is docket running? start it with `make up` or `docket up`, "+
			"or name another server with --server or DOCKET_SERVER", e.base)
	case errors.As(e.err, &dns):
		return fmt.Sprintf("there is no host %q: correct --server or DOCKET_SERVER", dns.Name)
	case errors.Is(e.err, context.DeadlineExceeded):
		return fmt.Sprintf("%s does not answer in time: is it a docket server, and is it well? see its /readyz", e.base)
	}
	return fmt.Sprintf("the connection to %s failed: %v", e.base, e.err)
}

func (e *connectionError) Unwrap() error { return e.err }

func (c *client) unreachable(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return &connectionError{base: c.base, err: err}
}

// refusalError is an answer that is no success.
type refusalError struct {
	status  int
	message string
	problem *judge.Error // what the server said of it; nil when it is no docket server
}

func (e *refusalError) Error() string { return e.message }

// Unwrap lets [judge.CodeOf] find the code.
func (e *refusalError) Unwrap() error {
	if e.problem == nil {
		return nil
	}
	return e.problem
}

// refusal reads an answer that is no success, and adds what to do about it.
func (c *client) refusal(resp *http.Response, body []byte) error {
	e := &refusalError{status: resp.StatusCode}
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")) // none is as good as a wrong one
	var f api.Failure
	if media != "application/problem+json" || json.Unmarshal(body, &f) != nil || f.Code == "" {
		e.message = fmt.Sprintf("%s answered %d %s: is that the address of a docket server?",
			c.base, resp.StatusCode, http.StatusText(resp.StatusCode))
		return e
	}
	detail := strings.TrimSuffix(printable(f.Detail), ".")
	if detail == "" {
		detail = printable(f.Title)
	}
	if f.Field != "" {
		detail = printable(f.Field) + ": " + detail
	}
	e.problem = &judge.Error{Code: f.Code, Field: f.Field, Message: f.Detail}
	e.message = detail
	switch {
	case f.Code == judge.CodeUnauth && c.key == "":
		e.message = "the server asks for an API key: set DOCKET_API_KEY (the operator makes one with `docket keys create`)"
	case f.Code == judge.CodeUnauth:
		e.message = "the server does not know the API key in DOCKET_API_KEY, or it was revoked: ask the operator for one " +
			"(`docket keys create`)"
	case f.Code == judge.CodeInvalid && f.Field == "problem":
		e.message += "; `docket problems list` shows what there is"
	case f.Status >= 500:
		e.message = fmt.Sprintf("the server failed: %s (request %s)", detail, printable(f.RequestID))
	}
	return e
}

func isJSON(resp *http.Response) bool {
	media, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return err == nil && media == "application/json"
}

// again reports whether a request that failed so may be sent again: nothing
// listened or the connection broke are told at once when nobody is there, and
// the server says itself when it is full.
func again(err error) bool {
	var (
		refused *refusalError
		broken  *connectionError
	)
	switch {
	case errors.As(err, &refused):
		switch refused.status {
		case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
			return true
		}
		return false
	case errors.As(err, &broken):
		var dns *net.DNSError
		return !errors.Is(err, syscall.ECONNREFUSED) && !errors.As(err, &dns) && !errors.Is(err, context.DeadlineExceeded)
	}
	return false
}
