//go:build !quick

package harness_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/results"
)

// A mistake is a solution whose author must learn from the judge's words what
// is wrong.
type mistake struct {
	name   string
	lang   judge.Language
	files  []judge.File // stands in for source
	source string
	class  bool // of the counter instead of the total
	want   judge.Verdict
	says   []string
	lacks  []string
	// Go's own runtime ends the program and lists every frame.
	runtime bool
}

const doesNotFit = "The solution does not fit the signature of this problem:"

// ours is what nobody who wrote a solution has ever seen: names, files and
// places of the driver.
var ours = regexp.MustCompile(`(?i)docket|main\.go|<frozen|/box/|/work/|runCase|call0|read[0-9]|write[0-9]|__main__`)

func TestMistakesAreExplained(t *testing.T) {
	for _, m := range mistakes {
		t.Run(string(m.lang)+"/"+m.name, func(t *testing.T) {
			h, input, answer := function(t, forgedSignature), forgedInput, forgedAnswer
			if m.class {
				h, input, answer = class(t, "Counter(start int)", "add(k int) int"), counterInput, counterAnswer
			}
			var o outcome
			if m.files != nil {
				o = runFiles(t, h, m.lang, m.files, input, answer)
			} else {
				o = run(t, h, m.lang, m.source, input, answer)
			}
			said := o.said()
			if o.verdict() != m.want {
				t.Errorf("%s, want %s", o.verdict(), m.want)
			}
			for _, want := range m.says {
				if !strings.Contains(said, want) {
					t.Errorf("not said: %s", want)
				}
			}
			for _, lack := range m.lacks {
				if strings.Contains(said, lack) {
					t.Errorf("said: %s", lack)
				}
			}
			if m.want != judge.AC {
				if word := ours.FindString(said); word != "" && !m.runtime {
					t.Errorf("the driver shows: %s", word)
				}
			}
			if t.Failed() || testing.Verbose() {
				t.Logf("%s\n%s", o.verdict(), said)
			}
		})
	}
}

