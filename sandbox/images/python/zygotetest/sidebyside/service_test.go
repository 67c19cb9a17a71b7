//go:build !quick

package sidebyside

import (
	"encoding/json"
	"strings"
	"testing"
)

func run(program string) order {
	return order{Do: "repeat", Times: 1, Script: "main.py", Files: map[string]string{"main.py": program}, Env: defaultEnv()}
}

func says(t *testing.T, b *box, o order, want string) {
	t.Helper()
	a := b.do(t, o)
	if a.Error != "" || a.Zygote.Error != "" || string(a.Zygote.Stdout) != want {
		t.Errorf("got %+v, stdout %q, stderr %s; want stdout %q", a, a.Zygote.Stdout, a.Zygote.Stderr, want)
	}
}

// A wrong request is refused in words, and the next one is served.
func TestRefusals(t *testing.T) {
	b := boxOf(t, shipped(t))
	good := func(change func(map[string]any)) string {
		r := map[string]any{"mode": "run", "argv": []string{"/box/main.py"}, "cwd": "/work", "env": map[string]string{"A": "b"}, "uid": 4321, "gid": 4321}
		change(r)
		packet, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(packet)
	}
	set := func(field string, value any) string {
		return good(func(r map[string]any) { r[field] = value })
	}
	for _, c := range []struct {
		name, packet string
		fds          int
		says         string
	}{
		{"no object", "[]", 3, "mode"},
		{"not JSON", "{", 3, "not JSON"},
		{"deep", strings.Repeat("[", 60_000), 3, "not JSON"},
		{"not text", "\xff\xfe", 3, "not JSON"},
		{"long", good(func(r map[string]any) { r["pad"] = strings.Repeat("x", 70_000) }), 3, "too large"},
		{"no descriptors", good(func(map[string]any) {}), 0, "got 0 descriptors"},
		{"two descriptors", good(func(map[string]any) {}), 2, "got 2 descriptors"},
		{"a heap of descriptors", good(func(map[string]any) {}), 100, "too large"},
		{"unknown mode", set("mode", "walk"), 3, "mode"},
		{"root", set("uid", 0), 3, "uid"},
		{"root's group", set("gid", 0), 3, "gid"},
		{"a user that is no number", set("uid", true), 3, "uid"},
		{"relative script", set("argv", []string{"main.py"}), 3, "argv"},
		{"no script", set("argv", []string{}), 3, "argv"},
		{"NUL", set("argv", []string{"/box/main.py", "a\x00b"}), 3, "argv"},
		{"no files", good(func(r map[string]any) { r["mode"] = "check" }), 3, "files"},
		{"no directory", set("cwd", 3), 3, "cwd"},
		{"missing directory", set("cwd", "/nowhere"), 3, "No such file or directory"},
		{"variable without name", set("env", map[string]string{"": "v"}), 3, "env"},
		{"variable with =", set("env", map[string]string{"A=B": "v"}), 3, "env"},
		{"number as variable", set("env", map[string]int{"A": 1}), 3, "env"},
		{"negative memory", set("data", -1), 3, "data"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := b.do(t, order{Do: "raw", Packet: c.packet, FDs: c.fds})
			if a.Error != "" || !strings.Contains(a.Zygote.Error, c.says) {
				t.Errorf("got %q and %q, want an error about %q", a.Error, a.Zygote.Error, c.says)
			}
			says(t, b, run("print('served')"), "served\n")
		})
	}
}

// When no process can be made the zygote says so, and goes on when one can.
func TestForkFails(t *testing.T) {
	b := boxOf(t, shipped(t))
	o := run("print('served')")
	o.Do = "exhaust"
	a := b.do(t, o)
	if a.Error != "" || !strings.Contains(a.Plain.Error, "Resource temporarily unavailable") {
		t.Errorf("while there are no processes: %q, %q", a.Error, a.Plain.Error)
	}
	if a.Zygote.Error != "" || string(a.Zygote.Stdout) != "served\n" {
		t.Errorf("afterwards: %+v", a.Zygote)
	}
}

// An uncaught MemoryError is told apart from every other end.
func TestMemoryErrorIsTold(t *testing.T) {
	b := boxOf(t, shipped(t))
	for _, c := range []struct {
		program string
		exit    int
		told    bool
	}{
		{"x = bytearray(1 << 30)", 1, true},
		{"x = []\nwhile True: x.append(bytearray(1 << 20))", 1, true},
		{"x = []\nwhile True: x.append([0] * 10)", 1, true},
		{"raise MemoryError('of its own')", 1, true},
		{"class Own(MemoryError): pass\nraise Own", 1, true},
		{"try:\n x = bytearray(1 << 30)\nexcept MemoryError:\n raise SystemExit(1)", 1, false},
		{"try:\n x = bytearray(1 << 30)\nexcept MemoryError:\n pass", 0, false},
		{"raise ValueError", 1, false},
		{"import sys\nsys.exit('MemoryError')", 1, false},
		{"x = bytearray(48 << 20)", 0, false},
		{"import threading\nt = [threading.Thread(target=bytearray, args=(1 << 20,)) for _ in range(8)]\n[x.start() for x in t]\n[x.join() for x in t]", 0, false},
	} {
		t.Run(c.program, func(t *testing.T) {
			o := run(c.program)
			o.Data = 64 << 20
			a := b.do(t, o)
			if a.Error != "" || a.Zygote.Error != "" || a.Zygote.Exit != c.exit || a.Zygote.MemoryError != c.told {
				t.Errorf("got %s%s exit %d, told %v; want exit %d, told %v\n%s",
					a.Error, a.Zygote.Error, a.Zygote.Exit, a.Zygote.MemoryError, c.exit, c.told, a.Zygote.Stderr)
			}
		})
	}
}

