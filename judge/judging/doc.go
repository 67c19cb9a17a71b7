// Package judging judges. A [Judge] takes one submission through build and tests
// to its report, and a [Worker] takes judgings from the queue to their
// end. It imports package judge, whose words it speaks, and nothing else of
// Docket.
//
// # What crosses its boundary
//
// Everything that a Judge and a Worker need comes in their configuration:
//
//   - [judge.Sandbox] compiles sources and runs programs that nobody trusts. What
//     a program did comes back as a [judge.Result]; an error means that the judge
//     failed.
//   - [judge.Catalog] finds problems. What a problem brings along (its checkers,
//     harness, interactor and relay) reads output that anybody may have written.
//   - [judge.Ledger] remembers submissions, progress and reports. It refuses what
//     a worker writes that has been superseded.
//
// # The way of a test
//
// Each test takes four steps, one after the other, in trial.once:
//
//	produce       the program runs: alone, with an interactor, in passes, or in
//	              talk with the output validator     box -> outcome
//	decide        the checker or the output validator finds what is wrong
//	                                                 outcome -> judge.Finding
//	judge.Decide  the verdict                        -> judge.Verdict
//	show          what the problem's disclosure allows to be seen of it
//	                                                 -> judge.TestReport
//
// Two deciders are at work before the program has ended: a checker reads an
// output beyond 64 KiB while the program writes it, and the validator of an
// interactive test talks with the program. What they found is asked in the second
// step all the same.
//
// A test is tried again in fresh boxes after an error, and after an end that may
// have been the host's doing. After a second error the whole judging fails.
//
// # Whose fault it is
//
// After an error, the worker looks at itself ([judge.Slot].Check): can a box of
// each role be made, is there room on the disk? If not, the error wraps
// [judge.ErrOutage] and says nothing about the submission. The judging is handed
// back and its try does not count; the [Breaker] stops the worker until it is in
// order again. If the worker is in order, the submission brought the error about:
// the try counts, the next one goes to another worker if there is one, and after
// [judge.MaxTries] the verdict is JE.
//
//	begin --> judged ------------------------------------> finished
//	  ^         | error
//	  |         +-- worker out of order --> breaker trips --+
//	  |         +-- worker in order, try counts ------------+
//	  +---- queued, after a wait <--------------------------+
//
// # Where things are
//
//	judging.go   Judge: from a submission to its report
//	attempt.go   one attempt: build, custom run, the adding up of tests
//	custom.go    a client's run of a problem: its samples, or the client's own cases
//	trial.go     the tests of one attempt, and the four steps of each
//	produce.go   how the output of a test comes to be
//	passes.go    a test in several processes
//	talk.go      a program that talks with an interactor
//	decide.go    who decides on an output
//	show.go      what a report shows
//	crash.go     what ended a program, by name
//	cases.go     the cases of a test, as text
//	output.go    where outputs are kept
//	backlog.go   a pipe whose writer never waits
//	worker.go    Worker: from the queue to the ledger
//	outage.go    whether an error is the worker's own
//	breaker.go   Breaker: stops a worker that is out of order
package judging