var mistakes = []mistake{
	// ---- Go
	{name: "wrong-name", lang: judge.Go, want: judge.CE,
		source: "package solution\n\nfunc Sum(numbers []int) int { return 0 }\n",
		says:   []string{doesNotFit, "func Total(numbers []int) int", "undefined: solution.Total"}},
	{name: "unexported", lang: judge.Go, want: judge.CE,
		source: "package solution\n\nfunc total(numbers []int) int { return 0 }\n",
		says:   []string{doesNotFit, "func Total(numbers []int) int"}},
	{name: "wrong-parameter", lang: judge.Go, want: judge.CE,
		source: "package solution\n\nfunc Total(numbers []int64) int { return 0 }\n",
		says:   []string{doesNotFit, "func Total(numbers []int) int", "[]int64"}},
	{name: "wrong-result", lang: judge.Go, want: judge.CE,
		source: "package solution\n\nfunc Total(numbers []int) int64 { return 0 }\n",
		says:   []string{doesNotFit, "func Total(numbers []int) int", "int64"}},
	{name: "too-many-parameters", lang: judge.Go, want: judge.CE,
		source: "package solution\n\nfunc Total(numbers []int, more int) int { return 0 }\n",
		says:   []string{doesNotFit, "func Total(numbers []int) int"}},
	{name: "package-main", lang: judge.Go, want: judge.CE,
		source: "package main\n\nfunc Total(numbers []int) int { return 0 }\n",
		says:   []string{"`package solution`", "`package main`"}},
	{name: "own-error-first", lang: judge.Go, want: judge.CE,
		source: "package solution\n\nfunc Total(numbers []int) int { return x }\n",
		says:   []string{"solution.go:3:40: undefined: x"}, lacks: []string{doesNotFit}},
	{name: "missing-method", lang: judge.Go, class: true, want: judge.CE,
		source: "package solution\n\ntype Counter struct{}\n\nfunc NewCounter(start int) *Counter { return nil }\n",
		says:   []string{doesNotFit, "func (*Counter) Add(k int) int", "missing method Add"}},
	{name: "missing-constructor", lang: judge.Go, class: true, want: judge.CE,
		source: "package solution\n\ntype Counter struct{}\n\nfunc (c *Counter) Add(k int) int { return 0 }\n",
		says:   []string{doesNotFit, "func NewCounter(start int) *Counter", "undefined: solution.NewCounter"}},
	{name: "wrong-method", lang: judge.Go, class: true, want: judge.CE,
		source: "package solution\n\ntype Counter struct{}\n\nfunc NewCounter(start int) *Counter { return nil }\n\nfunc (c *Counter) Add(k, l int) int { return 0 }\n",
		says:   []string{doesNotFit, "wrong type for method Add", "have Add(int, int) int", "want Add(int) int"}},
	{name: "panic", lang: judge.Go, want: judge.RTE,
		source: "package solution\n\nfunc Total(numbers []int) int { return deep(numbers) }\n\nfunc deep(n []int) int {\n\treturn n[len(n)]\n}\n",
		says:   []string{"panic: runtime error: index out of range [3] with length 3", "\ndeep(...)\n\tsolution.go:6", "\nTotal(...)\n\tsolution.go:3"}},
	{name: "nil", lang: judge.Go, want: judge.RTE,
		source: "package solution\n\ntype node struct{ n *node }\n\nfunc Total(numbers []int) int {\n\tvar n *node\n\tn = n.n\n\treturn 0\n}\n",
		says:   []string{"invalid memory address or nil pointer dereference", "solution.go:7"}},
	{name: "nil-constructed", lang: judge.Go, class: true, want: judge.RTE,
		source: "package solution\n\ntype Counter struct{ n int }\n\nfunc NewCounter(start int) *Counter { return nil }\n\nfunc (c *Counter) Add(k int) int { return c.n }\n",
		says:   []string{"nil pointer dereference", "solution.go:7"}},
	{name: "panic-error", lang: judge.Go, want: judge.RTE,
		source: "package solution\n\nimport \"errors\"\n\nfunc Total(numbers []int) int { panic(errors.New(\"no way\")) }\n",
		says:   []string{"panic: no way\n", "solution.go:5"}},
	{name: "panic-in-goroutine", lang: judge.Go, want: judge.RTE,
		source: "package solution\n\nfunc Total(numbers []int) int {\n\tgo func() {\n\t\tpanic(\"aside\")\n\t}()\n\tselect {}\n}\n",
		says:   []string{"panic: aside", "solution.go:5"}},
	{name: "panic-in-init", lang: judge.Go, want: judge.RTE,
		source: "package solution\n\nfunc init() { panic(\"early\") }\n\nfunc Total(numbers []int) int { return 0 }\n",
		says:   []string{"panic: early", "solution.go:3"}},
	{name: "deadlock", lang: judge.Go, want: judge.RTE, runtime: true,
		source: "package solution\n\nfunc Total(numbers []int) int {\n\tselect {}\n}\n",
		says:   []string{"all goroutines are asleep - deadlock!", "solution.go:4"}},
	{name: "map-race", lang: judge.Go, want: judge.RTE,
		source: "package solution\n\nfunc Total(numbers []int) int {\n\tvar m map[int]int\n\tm[1] = 2\n\treturn 0\n}\n",
		says:   []string{"panic: assignment to entry in nil map", "solution.go:5"}},
	{name: "nil-of-an-interface", lang: judge.Go, class: true, want: judge.RTE,
		source: "package solution\n\ntype Counter interface{ Add(k int) int }\n\nfunc NewCounter(start int) Counter { return nil }\n",
		says:   []string{"NewCounter returned nil.\n", "func NewCounter(start int) *Counter\nfunc (*Counter) Add(k int) int\n"}, lacks: []string{"panic"}},
	{name: "nil-function", lang: judge.Go, want: judge.RTE,
		source: "package solution\n\nvar Total func(numbers []int) int\n",
		says:   []string{"nil pointer dereference", "func Total(numbers []int) int\n"}},
	{name: "stack-overflow", lang: judge.Go, want: judge.RTE, runtime: true,
		source: "package solution\n\nfunc Total(numbers []int) int { return Total(append(numbers, 1)) + 1 }\n",
		says:   []string{"goroutine stack exceeds", "fatal error: stack overflow", "solution.go:3"}},
	{name: "goexit", lang: judge.Go, want: judge.RTE,
		source: "package solution\n\nimport \"runtime\"\n\nfunc Total(numbers []int) int {\n\truntime.Goexit()\n\treturn 0\n}\n",
		says:   []string{"the solution called runtime.Goexit", "solution.go:6"}},
	{name: "out-of-memory", lang: judge.Go, want: judge.MLE,
		source: "package solution\n\nvar kept [][]byte\n\nfunc Total(numbers []int) int {\n\tfor {\n\t\tb := make([]byte, 1<<24)\n\t\tfor i := range b {\n\t\t\tb[i] = 1\n\t\t}\n\t\tkept = append(kept, b)\n\t}\n}\n"},
	{name: "exit-code", lang: judge.Go, want: judge.RTE,
		source: "package solution\n\nimport \"os\"\n\nfunc Total(numbers []int) int {\n\tos.Exit(3)\n\treturn 0\n}\n"},

	// ---- Java
	{name: "wrong-name", lang: judge.Java, want: judge.CE,
		source: "class Solution {\n    int sum(int[] numbers) { return 0; }\n}\n",
		says:   []string{doesNotFit, "int total(int[] numbers)", "cannot find symbol", "total"}},
	{name: "wrong-class", lang: judge.Java, want: judge.CE,
		source: "class Answer {\n    int total(int[] numbers) { return 0; }\n}\n",
		says:   []string{doesNotFit, "class Solution {", "cannot find symbol"}},
	{name: "wrong-parameter", lang: judge.Java, want: judge.CE,
		source: "import java.util.*;\nclass Solution {\n    int total(List<Integer> numbers) { return 0; }\n}\n",
		says:   []string{doesNotFit, "int total(int[] numbers)", "List<Integer>"}},
	{name: "wrong-result", lang: judge.Java, want: judge.CE,
		source: "class Solution {\n    long total(int[] numbers) { return 0; }\n}\n",
		says:   []string{doesNotFit, "int total(int[] numbers)", "lossy conversion from long to int"}},
	{name: "void-result", lang: judge.Java, want: judge.CE,
		source: "class Solution {\n    void total(int[] numbers) { }\n}\n",
		says:   []string{doesNotFit, "int total(int[] numbers)"}},
	{name: "private", lang: judge.Java, want: judge.CE,
		source: "class Solution {\n    private int total(int[] numbers) { return 0; }\n}\n",
		says:   []string{doesNotFit, "total(int[]) has private access in Solution"}},
	{name: "no-constructor", lang: judge.Java, class: true, want: judge.CE,
		source: "class Counter {\n    int add(int k) { return 0; }\n}\n",
		says:   []string{doesNotFit, "Counter(int start)"}},
	{name: "missing-method", lang: judge.Java, class: true, want: judge.CE,
		source: "class Counter {\n    Counter(int start) { }\n}\n",
		says:   []string{doesNotFit, "int add(int k)", "cannot find symbol"}},
	{name: "own-error-first", lang: judge.Java, want: judge.CE,
		source: "class Solution {\n    int sum(int[] numbers) { return x; }\n}\n",
		says:   []string{"Solution.java:2", "cannot find symbol"}, lacks: []string{doesNotFit}},
	{name: "in-a-package", lang: judge.Java, want: judge.AC,
		source: "// package of.old;\npackage com.example.sums;\n\nclass Solution {\n    int total(int[] numbers) { int s = 0; for (int n : numbers) s += n; return s; }\n}\n"},
	{name: "static-and-public", lang: judge.Java, want: judge.AC,
		source: "public class Solution {\n    public static int total(int[] numbers) { int s = 0; for (int n : numbers) s += n; return s; }\n}\n"},
	{name: "in-two-packages", lang: judge.Java, want: judge.AC,
		files: []judge.File{
			{Name: "Adder.java", Content: "package b;\n\npublic class Adder {\n    public static int add(int a, int b) { return a + b; }\n}\n"},
			{Name: "Solution.java", Content: "package a;\n\nimport b.Adder;\n\nclass Solution {\n    int total(int[] numbers) { int s = 0; for (int n : numbers) s = Adder.add(s, n); return s; }\n}\n"},
		}},
	{name: "own-classes-of-the-library's-names", lang: judge.Java, want: judge.AC,
		source: "class Solution {\n    int total(int[] numbers) { int s = 0; for (int n : numbers) s += new Character(n).rank + Math.ZERO; return s; }\n}\n\nclass Character {\n    final int rank;\n    Character(int rank) { this.rank = rank; }\n}\n\nclass Math {\n    static final int ZERO = 0;\n}\n\nclass Integer {\n}\n\nclass Runtime {\n}\n"},
	{name: "checked-exception", lang: judge.Java, want: judge.RTE,
		source: "import java.io.*;\nclass Solution {\n    int total(int[] numbers) throws IOException {\n        throw new IOException(\"no way\");\n    }\n}\n",
		says:   []string{"Exception in thread \"main\" java.io.IOException: no way\n\tat Solution.total(Solution.java:4)\n"}, lacks: []string{"signature"}},
	{name: "exception", lang: judge.Java, want: judge.RTE,
		source: "class Solution {\n    int total(int[] numbers) { return deep(numbers); }\n    int deep(int[] n) {\n        return n[n.length];\n    }\n}\n",
		says:   []string{"java.lang.ArrayIndexOutOfBoundsException: Index 3 out of bounds for length 3\n\tat Solution.deep(Solution.java:4)\n\tat Solution.total(Solution.java:2)\n"}, lacks: []string{"signature"}},
	{name: "caused-exception", lang: judge.Java, want: judge.RTE,
		source: "class Solution {\n    int total(int[] numbers) {\n        try {\n            return deep();\n        } catch (RuntimeException e) {\n            IllegalStateException s = new IllegalStateException(\"outer\", e);\n            s.addSuppressed(new Error(\"aside\"));\n            throw s;\n        }\n    }\n    int deep() {\n        throw new RuntimeException(\"inner\");\n    }\n}\n",
		says:   []string{"IllegalStateException: outer", "Solution.java:6", "Caused by: java.lang.RuntimeException: inner", "Solution.java:12", "Suppressed: java.lang.Error: aside", "Solution.java:7"}, lacks: []string{"signature"}},
	{name: "exception-in-initializer", lang: judge.Java, want: judge.RTE,
		source: "class Solution {\n    static int[] a = new int[-1];\n    int total(int[] numbers) { return 0; }\n}\n",
		says:   []string{"NegativeArraySizeException", "Solution.java:2"}, lacks: []string{"signature"}},
	{name: "null", lang: judge.Java, want: judge.RTE,
		source: "class Solution {\n    String s;\n    int total(int[] numbers) { return s.length(); }\n}\n",
		says:   []string{"NullPointerException", "Solution.java:3"}, lacks: []string{"signature"}},
	{name: "null-result", lang: judge.Java, want: judge.RTE,
		source: "class Solution {\n    Integer total(int[] numbers) { return null; }\n}\n",
		says:   []string{"NullPointerException", "int total(int[] numbers)"}},
	{name: "out-of-memory", lang: judge.Java, want: judge.MLE,
		source: "import java.util.*;\nclass Solution {\n    int total(int[] numbers) {\n        List<long[]> all = new ArrayList<>();\n        while (true) all.add(new long[1 << 20]);\n    }\n}\n"},
	{name: "exception-in-thread", lang: judge.Java, want: judge.RTE,
		source: "class Solution {\n    int total(int[] numbers) throws Exception {\n        int[] sum = new int[1];\n        Thread t = new Thread(() -> sum[1]++);\n        t.start();\n        t.join();\n        throw new IllegalStateException(\"no sum\");\n    }\n}\n",
		says:   []string{"Exception in thread \"Thread-0\"", "Solution.java:4", "no sum"}},
	{name: "exit-code", lang: judge.Java, want: judge.RTE,
		source: "class Solution {\n    int total(int[] numbers) {\n        System.exit(3);\n        return 0;\n    }\n}\n"},

	// ---- Python
	{name: "wrong-name", lang: judge.Python, want: judge.RTE,
		source: "def sum_up(numbers):\n    return 0\n",
		says:   []string{"solution.py has no function total", "def total(numbers: list[int]) -> int:"}, lacks: []string{"Traceback"}},
	{name: "not-a-function", lang: judge.Python, want: judge.RTE,
		source: "total = 5\n",
		says:   []string{"total of solution.py cannot be called", "def total(numbers: list[int]) -> int:"}, lacks: []string{"Traceback"}},
	{name: "missing-class", lang: judge.Python, class: true, want: judge.RTE,
		source: "def add(k):\n    return 0\n",
		says:   []string{"solution.py has no class Counter", "class Counter:"}, lacks: []string{"Traceback"}},
	{name: "missing-method", lang: judge.Python, class: true, want: judge.RTE,
		source: "class Counter:\n    def __init__(self, start):\n        pass\n",
		says:   []string{"solution.py has no method add in class Counter", "def add(self, k: int) -> int: ..."}, lacks: []string{"Traceback"}},
	{name: "missing-constructor", lang: judge.Python, class: true, want: judge.RTE,
		source: "class Counter:\n    def add(self, k):\n        return 0\n",
		says:   []string{"TypeError: Counter() takes no arguments", "def __init__(self, start: int) -> None: ..."}},
	{name: "too-few-parameters", lang: judge.Python, want: judge.RTE,
		source: "def total():\n    return 0\n",
		says:   []string{"TypeError: total() takes 0 positional arguments but 1 was given", "def total(numbers: list[int]) -> int:"}},
	{name: "wrong-result", lang: judge.Python, want: judge.RTE,
		source: "def total(numbers):\n    return \"6\"\n",
		says:   []string{"total must return int, but returned str: '6'", "def total(numbers: list[int]) -> int:"}, lacks: []string{"Traceback"}},
	{name: "no-result", lang: judge.Python, want: judge.RTE,
		source: "def total(numbers):\n    pass\n",
		says:   []string{"total must return int, but returned NoneType: None"}},
	{name: "bool-for-int", lang: judge.Python, want: judge.RTE,
		source: "def total(numbers):\n    return True\n",
		says:   []string{"total must return int, but returned bool: True"}},
	{name: "exception", lang: judge.Python, want: judge.RTE,
		source: "def total(numbers):\n    return deep(numbers)\n\n\ndef deep(n):\n    return n[len(n)]\n",
		says:   []string{"Traceback (most recent call last):\n  File \"solution.py\", line 2, in total\n", "File \"solution.py\", line 6, in deep\n    return n[len(n)]\n", "IndexError: list index out of range\n"}, lacks: []string{"signature"}},
	{name: "chained-exception", lang: judge.Python, want: judge.RTE,
		source: "def total(numbers):\n    try:\n        return deep()\n    except KeyError as e:\n        raise ValueError(\"outer\") from e\n\n\ndef deep():\n    try:\n        return {}[1]\n    except KeyError:\n        return {}[2]\n",
		says:   []string{"KeyError: 1", "During handling of the above exception", "KeyError: 2", "The above exception was the direct cause", "line 5, in total", "ValueError: outer"}, lacks: []string{"signature"}},
	{name: "exception-group", lang: judge.Python, want: judge.RTE,
		source: "def total(numbers):\n    raise ExceptionGroup(\"many\", [ValueError(1), TypeError(2)])\n",
		says:   []string{"ExceptionGroup: many (2 sub-exceptions)", "ValueError: 1", "TypeError: 2", "line 2, in total"}},
	{name: "type-error-inside", lang: judge.Python, want: judge.RTE,
		source: "def total(numbers):\n    return 1 + \"\"\n",
		says:   []string{"line 2, in total", "TypeError: unsupported operand"}, lacks: []string{"signature"}},
	{name: "exception-on-import", lang: judge.Python, want: judge.RTE,
		source: "import no_such_module\n\n\ndef total(numbers):\n    return 0\n",
		says:   []string{"File \"solution.py\", line 1, in <module>", "ModuleNotFoundError: No module named 'no_such_module'"}},
	{name: "syntax-error", lang: judge.Python, want: judge.CE,
		source: "def total(numbers)\n    return 0\n",
		says:   []string{"File \"solution.py\", line 1", "expected ':'"}},
	{name: "recursion", lang: judge.Python, want: judge.RTE,
		source: "def total(numbers):\n    return total(numbers) + 1\n",
		says:   []string{"RecursionError: maximum recursion depth exceeded", "line 2, in total"}, lacks: []string{"signature"}},
	{name: "out-of-memory", lang: judge.Python, want: judge.MLE,
		source: "def total(numbers):\n    kept = []\n    while True:\n        kept.append(bytearray(b\"x\" * (1 << 24)))\n"},
	{name: "interrupt", lang: judge.Python, want: judge.RTE,
		source: "def total(numbers):\n    raise KeyboardInterrupt\n",
		says:   []string{"KeyboardInterrupt", "line 2, in total"}},
	{name: "exit-code", lang: judge.Python, want: judge.RTE,
		source: "import sys\n\n\ndef total(numbers):\n    sys.exit(3)\n"},
	{name: "exit-message", lang: judge.Python, want: judge.RTE,
		source: "import sys\n\n\ndef total(numbers):\n    sys.exit(\"no way\")\n",
		says:   []string{"no way"}},
	{name: "exception-that-breaks", lang: judge.Python, want: judge.RTE,
		source: "class Odd(Exception):\n    def __str__(self):\n        raise self\n\n\ndef total(numbers):\n    raise Odd\n",
		says:   []string{"Odd", "line 7, in total"}},
	{name: "name-of-the-library", lang: judge.Python, want: judge.RTE,
		files: []judge.File{{Name: "math.py", Content: "def total(numbers):\n    return 1 // 0\n"}},
		says:  []string{"line 2, in total", "ZeroDivisionError"}},
	{name: "other-file-name", lang: judge.Python, want: judge.RTE,
		files: []judge.File{{Name: "my-answer.py", Content: "def total(numbers):\n    return 1 // 0\n"}},
		says:  []string{"line 2, in total", "ZeroDivisionError"}},
	{name: "name-of-the-program", lang: judge.Python, want: judge.AC,
		files: []judge.File{{Name: "__main__.py", Content: honest[judge.Python]}}},
	{name: "int-without-end", lang: judge.Python, want: judge.RTE,
		source: "def total(numbers):\n    return 10**5000\n",
		says:   []string{"an int that was returned has more than 4300 digits", "def total(numbers: list[int]) -> int:"}, lacks: []string{"Traceback"}},
	{name: "int-without-end-of-a-method", lang: judge.Python, class: true, want: judge.RTE,
		source: "class Counter:\n    def __init__(self, start):\n        pass\n\n    def add(self, k):\n        return -(10**5000)\n",
		says:   []string{"an int that was returned has more than 4300 digits", "def add(self, k: int) -> int: ..."}, lacks: []string{"Traceback"}},
	{name: "list-of-ints-without-end", lang: judge.Python, want: judge.RTE,
		source: "def total(numbers):\n    return [10**5000]\n",
		says:   []string{"total must return int, but returned list.\n", "def total(numbers: list[int]) -> int:"}, lacks: []string{"Traceback"}},
	{name: "async-function", lang: judge.Python, want: judge.RTE,
		source: "async def total(numbers):\n    return sum(numbers)\n",
		says:   []string{"total of solution.py is an async function", "it must be a plain one", "\ndef total(numbers: list[int]) -> int:"}, lacks: []string{"Traceback", "coroutine"}},
	{name: "async-method", lang: judge.Python, class: true, want: judge.RTE,
		source: "class Counter:\n    def __init__(self, start):\n        pass\n\n    async def add(self, k):\n        return k\n",
		says:   []string{"add of solution.py is an async function", "def add(self, k: int) -> int: ..."}, lacks: []string{"Traceback", "Warning"}},
}

