// Package judge is Docket's vocabulary and its decisions: what a submission is,
// what a problem and a sandbox are, and which verdict follows from what a program
// did. It imports the standard library only. Package judge/judging judges
// in these words; everything that touches Docker, Redis, HTTP or a
// disk is an adapter that imports this package.
//
// # What crosses its boundary
//
// Three things reach into a judging from outside, each behind an interface:
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
// talks with a program while the program runs, and a [Relay] hands texts from
// one process of a test to the next. All four work outside of the boxes. Anybody
// may have written the output that they read.
//
// # The one rule
//
// What the submitted program does is a value; only our own failure is a Go
// error. A crash, a hang or a flood of output never becomes an error, and a
// failure of Redis or Docker never becomes a verdict other than [JE].
//
// The documentation of package judging says how a worker finds out whose
// fault an error is.
//
// # One place decides
//
// [Classify] derives a verdict from the end of a run. [Decide] derives the verdict
// of a test from the end of its run and from the finding about its output.
// [ValidatorFinding] and [InteractiveFinding] read how a validator ended. Nothing
// else makes the verdict of a test.
//
// # Where things are
//
//	submission.go  what a client sends, and its bounds
//	surrogate.go   half a surrogate pair in JSON
//	language.go    the languages
//	problem.go     a problem, its groups, tests and checkers
//	relay.go       tests in several processes
//	limits.go      limits, and how they are scaled to a host
//	sandbox.go     the sandbox: builds, boxes, runs; outages
//	verdict.go     results, and the verdicts that follow
//	overrun.go     in words, which limit was exceeded
//	validator.go   how validators are run and read
//	report.go      what clients see: reports and events
//	ledger.go      what a worker needs of the store; tries
//	delivery.go    tasks of the queue
//	backoff.go     waits between tries
//	record.go      filters, keys and scopes
//	load.go        quotas
//	number.go      numbers in decimal arithmetic, for tolerances
//	error.go       errors that clients see
package judge
