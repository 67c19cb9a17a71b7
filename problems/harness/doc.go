// Package harness makes programs of solutions that are only a function or a
// class. A problem has one signature; from it come, for each language, the
// starter code that a solver fills in and the driver that calls the solution
// with the cases of a test.
//
// # Rooms
//
// Package signature has what a problem asks for. On one side of the boundary stands
// this package, which makes what is sent into a box. On the other side stand the
// packages that read the bytes which come out: passes, world and results. They know
// no driver, and this package none of them.
//
//	signature  the function or the class, its types, the cases of tests
//	harness    programs, starter code and inputs: what is sent into a box
//	passes     tests of classes with tokens, in several processes
//	world      what callables of concurrency problems do, on virtual time
//	results    results against answers
//	jsonline   lines of JSON, for signature and for those that read
//
// # What crosses the boundary
//
// The driver and the solution share a process, and a solution may do to the
// driver whatever its language allows. So the driver decides nothing. Into the
// box go the sources and, test by test, the input; answers stay outside. Out of
// the box come lines on the standard output that the process was started with.
// Package results reads them as bytes that anybody may have written. A case is wrong if
// its line is missing, too long, not JSON, of another type or not Unicode. Output
// after the last case is wrong too. The only way to a right line is to know the
// result. The sandbox, not the driver, reports how the process ended.
//
// All cases of a test can be read by the process that is given them; only their
// answers cannot.
//
// What the solution prints goes to standard error, which is capped and shown
// for samples and for a client's own cases.
//
// # Concurrency
//
// Tasks, fetches and a deadline are supplied to the solution, and what they do is
// decided outside of the box by package world. A solution's own sleeping, timeouts
// and clocks use virtual time too, with the exceptions that its World names. In Go,
// testing/synctest provides virtual time; in Python, the driver's event loop; in
// Java, calls are redirected when they are compiled, see java/DocketTime.java.
//
// # Where things are
//
//	harness.go      Harness: a program or starter code from a signature; inputs
//	golang.go       Go: driver; its other files are in golang/
//	gostarter.go    Go: types, signature, starter code
//	gonames.go      Go: names
//	gonamed.go      Go: solutions that give names of their own to types
//	java.go         Java: driver; its other files are in java/
//	javastarter.go  Java: types, signature, starter code
//	python.go       Python: driver, starter code; its other files are in python/
//	standalone.go   a solution and its driver as a program for other judges
//	frames.go       Trim: a trace without the frames of the driver
//
// # What drivers cost
//
// Drivers are compared with programs by hand that use the fast input and output
// of their language, in the same box. A run is its processor time, the least of
// thirty. A build is its wall time, the least of ten:
//
//	go test ./problems/harness -run '^$' -bench Driver -benchtime 10x
//
//	                        driver   by hand   ratio   build, driver and by hand
//	3 numbers      Go       0.7 ms    0.7 ms    1.00      63 ms    57 ms
//	               Java    28.8 ms   26.6 ms    1.09      44 ms    13 ms
//	               Python   5.3 ms    1.7 ms    3.10       6 ms     2 ms
//	100,000 calls  Go      11.6 ms   10.3 ms    1.12      69 ms    59 ms
//	of a cache     Java    92.8 ms   82.9 ms    1.12      37 ms    19 ms
//	               Python  47.9 ms   36.4 ms    1.32       7 ms     3 ms
//	1,000,000      Go      41.2 ms   37.1 ms    1.11      66 ms    58 ms
//	numbers        Java    70.7 ms   70.0 ms    1.01      32 ms    10 ms
//	               Python  92.5 ms  156.2 ms    0.59       7 ms     3 ms
//
// Python compiles the driver anew for every test, which is 2 of the 3 ms that
// its tests begin with; Java compiles it with every solution.
//
// In all three languages, what a solution prints line by line is written line by
// line, so that the output is there when the solution has to be killed. In Python
// this makes a line cost 0.9 µs of processor time instead of 0.2 µs.
package harness
