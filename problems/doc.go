// Package problems holds the problems that Docket judges: it reads packages in
// the ICPC problem package format and finds them by slug.
//
// # Trust
//
// A package is written by an author, not by the operator. Its metadata and
// tests are data that is parsed strictly and bounded. Its programs (generators,
// validators and submissions) are only read here; the packages that run them do
// so in boxes of a [judge.Sandbox], never on the host.
//
// # From a directory to a judging
//
// [Load] reads one package and refuses it with everything that is wrong. A
// [Catalog] finds packages by slug below its roots, and loads one anew when its
// files change. Tests that a package only describes are made elsewhere: the
// catalogue asks its [TestMaker], which in Docket is a forge. Package workshop
// holds the tools of authors, such as the one that verifies the verdicts of a
// package's submissions.
//
//	a directory --Load--> Package --TestMaker--> judge.Problem --> a judge
//	                         |
//	                         +--> workshop, with a forge
//
// # Where things are
//
//	package.go       Package and its parts
//	refusal.go       Refusal, BrokenError: why a package cannot be used
//	load.go          Load, LoadDir, LoadDraft, and the order of the steps below
//	dir.go, tree.go  the files of a package, and no others
//	metadata.go      problem.yaml of 2025-09; credits.go a part of it
//	metadatalegacy.go  problem.yaml of the legacy format
//	docketyaml.go    docket.yaml; calibrated.go and mutationlist.go parts of it
//	settings.go      test_group.yaml and testdata.yaml
//	data.go          tests and groups
//	programs.go      validators and generators
//	submissions.go   submissions and what is expected of them; glob.go its patterns
//	statements.go    statements and samples
//	signature.go     signature.yaml of function problems
//	catalog.go       Catalog; query.go its lists
//	embed.go         Builtin: the problems in catalog/
//	strictyaml/      YAML, read and edited; knows nothing of packages
//	harness/         drivers of function problems, and what reads their output
//	forge/           generated tests: made in boxes, pinned in docket.yaml
//	mutate/          small changes of programs
//	workshop/        verify, calibrate, mutate, export, begin packages
//	problemstest/    packages and a sandbox for tests
//
// # The format
//
// Both the 2025-09 and the legacy version are read:
//
//	problem.yaml                    name, type, limits, license, keywords, ...
//	docket.yaml                     optional; see below
//	statement/problem.en.md         (legacy: problem_statement/)
//	data/sample/1.in, 1.ans, ...    and 1.yaml, 1.hint, 1.desc, 1.args, 1.interaction
//	data/secret/...                 tests, or groups of tests, each with its test_group.yaml
//	                                (legacy: groups of groups, each with its testdata.yaml)
//	data/invalid_input/*.in         inputs that the input validators must refuse
//	input_validators/               programs in Python, Go or Java that answer 42 or 43
//	output_validator/               one such program (legacy: output_validators/)
//	generators/                     programs named by docket.yaml
//	submissions/<expectation>/      programs with a known fate, and submissions.yaml
//
// Tests and groups are taken in natural order of their names: 2 before 10.
// What Docket does not do (scoring, several passes, submitted answers, files
// beside the standard input, included code, static validators) is refused
// rather than judged wrongly, and so is every unknown key. Input validators
// and submissions in languages that Docket does not have are left out, and
// [Package.Warnings] says so.
//
// # Limits of validators
//
// An output validator reads what a hostile submission printed, as much as the
// problem's output limit (16 MiB when problem.yaml has none) lets it. When it
// is stopped or crashes, the verdict is JE. So it has 10 s of CPU and the
// format's 2048 MiB of memory unless validation_time and validation_memory say
// otherwise: decoding JSON in Python takes up to some 50 times the size of the
// text. docket problems verify gives it outputs of that length that are meant to break it.
//
// # Interactive problems
//
// When an output validator rejects what it has read, the verdict is WA, however the
// submission ended afterwards. A submission that was not rejected but crashed or
// met a limit gets the verdict of that end. Its validator sees all output but no
// end of input: a validator that asks for more is stopped. So a validator should
// judge what it has read before it asks for more, as one that reads line by line
// does. A validator that first collects all output rejects nothing of a submission
// that crashes.
//
// # docket.yaml
//
// It holds what the ICPC format lacks. Every key is optional.
//
//	difficulty: medium              # easy, medium or hard
//	disclosure: first-failing-case  # what reports show of hidden tests: none, verdict, reason or first-failing-case
//	disclosure_generated: reason    # of those among them that are generated; the default is the same
//	on_reject: break                # break or continue; overrides the default of every group
//	languages: [go, python]         # legacy packages only; the default is all three
//	limits:                         # per language, in place of problem.yaml's: seconds and MiB
//	  python: {time_limit: 6, memory: 512, output: 8}
//	reference: accepted/solution.go # answers inputs and clients' own cases; the default is a model_solution
//	                                # of submissions.yaml, else the first accepted one
//	generate:
//	  - name: secret/20-random      # a test of a group that may also hold committed tests
//	    generator: random.py        # in generators/; prints the input
//	    args: ["--seed", "7", "--lines", "100000"]
//	    sha256: <64 digits>         # of the input
//	    answer_sha256: <64 digits>  # of what the reference prints for it
//	calibrated:                     # where the time limits come from; written by docket problems calibrate
//	  date: "2026-01-31"
//	  host: "the name of its CPU"
//	  cores: 2
//	  runs: 5                       # of each submission
//	  languages:                    # times in seconds on the reference host; the last is a lower bound
//	    go: {toolchain: "go1.26.0", host_ratio: 1.02, time_limit: 2, slowest_accepted: 0.31, fastest_too_slow: 3.75}
//	export:
//	  leave_out:                    # of a class with tokens: wrong only where instances are processes
//	    - wrong_answer/global_table.go
//	mutate:
//	  equivalent:                   # mutants that no test can find; see docket problems mutate
//	    - id: "0a1b2c3d4e5f"
//	      reason: the buffer may be of any size
package problems