// Stacks are as large as memory, so overflowing them may come to either end.
func TestStackOverflow(t *testing.T) {
	h := function(t, forgedSignature)
	for lang, source := range map[judge.Language]string{
		judge.Go:     "package solution\n\nfunc Total(numbers []int) int { return Total(append(numbers, 1)) + 1 }\n",
		judge.Java:   "class Solution {\n    int total(int[] numbers) { return total(numbers) + 1; }\n}\n",
		judge.Python: "import sys\n\nsys.setrecursionlimit(10**9)\n\n\ndef total(numbers):\n    return total(numbers) + 1\n",
	} {
		if o := run(t, h, lang, source, forgedInput, forgedAnswer); o.verdict() != judge.RTE && o.verdict() != judge.MLE {
			t.Errorf("%s: %s\n%s", lang, o.verdict(), o.said())
		}
	}
}

// Text that is not Unicode never equals an answer, and neither does a replacement
// character that a language substitutes.
func TestTextsThatAreNotUnicode(t *testing.T) {
	const says = "a text of the result is not Unicode: it has half of a surrogate pair, or bytes that are not UTF-8"
	bodies := map[judge.Language]map[string]string{
		judge.Go: {
			"string":      `return "a\xffb"`,
			"string[]":    `return []string{"", "a\xffb"}`,
			"map<string>": `return map[string]string{"a\xffb": ""}`,
		},
		judge.Java: {
			"string":      `return "a" + (char) 0xdc00 + "b";`,
			"string[]":    `return List.of("", "a" + (char) 0xd800 + "b");`,
			"map<string>": `return Map.of("a" + (char) 0xdbff + "b", "");`,
		},
		judge.Python: {
			"string":      `return "a\udc00b"`,
			"string[]":    `return ["", "a\ud800b"]`,
			"map<string>": `return {"a\udfffb": ""}`,
		},
	}
	for lang, kinds := range bodies {
		for kind, body := range kinds {
			t.Run(string(lang)+"/"+kind, func(t *testing.T) {
				h := function(t, "same(n int) "+kind)
				source := h.Starter(lang).Content
				at := strings.LastIndex(source, "return ")
				rest := source[at:]
				o := run(t, h, lang, source[:at]+body+rest[strings.IndexByte(rest, '\n'):], "[1]\n", "0\n")
				if o.verdict() != judge.WA {
					t.Fatalf("%s\n%s", o.verdict(), o.said())
				}
				form := map[string]string{"string": `"a@b"`, "string[]": `["","a@b"]`, "map<string>": `{"a@b":""}`}[kind]
				for _, stand := range []string{"?", "\uFFFD", `\ufffd`, "\uFFFD\uFFFD\uFFFD", ""} {
					finding, err := results.New(h.Signature(), 0).Check(strings.NewReader(o.output), strings.NewReader(strings.ReplaceAll(form, "@", stand)+"\n"))
					if err != nil || !strings.HasSuffix(finding.Reason, says) {
						t.Errorf("output %q where the answer has %q: %+v, %v", o.output, stand, finding, err)
					}
				}
			})
		}
	}
	pool := function(t, "runAll(jobs task<string>[]) string[]")
	finding, err := results.New(pool.Signature(), 0).Check(strings.NewReader(`{"ms":0,"value":["\udcff"],"events":[]}`+"\n"), strings.NewReader(`{"ms":0,"value":["\ufffd"],"events":[]}`+"\n"))
	if err != nil || finding.Reason != "case 1: "+says {
		t.Errorf("of an account: %+v, %v", finding, err)
	}
	// The rest of Unicode arrives.
	h := function(t, "same(text string) string")
	const text = `["é𝄞\u20ac\ud834\udd1e\ufffd\"\\\u0001"]`
	for lang, source := range map[judge.Language]string{
		judge.Go:     "package solution\n\nfunc Same(text string) string { return text }\n",
		judge.Java:   "class Solution {\n    String same(String text) { return text; }\n}\n",
		judge.Python: "def same(text):\n    return text\n",
	} {
		if o := run(t, h, lang, source, text+"\n", strings.Trim(text, "[]")+"\n"); o.verdict() != judge.AC {
			t.Errorf("%s: %s %+v\n%s", lang, o.verdict(), o.finding, o.said())
		}
	}
}

