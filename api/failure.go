package api

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"github.com/docketjudge/docket/judge"
)

// The codes that only HTTP knows.
const (
	codeMethod      judge.Code = "method_not_allowed"
	codeMediaType   judge.Code = "unsupported_media_type"
	codeTimeout     judge.Code = "request_timeout"
	codeHeaders     judge.Code = "headers_too_large"
	codeMisdirected judge.Code = "misdirected"
	codeInternal    judge.Code = "internal"
)

// meaning is what a code looks like over HTTP.
type meaning struct {
	code   judge.Code
	status int
	title  string
}

// meanings is the one table from code to status. The first entry of a status
// is the one that stands for it.
var meanings = []meaning{
	{judge.CodeInvalid, http.StatusBadRequest, "The request is not valid"},
	{judge.CodeUnauth, http.StatusUnauthorized, "An API key is needed"},
	{judge.CodeForbidden, http.StatusForbidden, "The API key does not allow this"},
	{judge.CodeNotFound, http.StatusNotFound, "Not found"},
	{codeMethod, http.StatusMethodNotAllowed, "The method is not allowed here"},
	{codeTimeout, http.StatusRequestTimeout, "The request took too long to arrive"},
	{judge.CodeConflict, http.StatusConflict, "The state of the resource forbids this"},
	{judge.CodeTooLarge, http.StatusRequestEntityTooLarge, "The request is too large"},
	{codeMediaType, http.StatusUnsupportedMediaType, "The body must be JSON"},
	{codeMisdirected, http.StatusMisdirectedRequest, "The server does not answer to this host name"},
	{judge.CodeRejected, http.StatusUnprocessableEntity, "The problem does not take this"},
	{judge.CodeRateLimited, http.StatusTooManyRequests, "Too many submissions"},
	{codeHeaders, http.StatusRequestHeaderFieldsTooLarge, "The headers are too large"},
	{codeInternal, http.StatusInternalServerError, "Docket failed"},
	{judge.CodeUnavailable, http.StatusServiceUnavailable, "Docket is not available at the moment"},
}

func meaningOf(code judge.Code) meaning {
	for _, m := range meanings {
		if m.code == code {
			return m
		}
	}
	return meaningOf(codeInternal)
}

// Failure is the body of every answer that is not a success, as RFC 9457
// describes it.
type Failure struct {
	Type      string     `json:"type" doc:"Where the code is explained, relative to this server."`
	Title     string     `json:"title" doc:"The code in words."`
	Status    int        `json:"status" doc:"The HTTP status."`
	Detail    string     `json:"detail,omitempty" doc:"What was wrong in this case and what to do."`
	Field     string     `json:"field,omitempty" doc:"The JSON path, query parameter or header at fault."`
	Code      judge.Code `json:"code" doc:"The kind of failure, for programs."`
	RequestID string     `json:"request_id" doc:"Names this request in the server's log."`
}

// failureOf translates an error into what the client may see of it.
func failureOf(err error, requestID string) Failure {
	var (
		known *judge.Error
		ferr  *fiber.Error
		m     meaning
		f     Failure
	)
	switch {
	case errors.As(err, &known):
		m = meaningOf(known.Code)
		if m.code != codeInternal {
			f.Field, f.Detail = known.Field, known.Message
		}
	case errors.As(err, &ferr):
		m, f.Detail = fromFiber(ferr)
	default:
		m = meaningOf(codeInternal)
	}
	if m.code == codeInternal {
		f.Detail = "The cause is in the server's log under this request id."
	}
	f.Type = "/docs#" + string(m.code)
	f.Title, f.Status, f.Code, f.RequestID = m.title, m.status, m.code, requestID
	return f
}

// fromFiber explains the errors that fiber and fasthttp make themselves. Their
// own messages quote the request or the implementation and are not shown.
func fromFiber(err *fiber.Error) (meaning, string) {
	switch err.Code {
	case http.StatusNotFound:
		return meaningOf(judge.CodeNotFound), "There is nothing at this path; /docs lists what there is."
	case http.StatusMethodNotAllowed:
		return meaningOf(codeMethod), "The Allow header lists the methods of this path."
	case http.StatusRequestEntityTooLarge:
		return meaningOf(judge.CodeTooLarge), fmt.Sprintf("No body may exceed %s.", maxBatchBody)
	case http.StatusRequestHeaderFieldsTooLarge:
		return meaningOf(codeHeaders), fmt.Sprintf("Request line and headers may total %s.", maxHeader)
	case http.StatusRequestTimeout:
		return meaningOf(codeTimeout), ""
	}
	if err.Code >= 400 && err.Code < 500 || err.Code == http.StatusBadGateway {
		return meaningOf(judge.CodeInvalid), "This is not an HTTP request that the server understands."
	}
	return meaningOf(codeInternal), ""
}
