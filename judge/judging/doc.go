// Package judging is the engine: it takes a submission through build and tests
// to its report, and a worker through its queue.
package judging
