// Package wire is the protocol between a worker and the runner, the program
// that is PID 1 in every box. It is all that the two share, and it stands on
// a trust boundary: the runner shares its box with hostile programs, so the
// worker believes nothing that it reads here beyond its bounds.
//
// # Transport
//
// The worker attaches to the box's standard input and output and exchanges
// frames over them, one connection for the whole life of a box. A frame is a
// header of four bytes, the kind and a 24-bit big-endian length, and a payload
// of at most [MaxPayload] bytes. Integers are big-endian, strings carry a
// 32-bit length, and every length has a bound; see decoder.
//
// # Conversation
//
// The runner speaks first ([Hello]). After that the worker asks one thing at a
// time and the runner answers it before the next:
//
//	worker            runner
//	                  Hello            version, build, what helper it keeps
//	Lease             Done | Fail      a run UID for the submission to come
//	Put Data...       Done | Fail      a file below /box, owned by root, read-only
//	Remove            Done | Fail      a file or directory below /box
//	Exec              Exited | Fail    one run of a program, see below
//	Ask Data... End   Data... Done     a request to the box's compile server
//	                   | Fail
//	Get               Data... Done     a file that the last Exec with Keep left
//	                   | Fail          in the work directory
//	Wipe              Done | Fail      end of the lease: Done says that the box is
//	                                   provably as it was before
//
// While an Exec is under way the worker sends Stdin frames, then StdinEnd or
// StdinCut, and at any time Kill; the runner sends Stdout, Stderr and Credit
// frames, then Collected frames, and last Exited. What the worker sends bears
// the number of its run: the runner ignores what belongs to an Exec that ended
// meanwhile, also when the next one is under way.
//
// StdinCut is the end of an input whose writer died before it had said all. The
// program does not see that end. If it asks for more after it has read what
// there is, the run is stopped ([StoppedForInput]); if it never asks, it ends by
// itself. So the worker learns which of the two came first. To look whether there
// is more, and to go on if there is not, is no asking.
//
// # Flow control
//
// Standard input is limited by credit: the worker may have [Window] bytes on
// the way, and more only as the runner returns credit for what the program's
// pipe has taken. So the runner never buffers more than a window, and a
// program that does not read its input does not block a Kill. With InputFile the
// runner gathers all input, up to [MaxInputFile], in a sealed file before it
// starts the program, and returns credit for what the file has taken. Standard output
// needs no credit: the runner stops reading the program's pipe while the
// worker does not read the connection.
//
// # Failures
//
// A Fail is always the judge's fault or the compile server's, never the
// program's. An Ask fails with a text that begins with [CompilerDied] or
// [CompilerTimedOut] when the compile server did not survive the request; it
// is being started anew then, and the next Ask waits for it. Answers that were
// under way may have been sent in part.
package wire
