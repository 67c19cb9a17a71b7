// Package passes runs tests of classes with tokens: each instance of a case is a
// process of its own, and tokens are handed on from one to the next.
//
// Into it come the test, which its author wrote, and the outputs of the processes,
// which anybody may have written. Of an output no more is held than where the
// results of a case lie. Out of it come the input of the next process, and in the
// end the results as one process would have printed them.
//
// # Processes
//
// If all instances of a case shared a process, the first could keep in a global
// what the token should carry. So a test of a class with tokens runs in passes if
// some case constructs more than once. Pass n is a process of its own that is
// given the calls of each case's n-th instance. Between two passes the box kills
// every process and wipes every file, as between two tests. A later instance sees
// only what [Relay] hands on outside of the box, at most the output limit in all,
// and kernel counters such as the next process number:
//
//	the case      [["Codec"],["encode",[1]],["Codec"],["decode",1]]
//	to pass 1     [["Codec"],["encode",[1],true]]
//	its results   [null,"1 # #"]
//	to pass 2     [["Codec"],["decode","1 # #"]]
//	its results   [null,[1]]
//	joined        [null,null,null,[1]]
//
// The mark at the end of a call asks the driver for its token; no other token
// leaves its process. A token of the same instance stays an index, counted
// within the pass. The checker, or an output validator, is given the joined
// results, as one process would print them. A case with fewer instances than
// there are passes is left out of the later passes. A test whose cases construct
// once is one process, as any other.
//
// A token that is handed on may hold every Unicode character, and be as long as
// the output limit lets it. Half of a surrogate pair (Java, Python) and bytes
// that are not UTF-8 (Go) are no text. The case is then wrong, with a sentence
// that says why. It is wrong too when the result in the place of a token is not a
// JSON string. Later passes are given only the cases before the first case with
// such a fault. Within one instance nobody looks at tokens, and they may be any
// string of the language.
//
// Each pass has the limits to itself. The first pass that does not end well, in
// time and with exit code 0, decides the verdict, and no pass follows. The cases
// are then counted by the results of the passes that ran.
//
// # Where things are
//
//	relay.go    Relay: tests in passes
//	outputs.go  the outputs of passes, and what may be handed on
//	window.go   pieces of long outputs
package passes
