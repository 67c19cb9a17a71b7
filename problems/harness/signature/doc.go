// Package signature has the signatures of function problems: the function or the
// class that a solution must have, the types of their language, and the cases of
// tests, which are JSON texts that fit a signature.
//
// What it reads comes from authors and clients. All other packages of function
// problems stand on it. Of languages it knows only which words they reserve, and of
// what comes out of a box nothing.
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
// later call of the same case, be it in another process; see package passes. The
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
// # Where things are
//
//	signature.go  Signature: the function or the class that a solution must have
//	types.go      Type: the types of signatures
//	names.go      words that are reserved, and names in pieces
//	value.go      Case: how a case does not fit the signature
//	script.go     Script: a case of a class, taken apart
package signature
