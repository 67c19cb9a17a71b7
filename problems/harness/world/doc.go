// Package world is what solutions of concurrency problems meet: the tasks and fetches
// that they call, the deadline, and time. See [World].
//
// Into it come the cases of a test, which their author wrote, and the messages of a
// driver, which anybody may have written; they are bounded in length and number.
// Out of it come replies to the driver, and an account of each case for the
// checker. The messages are listed at the method take in world.go.
//
// # Where things are
//
//	world.go  World: what callables do, and the messages of a driver
//	round.go  one case: clock, calls, account
package world
