// Package zygotetest proves that a Python program which the warm interpreter
// (zygote.py, above) runs is as good as one that `python3 main.py` runs. It has
// no code. Two suites below it ask two questions:
//
//   - endtoend: does a program that goes all the way (built, put into a run box,
//     started by the runner, one after the other in the same box) do what it
//     does in a fresh container without Docket? The comparison is on what
//     crosses the sandbox: output, standard error and how the program ended.
//   - sidebyside: can a program find out that the interpreter was there before
//     it? The interpreter and a plain one run it in the same container, under the
//     same parent. For each precaution of zygote.py there is a proof that the
//     comparison sees its absence. This suite also holds the interpreter to its
//     protocol: bad requests, no memory, no processes.
//
// A question about the runner or the sandbox is one for the first suite, a
// question about zygote.py one for the second.
//
// # Programs
//
// Both suites name their programs alike. A file testdata/NAME.py is a program,
// and so is a directory testdata/NAME with a main.py and what lies beside it.
// NAME.in is its standard input. NAME is lower_case and says what the program
// looks at. To add a case, add a program.
package zygotetest
