// Package sandbox runs programs that nobody trusts in Docker containers, and
// says what they did. It implements judge.Sandbox. The Docker client is imported
// here and in the packages below, nowhere else.
//
// # Trust boundary
//
// A box is one container. Everything inside it but PID 1 (the runner, package
// sandbox/runner) and the runner's helper (a warm Python interpreter, a warm
// Java compiler) may be hostile. What crosses the boundary:
//
//   - into a build box: the submission's sources, never a test;
//   - into a run box: the artifact and, one test at a time, that test's input;
//     answers, later inputs and checkers never. Of a test in passes: what the
//     relay hands on. Python sources are checked in the run box as well;
//   - into a box that runs an output validator: input and answer of one test
//     and what the submission printed; never the submission itself;
//   - into a box that runs another program of a problem (a generator, an input
//     validator, the reference): its arguments, or one input;
//   - out of a box: frames of package sandbox/wire, each bounded, from which
//     the worker takes nothing on trust but what the program printed, how it
//     ended and what it used.
//
// # Where things are
//
// The whole and its engine:
//
//   - docker.go: configuration, opening, slots given out, closing.
//   - cpus.go, cpus_linux.go, cpus_other.go: which CPUs slots are pinned to.
//   - check.go: whether the engine works at all, and recovery once it does again.
//   - reaper.go: removal of boxes whose worker is gone.
//   - lost.go: removal of containers that the engine made too late.
//   - complain.go: warnings, each kind once a minute.
//   - stats.go: what was counted, and why a box was destroyed.
//
// A box:
//
//   - container.go: the one place where a container is created, and with which
//     settings.
//   - role.go: what a box is for, and how large that makes it.
//   - box.go, exec.go: the worker's half of the conversation with a runner.
//   - slot.go: a slot and its warm boxes; box reuse.
//   - lease.go: a run box that holds an artifact, and the runs in it.
//   - build.go: from sources to an artifact, and what every build uses.
//   - cache.go: the artifacts of earlier builds.
//
// Languages (LANGUAGES.md says how to add one):
//
//   - language.go: all that differs between languages, and the table of them.
//   - golang.go: Go; godriver.go compiles the driver of a function problem,
//     godebug.go reads //go:debug lines, gostack.go bounds the stack.
//   - java.go: Java; javamemory.go tells a program that ran out of memory.
//   - python.go: Python.
//
// Below this package:
//
//   - wire: the frames between a worker and a runner.
//   - runner: PID 1 of every box.
//   - images: what boxes are started from, and how the programs in them start;
//     images/python/zygotetest holds the warm Python interpreter to its promise.
//   - engine: what commands ask of the engine: doctor, images and clean.
//   - sandboxtest: hostile programs that every sandbox must withstand.
//   - byhand: plain containers, which `docket bench` measures this one against.
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
