// Package harness makes programs of solutions that are only a function or a
// class. A problem has one signature; from it come, for each language, the
// starter code that a solver fills in and the driver that calls the solution
// with the cases of a test.
//
// # The signature
//
// A function, or a class with its constructor and methods:
//
//	function: shortestPath(nodes int, links int[][], source int, target int) int[]
//
//	class: LRUCache(capacity int)
//	methods:
//	  - get(key int) int
//	  - put(key int, value int)
//
// Names are written in camel case and classes in Pascal case. A method without
// a type at its end returns nothing. Types:
//
//	type        Go               Java                        Python
//	int         int              int                         int
//	long        int64            long                        int
//	double      float64          double                      float
//	bool        bool             boolean                     bool
//	string      string           String                      str
//	T[]         []T              T[] of numbers and bools,   list[T]
//	                             nested too; else List<T>
//	T?          *T; nil          the boxed type; null        T or None
//	map<T>      map[string]T     Map<String, T>              dict[str, T]
//	list_node   *ListNode        ListNode                    ListNode
//	tree_node   *TreeNode        TreeNode                    TreeNode
//	token       string           String                      str
//	task<T>     func(Context)    Callable<T>                 function without arguments
//	            (T, error)                                   that gives an awaitable T
//	fetch<T>    func(Context,    Function<String,            async function of a str
//	            string)          CompletableFuture<T>>       that gives T
//	            (T, error)
//	deadline    of the Context   CompletableFuture<Void>     float, in seconds from the
//	                                                         call on
//
// An int is in the range of 32 bits, a long in that of 64. A token is a text
// of the solution's own making: it is never compared, only handed back to a
// later call of the same case, be it in another process; see "Passes". The
// solution declares the node types (in its starter code), so that a solution is a
// whole file of its language. In Go a solution may also give names to the types
// of parameters, results and elements.
//
// # Tests
//
// A test is one process and any number of cases, a line of JSON each:
//
//	of a function   input: its arguments       [5,[[0,1],[1,2]],0,2]
//	                answer: its result         [0,1,2]
//	of a class      input: a list of calls     [["LRUCache",2],["put",1,1],["get",1]]
//	                answer: their results      [null,null,1]
//
// The first call constructs, under the class's name; constructing again makes
// a fresh instance for the calls that follow. A case of a class with tokens
// constructs at most [MaxInstances] times. The result of a constructor, of
// a method that returns nothing and of one that returns a token is null. In
// the place of a token argument stands the index, from 0, of the call of the
// same case that made it. A list is the array of its values; a tree is its
// level order, with null for what is absent and without nulls at the end.
//
// # What crosses the boundary
//
// The driver and the solution share a process, and a solution may do to the
// driver whatever its language allows. So the driver decides nothing. Into the
// box go the sources and, test by test, the input; answers stay outside. Out of
// the box come lines on the standard output that the process was started with.
// [Checker] reads them as bytes that anybody may have written. A case is wrong if
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
// # Passes
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
// # Concurrency
//
// Tasks, fetches and a deadline are supplied to the solution. What they do is
// decided outside of the box by a [World]. The world keeps virtual time and writes
// an account of what was called, ended and cancelled when. This account, with the
// result in it, is compared with the answer. A solution's own sleeping, timeouts
// and clocks use virtual time too, with the exceptions that [World] names. In Go,
// testing/synctest provides virtual time; in Python, the driver's event loop; in
// Java, calls are redirected when they are compiled, see java/DocketTime.java.
//
// # Where things are
//
// What is sent into a box:
//
//	signature.go    Signature: the function or the class that a solution must have
//	types.go        Type: the types of signatures
//	names.go        names in each language, and words that are reserved
//	harness.go      Harness: a program or starter code from a signature
//	golang.go       Go: driver; its other files are in golang/
//	gostarter.go    Go: types, signature, starter code
//	gonames.go      names as Go writes them
//	gonamed.go      Go solutions that give names of their own to types
//	java.go         Java: driver; its other files are in java/
//	javastarter.go  Java: types, signature, starter code
//	python.go       Python: driver, starter code; its other files are in python/
//	standalone.go   a solution and its driver as a program for other judges
//	value.go        cases: whether they fit the signature, and the text of a test
//
// What reads the bytes that come out of a box:
//
//	check.go        Checker: results against answers, case by case
//	compare.go      a result against its answer, without holding either
//	text.go         a line of JSON, read once
//	account.go      accounts of concurrency problems against the wanted ones
//	relay.go        Relay: tests in passes
//	results.go      the outputs of passes, and what may be handed on
//	elements.go     where the elements of an array lie in its text
//	script.go       a case of a class, taken apart
//	window.go       pieces of long outputs
//	jsonline.go     lines of JSON: read, parsed, shown
//	converse.go     World: what callables do, and the messages of a driver
//	round.go        one case of a concurrency problem: clock, calls, account
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
