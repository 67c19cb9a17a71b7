package judge

import "io"

// Relay runs the tests of a problem in passes: processes one after another, of
// which a later one learns of an earlier one nothing but what the relay hands
// on, and counters of the kernel that a box shows, such as the next process
// number. The harness has one where a solution makes texts of its own that another
// instance of it is given, as another host would be.
//
// A relay works outside of the box. What processes print is as hostile as can
// be, so it is read as a stream, and what cannot be handed on is a [Fault] of
// the submission, never an error; errors are those of the test itself and of
// reading and writing.
type Relay interface {
	// Passes counts the passes of a test, at least one. A test of one pass is
	// run as it is, and the other methods are not called.
	Passes(test io.Reader) (int, error)
	// Input writes what pass n, counted from 0, is given: its part of every
	// case, with what the outputs of the passes before it hand on. It ends
	// before the first case of which those have a fault. The writer refuses what
	// is longer than the test and the output limit together.
	Input(n int, test io.Reader, outputs []*io.SectionReader, to io.Writer) error
	// Join writes what one process would have printed that did the work of the
	// passes that ran, and ends before the first case that has a fault.
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
