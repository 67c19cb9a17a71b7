package judge

import "time"

// Load is an amount of work: a number of submissions and runs, and the bytes of
// their programs and inputs.
type Load struct {
	Submissions int   // and runs
	Bytes       Bytes // of their programs and inputs
}

// Quota bounds what one API key may ask for. A field of 0 is no bound.
type Quota struct {
	// Pending bounds what is queued and running. Rejudges do not count.
	Pending Load
	// Minute bounds what is accepted in any minute; what was cancelled counts.
	Minute Load
}

// Size is what a submission takes to keep, about.
func (s Submission) Size() Bytes {
	n := len(s.Stdin) + len(s.Metadata) + len(s.User)
	for _, f := range s.Files {
		n += len(f.Name) + len(f.Content)
	}
	for _, c := range s.Cases {
		n += len(c)
	}
	return Bytes(n)
}

// RateLimited is the error for a client that asked for too much; it may ask
// again after the wait, when that is known.
func RateLimited(wait time.Duration, message string) *Error {
	return &Error{Code: CodeRateLimited, Message: message, Wait: wait}
}
