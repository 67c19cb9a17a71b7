// Package endtoend runs the programs of testdata through the whole sandbox and
// in plain containers, and compares what they print and how they end; see
// package zygotetest. Programs of testdata/control must differ, as the
// documentation of zygote.py says. Those of testdata/random must print something
// else in each run.
package endtoend