// A map may have nothing for a key in Java, but no key that is nothing.
func TestNullsInMaps(t *testing.T) {
	h := function(t, "same(n int) map<string>")
	for _, c := range []struct {
		entry string
		want  judge.Verdict
		says  []string
	}{
		{`m.put("a", null)`, judge.WA, nil},
		{`m.put(null, "a")`, judge.RTE, []string{
			"IllegalArgumentException: a map that was returned has the key null\n\nThe result cannot be used", "Map<String, String> same(int n)",
		}},
		{`m = new java.util.TreeMap<>(java.util.Comparator.nullsFirst(java.util.Comparator.naturalOrder())); m.put(null, "a")`, judge.RTE, []string{
			"a map that was returned has the key null\n\nThe result cannot be used",
		}},
		{`m = new java.util.AbstractMap<String, String>() { public java.util.Set<Map.Entry<String, String>> entrySet() { throw new IllegalStateException("mine"); } }`, judge.RTE, []string{
			"IllegalStateException: mine\n\tat Solution$1.entrySet(Solution.java:3)\n",
		}},
	} {
		source := "import java.util.Map;\nclass Solution {\n    Map<String, String> same(int n) { Map<String, String> m = new java.util.HashMap<>(); " + c.entry + "; return m; }\n}\n"
		o := run(t, h, judge.Java, source, "[1]\n", "{\"a\":\"\"}\n")
		said := o.said()
		if o.verdict() != c.want {
			t.Errorf("%s: %s", c.entry, o.verdict())
		}
		for _, want := range c.says {
			if !strings.Contains(said, want) {
				t.Errorf("%s: not said: %s", c.entry, want)
			}
		}
		if word := ours.FindString(said); word != "" || strings.Contains(said, "mine") && strings.Contains(said, "signature") {
			t.Errorf("%s: the driver shows: %s", c.entry, word)
		}
		if t.Failed() {
			t.Log(said)
		}
	}
}

