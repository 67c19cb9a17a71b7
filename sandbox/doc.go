// Package sandbox runs programs that nobody trusts in Docker containers, and
// says what they did. It implements judge.Sandbox and is the only importer of
// the Docker client.
//
// # Trust boundary
//
// A box is one container. Everything inside it but PID 1 (the runner, package
// sandbox/runner) and the runner's helper (a warm Python interpreter, a warm
// Java compiler) may be hostile. What crosses the boundary:
//
//   - into a build box: the submission's sources, never a test;
//   - into a run box: the artifact and, one test at a time, that test's input;
//     answers, later inputs and checkers never;
//   - into a box that runs an output validator: input and answer of one test
//     and what the submission printed; never the submission itself;
//   - out of a box: frames of package sandbox/wire, each bounded, from which
//     the worker takes nothing on trust but what the program printed, how it
//     ended and what it used.
//
// # Where things are
//
//   - container.go: the one place where a container is created, and with which
//     settings.
//   - role.go: the five kinds of boxes and what is special about each.
//   - box.go, exec.go: the worker's half of the conversation with a runner.
//   - slot.go: a judging lane and its warm boxes; box reuse.
//   - golang.go, java.go, python.go: how each language is built and started;
//     godriver.go, godebug.go, gostack.go and javamemory.go are parts of that.
//   - check.go: whether the engine works at all, and recovery once it does again.
//   - reaper.go: removal of boxes whose worker is gone.
//
// # Life of a box
//
//	created --> warm --> leased --> wiped --> warm ...
//	                        |          |
//	                        |          +--> retired (too many leases, too old, or reuse is off)
//	                        +--> destroyed (the box died, or was not provably clean)
//
// A box belongs to one slot and is pinned to its CPU. Boxes are made while
// their slot is idle, never while it runs a test.
package sandbox