// What a child does to itself, its relatives and its files stays there.
func TestChildrenLeaveNoTrace(t *testing.T) {
	b := boxOf(t, shipped(t))
	for _, program := range []string{
		"import random, heapq\nrandom.random = heapq.heappush = None",
		"import builtins, sys\nbuiltins.print = None\nsys.path.clear()\nsys.modules.clear()",
		"import os, signal\nos.kill(0, signal.SIGKILL)",
		"import os, signal\ntry: os.kill(os.getppid(), signal.SIGKILL)\nexcept PermissionError: pass",
		"import os\nos.closerange(0, 1024)\nos.abort()",
		"import resource\nfor n in range(16):\n try: resource.setrlimit(n, (0, 0))\n except ValueError: pass",
		"import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()",
	} {
		t.Run(program, func(t *testing.T) {
			o := run(program)
			o.Data = 64 << 20
			if a := b.do(t, o); a.Error != "" || a.Zygote.Error != "" {
				t.Fatalf("%s%s", a.Error, a.Zygote.Error)
			}
			says(t, b, run("import random, heapq, sys\nprint(random.random() < 1, heapq.heappush.__name__, len(sys.modules) > 30)"), "True heappush True\n")
		})
	}
}

// What is random is so in every child.
func TestChildrenAreNotTwins(t *testing.T) {
	b := boxOf(t, shipped(t))
	seen := map[string]bool{}
	for range 3 {
		a := b.do(t, run("import random, uuid, secrets, tempfile\nprint(random.random(), uuid.uuid4(), secrets.token_hex(), next(tempfile._get_candidate_names()))"))
		for _, word := range strings.Fields(string(a.Zygote.Stdout)) {
			if seen[word] {
				t.Errorf("%s comes up again", word)
			}
			seen[word] = true
		}
	}
	if len(seen) != 12 {
		t.Errorf("got %d values", len(seen))
	}
}

// The ways that are meant to be quick are taken: a program is forked and not
// started anew, whatever its name, and is not finalized when nothing needs it.
func TestQuickWays(t *testing.T) {
	b := boxOf(t, shipped(t))
	const forked = "import gc, sys\nprint(gc.get_freeze_count() > 0)\n"
	for _, name := range []string{"main.py", "solution.py", "a name that is much longer than the usual one, é.py"} {
		o := run(forked)
		o.Script, o.Files = name, map[string]string{name: forked}
		says(t, b, o, "True\n")
	}
	o := run(forked)
	o.Env = append(o.Env, "PYTHONHASHSEED=0")
	says(t, b, o, "False\n")
	// The interpreter calls what Py_AtExit was given at the end of finalizing.
	const abort = "import ctypes\nctypes.pythonapi.Py_AtExit(ctypes.CDLL(None).abort)\n"
	for program, signal := range map[string]int{
		"": 0, "class C: pass\nc = C()\n": 0, "import collections, random, re, json, dataclasses\n": 0,
		"class C:\n def __del__(self): pass\n": 6, "raise SystemExit": 6, "f = open('/dev/null')": 6, "1/0": 6,
	} {
		if a := b.do(t, run(abort+program)); a.Error != "" || a.Zygote.Signal != signal {
			t.Errorf("%q: got %s signal %d, want %d", program, a.Error, a.Zygote.Signal, signal)
		}
	}
}

// How long a small program takes, with its start and its end.
func BenchmarkProgram(b *testing.B) {
	const small = "import sys, heapq, collections\nwords = collections.Counter(sys.stdin.read().split())\nprint(heapq.nlargest(3, words.items()))\n"
	for _, way := range []string{"zygote", "plain"} {
		b.Run(way, func(b *testing.B) {
			x := boxOf(b, shipped(b))
			o := run(small)
			o.Way, o.Times, o.Stdin = way, b.N, []byte("one two two three three three\n")
			a := x.do(b, o)
			if a.Error != "" || a.Zygote.Exit != 0 {
				b.Fatalf("%+v", a)
			}
			b.ReportMetric(float64(a.Took.Microseconds())/float64(b.N)/1000, "ms/program")
			b.ReportMetric(0, "ns/op")
		})
	}
}