// The signature of a problem with nodes has their types, since the solution
// declares them.
func TestNodesThatDoNotFit(t *testing.T) {
	const list = "total(chain list_node) int"
	const tree = "total(root tree_node) int"
	for name, c := range map[string]struct {
		lang      judge.Language
		signature string
		source    string
		want      judge.Verdict
		says      []string
	}{
		"go list": {judge.Go, list, "package solution\n\ntype ListNode struct {\n\tValue int\n\tNext *ListNode\n}\n\nfunc Total(chain *ListNode) int { return 0 }\n",
			judge.CE, []string{doesNotFit, "    type ListNode struct {\n    \tVal  int\n    \tNext *ListNode\n    }\n"}},
		"go tree": {judge.Go, tree, "package solution\n\nfunc Total(root *TreeNode) int { return 0 }\n\ntype TreeNode struct {\n\tVal int\n}\n",
			judge.CE, []string{doesNotFit, "    type TreeNode struct {\n    \tVal         int\n    \tLeft, Right *TreeNode\n    }\n"}},
		"java list": {judge.Java, list, "class ListNode {\n    int val;\n    ListNode next;\n}\n\nclass Solution {\n    int total(ListNode chain) { return 0; }\n}\n",
			judge.CE, []string{doesNotFit, "    class ListNode {\n        int val;\n        ListNode next;\n        ListNode(int val)\n    }\n"}},
		"java tree": {judge.Java, tree, "class TreeNode {\n    int val;\n    TreeNode left, right;\n}\n\nclass Solution {\n    int total(TreeNode root) { return 0; }\n}\n",
			judge.CE, []string{doesNotFit, "        TreeNode right;\n        TreeNode(int val)\n"}},
		"python list": {judge.Python, list, "class ListNode:\n    pass\n\n\ndef total(chain):\n    return 0\n",
			judge.RTE, []string{"TypeError: ListNode() takes no arguments", "class ListNode:\n    val: int\n", "    def __init__(self, val: int) -> None: ...\n"}},
		"python tree": {judge.Python, tree, "def total(chain):\n    return 0\n",
			judge.RTE, []string{"solution.py has no class TreeNode", "class TreeNode:\n    val: int\n"}},
	} {
		t.Run(name, func(t *testing.T) {
			o := run(t, function(t, c.signature), c.lang, c.source, "[[1,2]]\n", "3\n")
			said := o.said()
			if o.verdict() != c.want {
				t.Errorf("%s, want %s", o.verdict(), c.want)
			}
			for _, want := range c.says {
				if !strings.Contains(said, want) {
					t.Errorf("not said: %s", want)
				}
			}
			if word := ours.FindString(said); word != "" {
				t.Errorf("the driver shows: %s", word)
			}
			if t.Failed() {
				t.Log(said)
			}
		})
	}
}

