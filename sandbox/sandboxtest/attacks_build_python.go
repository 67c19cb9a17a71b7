package sandboxtest

import (
	"strings"

	"github.com/docketjudge/docket/judge"
)

// pythonBuildAttacks are hostile to Python's parser.
func pythonBuildAttacks() []attack {
	return []attack{
		compiles("nested-parentheses", judge.Python, nested(100000, "(", "1", ")")+"\n", rejected("main.py")),
		compiles("nested-lists", judge.Python, "x = "+nested(150, "[", "1", "]")+"\n", prints("")),
		compiles("nested-blocks", judge.Python, nestedIfs(150), rejected("main.py", "IndentationError")),
		compiles("minuses", judge.Python, "x = "+strings.Repeat("-", 100000)+"1\n", whicheverBuild),
		compiles("nots", judge.Python, "x = "+strings.Repeat("not ", 50000)+"1\n", whicheverBuild),
		compiles("long-sum", judge.Python, "y = 1\nx = y"+strings.Repeat(" + y", 50000)+"\n", whicheverBuild),
		compiles("attributes", judge.Python, "def f(x):\n    x"+strings.Repeat(".a", 50000)+"\n", whicheverBuild),
		compiles("calls", judge.Python, "def f():\n    f"+strings.Repeat("()", 50000)+"\n", whicheverBuild),
		compiles("nested-f-strings", judge.Python, "x = "+nested(200, `f"{`, "1", `}"`)+"\n", whicheverBuild),
		compiles("many-lines", judge.Python, strings.Repeat("x=1\n", 60000)+"print(x)\n", prints("1\n")),
		compiles("big-list", judge.Python, "x = ["+strings.Repeat("1000,", 50000)+"]\nprint(len(x))\n", prints("50000\n")),
		compiles("constant-power", judge.Python, "def f():\n    return 10 ** 10 ** 10\n", prints("")),
		compiles("constant-string", judge.Python, "def f():\n    return 'x' * 10 ** 12\n", prints("")),
		compiles("constant-tuple", judge.Python, "def f():\n    return ((1,) * 200) * 200 * 200 * 200 * 200\n", prints("")),
		compiles("long-integer", judge.Python, "x = "+strings.Repeat("9", 5000)+"\n", rejected("main.py", "SyntaxError")),
		compiles("null-byte", judge.Python, "x = 1\x00\n", rejected("null bytes")),
		compiles("not-utf-8", judge.Python, "x = '\xff'\n", rejected("main.py", "SyntaxError")),
		compiles("coding-latin-1", judge.Python, "# coding: latin-1\nprint(len('\xff'))\n", prints("1\n")),
		compiles("coding-rot13", judge.Python, "# coding: rot13\ncevag(1)\n", whicheverBuild),
		compiles("coding-unknown", judge.Python, "# coding: no-such-thing\nprint(1)\n", rejected("SyntaxError", "no-such-thing")),
		compiles("byte-order-mark", judge.Python, "\ufeffprint(1)\n", prints("1\n")),
		compiles("tabs-and-spaces", judge.Python, "if True:\n        x = 1\n\ty = 2\n", rejected("TabError", `File "main.py", line 3`)),
		compiles("syntax-error", judge.Python, "print(1)\nif x\n    pass\n", rejected(`File "main.py", line 2`, "    if x\n", "SyntaxError: expected ':'")),
		compiles("indentation", judge.Python, "def f():\npass\n", rejected(`File "main.py", line 2`, "IndentationError")),
		compiles("future", judge.Python, "from __future__ import annotations\ndef f(x: undefined): pass\nprint(f.__annotations__)\n", prints("{'x': 'undefined'}\n")),
		compiles("future-late", judge.Python, "x = 1\nfrom __future__ import annotations\n", rejected("main.py", "SyntaxError")),
		compiles("future-braces", judge.Python, "from __future__ import braces\n", rejected("not a chance")),
		compiles("return-outside", judge.Python, "return 1\n", rejected("'return' outside function")),
		compiles("warning", judge.Python, "print(1 is 1)\n", prints("True\n")),
		compiles("carriage-returns", judge.Python, "if True:\r    print(1)\rprint(2)\r", prints("1\n2\n")),
		compiles("form-feed", judge.Python, "\x0cprint(1)\n", prints("1\n")),
		compiles("without-newline", judge.Python, "print(1)", prints("1\n")),
		compiles("empty", judge.Python, "", prints("")),
		compilesFiles("two-files", judge.Python, prints("3\n"), "main.py", "import other\nprint(other.x)\n", "other.py", "x = 3\n"),
		compilesFiles("broken-module", judge.Python, rejected(`File "other.py", line 2`, "SyntaxError"), "main.py", "print(1)\n", "other.py", "x = 3\ny = (\n"),
		compilesFiles("shadowed-module", judge.Python, prints("mine\n"), "main.py", "import random\nprint(random.whose)\n", "random.py", "whose = 'mine'\n"),
		compilesFiles("other-name", judge.Python, prints("solution.py\n"), "solution.py", "import sys\nprint(sys.argv[0].rsplit('/', 1)[-1])\n"),
		compilesFiles("named-sitecustomize", judge.Python, prints("main\n"), "main.py", "print('main')\n", "sitecustomize.py", "print('site')\n", "usercustomize.py", "print('user')\n"),
	}
}

// nestedIfs is a program of n blocks, each in the one before.
func nestedIfs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "if True:\n")
	}
	return b.String() + strings.Repeat(" ", n) + "pass\n"
}
