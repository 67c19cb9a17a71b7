package judge

import (
	"errors"
	"fmt"
	"time"
)

// Code says what kind of failure an API client caused or met.
type Code string

// The codes. Each maps to one HTTP status, in one table of package api.
const (
	CodeInvalid     Code = "invalid"   // the request is wrong; Field says where
	CodeRejected    Code = "rejected"  // what was sent is well formed, but the problem does not take it
	CodeNotFound    Code = "not_found" // no such submission, problem or key
	CodeConflict    Code = "conflict"  // the thing is in a state that forbids it
	CodeTooLarge    Code = "too_large" // a size cap was passed
	CodeUnauth      Code = "unauthorized"
	CodeForbidden   Code = "forbidden" // the key lacks the scope
	CodeRateLimited Code = "rate_limited"
	CodeUnavailable Code = "unavailable" // Docket is full or a part of it is down; try again
)

// Error is a failure that an API client may see. Everything else is internal:
// operators find its cause in the log and clients are told only that it
// happened.
type Error struct {
	Code    Code
	Field   string // the JSON path of the offending field, when there is one
	Message string // a sentence for the client that says what to do
	Err     error  // the cause, for operators
	// Wait is how long the client should wait before another try; 0 when that
	// is not known.
	Wait time.Duration
}

func (e *Error) Error() string {
	msg := e.Message
	if e.Field != "" {
		msg = e.Field + ": " + msg
	}
	if e.Err != nil {
		return msg + ": " + e.Err.Error()
	}
	return msg
}

func (e *Error) Unwrap() error { return e.Err }

// Invalid is the error for a field that a client got wrong.
func Invalid(field, format string, args ...any) *Error {
	return &Error{Code: CodeInvalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// Rejected is the error for a field that is well formed, but that the problem does
// not take.
func Rejected(field, format string, args ...any) *Error {
	return &Error{Code: CodeRejected, Field: field, Message: fmt.Sprintf(format, args...)}
}

// NotFound is the error for a thing that does not exist.
func NotFound(format string, args ...any) *Error {
	return &Error{Code: CodeNotFound, Message: fmt.Sprintf(format, args...)}
}

// Conflict is the error for a request that the thing's state forbids.
func Conflict(format string, args ...any) *Error {
	return &Error{Code: CodeConflict, Message: fmt.Sprintf(format, args...)}
}

// CodeOf returns the code of the first Error in err's chain, or "".
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