// A result that leads back into itself is no list and no tree.
func TestLoopsThatAreReturned(t *testing.T) {
	const list, tree = "a list that was returned leads back into itself", "a tree that was returned has a node in two places"
	for _, c := range []struct {
		lang               judge.Language
		kind, result, says string
		signature          string
	}{
		{judge.Go, "list_node", "n := &ListNode{Val: 1}\nn.Next = n\nreturn n", list, "func Same(value *ListNode) *ListNode"},
		{judge.Go, "tree_node", "n := &TreeNode{Val: 1}\nn.Left = n\nreturn n", tree, "func Same(value *TreeNode) *TreeNode"},
		{judge.Java, "list_node", "value = new ListNode(1); value.next = value; return value;", list, "ListNode same(ListNode value)"},
		{judge.Java, "tree_node", "value = new TreeNode(1); value.left = value; return value;", tree, "TreeNode same(TreeNode value)"},
		{judge.Python, "list_node", "value = ListNode(1); value.next = value; return value", list, "def same(value: ListNode | None) -> ListNode | None: ..."},
		{judge.Python, "tree_node", "value = TreeNode(1); value.left = value; return value", tree, "def same(value: TreeNode | None) -> TreeNode | None: ..."},
	} {
		t.Run(string(c.lang)+"/"+c.kind, func(t *testing.T) {
			h := function(t, "same(value "+c.kind+") "+c.kind)
			source := h.Starter(c.lang).Content
			at := strings.LastIndex(source, "return ")
			rest := source[at:]
			source = source[:at] + c.result + rest[strings.IndexByte(rest, '\n'):]
			o := run(t, h, c.lang, source, "[[]]\n", "[]\n")
			said := o.said()
			if o.verdict() != judge.RTE || !strings.Contains(said, c.says) || !strings.Contains(said, c.signature) {
				t.Errorf("%s, want the words %s, and %s:\n%s", o.verdict(), c.says, c.signature, said)
			}
			if word := ours.FindString(said); word != "" {
				t.Errorf("the driver shows %s:\n%s", word, said)
			}
		})
	}
}

