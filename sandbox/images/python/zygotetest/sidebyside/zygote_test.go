//go:build !quick

package sidebyside

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// cases names what testdata holds.
func cases(t testing.TB) []string {
	t.Helper()
	entries, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		switch name, ext := e.Name(), filepath.Ext(e.Name()); {
		case ext == ".py":
			names = append(names, strings.TrimSuffix(name, ext))
		case e.IsDir() && name != "driver":
			names = append(names, name)
		}
	}
	return names
}

// Every program prints, fails and ends through the zygote as it does by itself.
func TestProgramsSeeAPlainInterpreter(t *testing.T) {
	b := boxOf(t, shipped(t))
	names := cases(t)
	if len(names) < 60 {
		t.Fatalf("only %d programs", len(names))
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			if d := differences(b.do(t, read(t, name))); d != "" {
				t.Errorf("plain (-) and zygote (+) differ:\n%s", d)
			}
		})
	}
}

// Whatever is imported first brings along what it brings along by itself, in
// the same order, whether the zygote had it or not.
func TestEveryHiddenModule(t *testing.T) {
	list := regexp.MustCompile(`(?s)PRELOAD = """(.*?)"""`).FindSubmatch(shipped(t))
	if list == nil {
		t.Fatal("zygote.py has no list of modules")
	}
	b := boxOf(t, shipped(t))
	for _, name := range append(strings.Fields(string(list[1])), "asyncio", "inspect", "logging", "multiprocessing", "concurrent.futures", "json.tool", "unittest") {
		t.Run(name, func(t *testing.T) {
			program := "import sys, " + name + "\nprint(sorted(sys.modules), dir(" + name + "))\n" +
				// importlib itself gives its frozen parts a __file__.
				"for n, m in sorted(sys.modules.items()):\n print(n, [v for v in sorted(vars(m)) if not n.startswith('_frozen') or v != '__file__'])\n"
			o := order{Do: "compare", Script: "main.py", Files: map[string]string{"main.py": program}, Env: defaultEnv()}
			if d := differences(b.do(t, o)); d != "" {
				t.Errorf("plain (-) and zygote (+) differ:\n%s", d)
			}
		})
	}
}

// The comparison finds what each of the zygote's precautions is there for: a
// zygote without it is told from a plain interpreter.
func TestComparisonNotices(t *testing.T) {
	for _, c := range []struct{ name, old, new, program string }{
		{"modules that are not hidden", "hidden[name] = sys.modules.pop(name)", "hidden[name] = sys.modules[name]", "modules"},
		{"a shadowed module", `"." in name or not module.__spec__.has_location or not shadowed(name)`, "True", "shadow_indirect"},
		{"a process that is not its own", "if libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0):", "if False:", "process_names"},
		{"descriptors that stay open", "            sock.close()\n", "            sock.detach()\n", "descriptors"},
		{"an end that is cut short", `any("__del__" in members(c) for c in ancestry(kind))`, "False", "del_at_exit"},
		{"the exit code of such an end", ` or not {"__file__", "__cached__"}.isdisjoint(globals_of(module)):`, ":", "exit_number"},
		{"such an end under a tracer", "[sys.gettrace, sys.getprofile]", "[]", "tracer_left"},
		{"questions to objects", `"__del__" in members(c) for c in ancestry(kind)`, `"__del__" in vars(c) for c in kind.__mro__`, "class_talks_at_exit"},
		{"an environment that is not the program's", "        os.environ.update(env)\n", "", "environment"},
		{"privileges that stay", "    os.setresuid(*[request[\"uid\"]] * 3)\n", "", "process"},
		{"a frame below the program", "run(todo[\"argv\"], todo[\"env\"])\n",
			"run(todo[\"argv\"], todo[\"env\"])\nexec(compile(open(todo['argv'][0]).read(), todo['argv'][0], 'exec'), {})\nos._exit(0)\n", "stack_is_bare"},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := string(shipped(t))
			if strings.Count(source, c.old) != 1 {
				t.Fatalf("zygote.py does not have %q once", c.old)
			}
			b := boxOf(t, []byte(strings.Replace(source, c.old, c.new, 1)))
			if d := differences(b.do(t, read(t, c.program))); d == "" {
				t.Errorf("%s: no difference seen", c.program)
			}
		})
	}
}
