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
// later call of the same case, be it in another process; see "Passes". The node
// types are declared by the solution (in
// its starter code), so that a solution is a whole file of its language. In Go
// it may also give names to the types of parameters, results and elements.
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
// box go the sources and, test by test, the input; answers stay outside. Out
// of it come lines on the standard output that the process was started with,
// read by [Checker] as bytes that anybody may have written: a line that is
// missing, of another type, too long or not JSON is a wrong case, and so is one
// with a text that is not Unicode and everything after the last. The only way to a line that is right is to know
// the result. How the process ended is reported by the sandbox, not by the
// driver.
//
// All cases of a test can be read by the process that is given them; only their
// answers cannot.
//
// What the solution prints goes to standard error, which is capped and shown
// for samples and for a client's own cases.
//
// # Passes
//
// Were all instances of a case in one process, the first could keep in a global
// what the token should carry. So a test of a class with tokens, in which some
// case constructs more than once, is run in passes: pass n is a process of its
// own that is given, of every case, the calls of its n-th instance. Between two
// passes the box kills every process and wipes every file, as between two tests,
// so that nothing gets from one instance to another but what [Relay] hands on,
// outside of the box, at most the output limit in all, and counters of the
// kernel that a box shows:
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
// within the pass. What the checker, or an output validator, is given are the
// joined results, which are those of one process. Cases with fewer instances
// than there are passes are not in the later ones, and a test whose cases
// construct once is one process, as any other.
//
// A token that is handed on may hold every Unicode character, and be as long as
// the output limit lets it. Half of a surrogate pair (Java, Python) and bytes
// that are not UTF-8 (Go) are no text: the case is wrong, with a sentence that
// says why, and so it is when a result in the place of a token is no string of
// JSON. Later passes are given the cases before the first that is wrong in this
// way. Within one instance tokens are never looked at and may be any string of
// the language.
//
// Each pass has the limits to itself. The first that does not end well, in time
// and with exit code 0, decides the verdict, and none follows it; the cases are
// then counted by the results of the passes that ran.
//
// # Concurrency
//
// Tasks, fetches and a deadline are supplied to the solution. What they do is
// decided outside of the box by a [World], which keeps virtual time and writes
// an account of what was called, ended and cancelled when; the account, with
// the result in it, is what is compared with the answer. A solution's own
// sleeping, timeouts and clocks are on that time too, with the exceptions that
// [World] names. Go's runtime has it in testing/synctest, Python's event loop
// is made for it, and Java's calls are redirected when they are compiled, see
// java/DocketTime.java.
//
// # What drivers cost
//
// Beside programs by hand with the fast input and output of their language, in
// the same box; processor time of a run, the least of thirty; wall time of a build, that of ten:
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
// What is printed line by line is written line by line, in all three, so that it
// is there when a solution has to be killed. In Python a line takes 0.9 µs of
// processor time for it instead of 0.2 µs.
package harness
