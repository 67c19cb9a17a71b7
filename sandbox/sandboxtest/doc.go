// Package sandboxtest holds one suite of hostile and awkward programs that
// every sandbox must contain. [Exercise] runs all that are hostile when they
// run, [ExerciseRemains] those that differ between the ways of using boxes, and
// [ExerciseBuilds] those that are hostile when they are compiled.
//
// A program that could not do harm anywhere proves nothing, so each has a
// negative control. Either the same program runs where the protection is
// absent (an [Open] container: privileged, root, every system call, a network,
// no limits) and must succeed there, or, where the protection is a limit, it
// runs in the sandbox under a limit that is high enough and must be accepted.
//
// Programs report what they managed on standard output, a line for each
// attempt: "name: done" when it worked and "name: denied" when it did not.
package sandboxtest
