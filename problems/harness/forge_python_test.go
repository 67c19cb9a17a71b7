//go:build !quick

package harness_test

import "github.com/docketjudge/docket/judge"

// pythonEverywhere writes to every descriptor above the standard streams.
const pythonEverywhere = `
import os
import sys


def everywhere(text):
    for fd in os.listdir("/proc/self/fd"):
        if int(fd) > 2:
            try:
                os.write(int(fd), text.encode())
            except OSError:
                pass

`

var pythonForgeries = []forgery{
	{
		name: "exit-on-import", lang: judge.Python, want: wrong, claims: "",
		source: `import os

os._exit(0)


def total(numbers):
    return 0
`,
	},
	{
		name: "exit-in-first-call", lang: judge.Python, want: []judge.Verdict{judge.WA, judge.RTE}, claims: "",
		source: `import sys


def total(numbers):
    sys.exit(0)
`,
	},
	{
		name: "exit-midway", lang: judge.Python, want: wrong, claims: "6\n30\n",
		source: `import os
import time

calls = 0


def total(numbers):
    global calls
    calls += 1
    if calls == 3:
        os._exit(0)
    time.sleep(0.05)  # lets the results before out
    return sum(numbers)
`,
	},
	{
		name: "write-to-every-descriptor", lang: judge.Python, want: wrong, claims: "1\n2\n3\n4\n",
		source: pythonEverywhere + `
everywhere("1\n2\n3\n4\n")
os._exit(0)
`,
	},
	{
		name: "close-every-descriptor", lang: judge.Python, want: crash, without: []string{"os.closerange(3, 256)\n"},
		source: `import os

os.closerange(3, 256)


def total(numbers):
    return sum(numbers)
`,
	},
	{
		name: "results-over-standard-streams", lang: judge.Python, want: wrong, claims: "0\n0\n0\n0\n6\n30\n7\n-1\n",
		source: `import os
import sys

os.dup2(sys.modules["__main__"]._RESULTS, 1)
print("0\n0\n0\n0")
sys.stdout.flush()


def total(numbers):
    return sum(numbers)
`,
	},
	{
		name: "flood", lang: judge.Python, want: []judge.Verdict{judge.OLE}, without: []string{"flood()\n"},
		source: pythonEverywhere + `
def total(numbers):
    flood()
    return sum(numbers)


def flood():
    block = "6\n30\n7\n-1\n" * 10000
    for _ in range(1000):
        everywhere(block)
`,
	},
	{
		name: "check-replaced", lang: judge.Python, want: wrong, claims: "true\ntrue\ntrue\ntrue\n",
		source: `import sys

sys.modules["__main__"]._Call.checked = lambda self, value: True


def total(numbers):
    return 0
`,
	},
	{
		name: "writer-replaced", lang: judge.Python, want: wrong, claims: "1\n1\n1\n1\n",
		source: `import json
import sys

sys.modules["__main__"]._dumps = lambda value: "1"
json.dumps = json.JSONEncoder.encode = lambda *a: "1"


def total(numbers):
    return 0
`,
	},
	{
		name: "reader-replaced", lang: judge.Python, want: wrong, claims: "0\n0\n0\n0\n",
		source: `import sys

sys.modules["__main__"]._loads = lambda line: [[]]


def total(numbers):
    return sum(numbers)
`,
	},
	{
		name: "main-replaced", lang: judge.Python, want: wrong, claims: "0\n0\n0\n0\n",
		source: `import sys
import types

driver = sys.modules["__main__"]
fake = types.ModuleType("__main__")
fake.__dict__.update(driver.__dict__)
fake._Call = type("_Call", (), {"checked": lambda self, value: 6})
sys.modules["__main__"] = fake


def total(numbers):
    return 0
`,
	},
	{
		name: "builtins-replaced", lang: judge.Python, want: []judge.Verdict{judge.WA, judge.RTE}, without: []string{"builtins.type = lambda *a: int\n", "builtins.map = lambda *a: [int]\n", "lying = True\n", "if lying:\n        return Lie()\n"},
		source: `import builtins


class Lie:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 6


builtins.type = lambda *a: int
builtins.map = lambda *a: [int]
lying = True


def total(numbers):
    if lying:
        return Lie()
    return sum(numbers)
`,
	},
	{
		name: "exit-handler", lang: judge.Python, want: []judge.Verdict{judge.WA, judge.RTE}, claims: "4\n4\n4\n4\n",
		source: pythonEverywhere + `
import atexit

atexit.register(everywhere, "4\n4\n4\n4\n")


def total(numbers):
    sys.exit(0)
`,
	},
	{
		name: "thread-writes", lang: judge.Python, want: wrong, claims: "2\n2\n2\n2\n",
		source: pythonEverywhere + `
import threading


def total(numbers):
    def write():
        everywhere("2\n2\n2\n2\n")
        os._exit(0)

    t = threading.Thread(target=write)
    t.start()
    t.join()
`,
	},
	{
		name: "collector-walk", lang: judge.Python, want: wrong, claims: "7\n7\n7\n7\n0\n0\n0\n0\n",
		source: `import gc
import sys

done = False


def total(numbers):
    global done
    if not done:
        done = True
        for one in gc.get_objects():
            if type(one).__name__ == "_Results":
                one.lines.append("7\n7\n7\n7\n")
    return 0
`,
	},
	{
		name: "frame-walk", lang: judge.Python, want: wrong, claims: "5\n5\n5\n5\n",
		source: `import os
import sys


def total(numbers):
    frame = sys._getframe()
    while "results" not in frame.f_locals:
        frame = frame.f_back
    results = frame.f_locals["results"]
    results.lines[:] = ["5\n5\n5\n5\n"]
    results.flush()
    os._exit(0)
`,
	},
	{
		name: "tracer", lang: judge.Python, want: wrong, claims: "6\n6\n6\n6\n",
		source: `import sys


def spy(frame, event, arg):
    if event == "call" and frame.f_code.co_name == "add":
        frame.f_locals["line"] = "6\n"
        return None
    return spy


sys.settrace(spy)
patched = sys.modules["__main__"]._Results
plain = patched.add
patched.add = lambda self, line: plain(self, "6\n")


def total(numbers):
    return 0
`,
	},
	{
		name: "int-that-lies", lang: judge.Python, want: crash, without: []string{"Liar(0) if lying else ", "lying = True\n"},
		source: `class Liar(int):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __repr__(self):
        return "6"

    __str__ = __repr__


lying = True


def total(numbers):
    return Liar(0) if lying else sum(numbers)
`,
	},
	{
		name: "class-that-lies", lang: judge.Python, want: crash, without: []string{"Liar() if lying else ", "lying = True\n"},
		source: `class Liar:
    @property
    def __class__(self):
        return int

    def __eq__(self, other):
        return True

    def __index__(self):
        return 6


lying = True


def total(numbers):
    return Liar() if lying else sum(numbers)
`,
	},
	{
		name: "function-replaces-itself", lang: judge.Python, want: wrong, claims: "6\n0\n0\n0\n",
		source: `def total(numbers):
    total.__code__ = (lambda numbers: 0).__code__
    return 6
`,
	},
	{
		name: "standard-output-replaced", lang: judge.Python, want: wrong, claims: "0\n0\n0\n0\n",
		source: `import io
import os
import sys

sys.stdout = sys.stderr = sys.__stdout__ = io.TextIOWrapper(os.fdopen(os.dup(1), "wb"))
print("6\n30\n7\n-1")


def total(numbers):
    print("6\n30\n7\n-1")
    return 0
`,
	},
	{
		name: "fork", lang: judge.Python, want: wrong, claims: "6\n30\n7\n-1\n6\n30\n7\n-1\n",
		source: `import os

calls = 0


def total(numbers):
    global calls
    calls += 1
    if calls == 4:
        child = os.fork()
        if child:
            os.waitpid(child, 0)
    return sum(numbers)
`,
	},
	{
		name: "other-program", lang: judge.Python, want: wrong, claims: "0\n0\n0\n0\n",
		source: `import os
import sys

os.dup2(sys.modules["__main__"]._RESULTS, 1)
os.execv(sys.executable, [sys.executable, "-c", "print('0\\n0\\n0\\n0')"])
`,
	},
	{
		name: "hook-that-exits-well", lang: judge.Python, want: wrong, claims: "",
		source: `import os
import sys

sys.excepthook = lambda *a: os._exit(0)


def total(numbers):
    raise ValueError
`,
	},
}