// JSON has no names for the numbers that are none. Each language has its own.
func TestNumbersThatAreNone(t *testing.T) {
	h := function(t, "halves(value double) double[]")
	for lang, c := range map[judge.Language]struct{ source, nan, infinity string }{
		judge.Go:     {"package solution\n\nfunc Halves(v float64) []float64 {\n\tif v > 3 {\n\t\treturn []float64{1, v * 1e308}\n\t}\n\treturn []float64{1, (v - v) / (v - v)}\n}\n", "NaN", "+Inf"},
		judge.Java:   {"class Solution {\n    double[] halves(double v) { return new double[] {1, v > 3 ? v * 1e308 : (v - v) / (v - v)}; }\n}\n", "NaN", "Infinity"},
		judge.Python: {"def halves(v):\n    return [1, v * 1e308 if v > 3 else float(\"nan\")]\n", "NaN", "Infinity"},
	} {
		for input, want := range map[string]string{"[1.5]\n": c.nan, "[4.5]\n": c.infinity} {
			o := run(t, h, lang, c.source, input, "[1.0,0.5]\n")
			if want := `case 1: element 1: actual "` + want + `", expected 0.5`; o.verdict() != judge.WA || o.finding.Reason != want {
				t.Errorf("%s: %s %q, want %s\n%s", lang, o.verdict(), o.finding.Reason, want, o.said())
			}
		}
	}
}

