// Package judge is Docket's vocabulary and its decisions: what a submission
// is, how a judging proceeds, and which verdict follows from what a program
// did. It imports the standard library only; everything that touches Docker,
// Redis, HTTP or a disk is an adapter that imports this package.
//
// # What crosses its boundary
//
// Three things reach into a judging from outside, each behind an interface
// declared beside its use:
//
//   - [Sandbox] (implemented by package sandbox): compiles sources and runs
//     programs nobody trusts. What a program did comes back as a [Result];
//     an error from a sandbox means that the judge itself failed.
//   - [Catalog] (package problems): finds a [Problem] by its slug.
//   - [Ledger] (package judge/store): remembers submissions, progress and
//     reports, and refuses writes from a worker that has been superseded.
//
// What differs from problem to problem comes with the [Problem]: its [Harness]
// makes programs of solutions, a [Checker] compares results, an [Interactor]
// talks with a program while it runs, and a [Relay] hands texts from one
// process of a test to the next. All of them work outside of the boxes, and
// what they read of one may have been written by anybody.
//
// # The one rule
//
// What the submitted program does is a value; only our own failure is a Go
// error. A crash, a hang or a flood of output never becomes an error, and a
// failure of Redis or Docker never becomes a verdict other than [JE].
//
// # Whose fault it is
//
// After an error, the worker looks at itself ([Slot].Check): can a box of each
// role be made, is there room on the disk? If not, the error wraps [ErrOutage]
// and says nothing about the submission. The judging is handed back and its try
// does not count; the [Breaker] stops the worker until it is in order again.
// If the worker is in order, the submission brought the error about: the try
// counts, the next one goes to another worker if there is one, and after
// [MaxTries] the verdict is JE.
//
//	begin --> judged ------------------------------------> finished
//	  ^         | error
//	  |         +-- worker out of order --> breaker trips --+
//	  |         +-- worker in order, try counts ------------+
//	  +---- queued, after a wait <--------------------------+
//
// [Classify] is the only place where a verdict is derived from a run.
package judge
