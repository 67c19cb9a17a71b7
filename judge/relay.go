package judge

import "io"

// Relay runs the tests of a problem in passes, one after another. A pass is one
// process. A later pass sees only what the relay hands on from earlier ones, and
// kernel counters such as the next process number. The harness has a relay for
// solutions that make texts of their own: a fresh instance, in another process,
// must be able to read such a text.
//
// A relay works outside of the box. Anybody may have written what a pass prints,
// so a relay reads the output as a stream. Output that cannot be handed on is a
// [Fault] of the submission, never an error. An error is about the test itself,
// or about reading and writing.
type Relay interface {
	// Passes counts the passes of a test, at least one. A test of one pass is
	// run as it is, and the other methods are not called.
	Passes(test io.Reader) (int, error)
	// Input writes the input of pass n, counted from 0: its part of every case,
	// with what the outputs of earlier passes hand on. The input ends before the
	// first case in which an earlier output has a fault. The writer refuses an
	// input that is longer than the test and the output limit together.
	Input(n int, test io.Reader, outputs []*io.SectionReader, to io.Writer) error
	// Join writes the results of the passes that ran as one process would have
	// printed them. They end before the first case that has a fault.
	Join(test io.Reader, outputs []*io.SectionReader, to io.Writer) (Fault, error)
	// Answer writes the part of the answers that the first n passes give.
	Answer(n int, test, answer io.Reader, to io.Writer) error
}

// Fault is the first case whose output in some pass cannot be used. The zero
// value means that there is none.
type Fault struct {
	Case   int    // from 1
	Reason string // begins "case 3: " where it is of a case
}