// What is wrong deep inside a result is said with its place.
func TestWrongPythonResults(t *testing.T) {
	for _, c := range []struct{ kind, result, says string }{
		{"int[]", "[1, 2, None]", "same must return list[int], but returned"},
		{"int[]", "range(3)", "but returned range: range(0, 3)"},
		{"int[]", "'abc'", "but returned str: 'abc'"},
		{"int[][]", "[[1], [2, '3']]", "but returned"},
		{"string[]", "['a', b'b']", "but returned"},
		{"double", "'1.0'", "must return float, but returned str"},
		{"double[]", "[1.0, True]", "must return list[float], but returned"},
		{"bool", "1", "must return bool, but returned int: 1"},
		{"string", "None", "must return str, but returned NoneType: None"},
		{"map<int>", "{1: 2}", "must return dict[str, int], but returned dict: {1: 2}"},
		{"map<int[]>", "{'a': [1.5]}", "must return dict[str, list[int]], but returned"},
		{"int?", "''", "must return int | None, but returned str: ''"},
		{"list_node", "[1]", "must return ListNode | None, but returned list: [1]"},
		{"list_node", "ListNode('a')", "the value of a node must be an int, not str"},
		{"list_node", "loop()", "a list that was returned leads back into itself"},
		{"tree_node", "5", "must return TreeNode | None, but returned int: 5"},
		{"tree_node", "twice()", "a tree that was returned has a node in two places"},
		{"list_node[]", "[None, 3]", "must return list[ListNode | None], but returned"},
		{"list_node[]", "7", "must return list[ListNode | None], but returned int: 7"},
		{"list_node", "half()", "a node that was returned has no next"},
		{"list_node", "ListNode(1, 2)", "the next of a node must be a node or None, not int"},
		{"tree_node", "TreeNode(1, None, 'x')", "the right of a node must be a node or None, not str"},
		{"map<tree_node>", "[]", "must return dict[str, TreeNode | None], but returned list: []"},
	} {
		t.Run(c.kind+"/"+c.result, func(t *testing.T) {
			h := function(t, "same(value "+c.kind+") "+c.kind)
			source := h.Starter(judge.Python).Content
			at := strings.LastIndex(source, "return ")
			source = source[:at] + "return " + c.result + `


def loop():
    node = ListNode(1)
    node.next = node
    return node


def half():
    node = ListNode(1)
    del node.next
    return node


def twice():
    node = TreeNode(1)
    return TreeNode(2, node, node)
`
			input := map[byte]string{'i': "[1]\n", 'd': "[1]\n", 'b': "[true]\n", 's': "[\"\"]\n", 'm': "[{}]\n"}[c.kind[0]]
			if strings.HasSuffix(c.kind, "]") || input == "" {
				input = "[[]]\n"
			}
			o := run(t, h, judge.Python, source, input, "0\n")
			said := o.said()
			if o.verdict() != judge.RTE || !strings.Contains(said, c.says) || !strings.Contains(said, "def same(") {
				t.Errorf("%s, want the words %s:\n%s", o.verdict(), c.says, said)
			}
			if word := ours.FindString(said); word != "" {
				t.Errorf("the driver shows %s:\n%s", word, said)
			}
		})
	}
}
