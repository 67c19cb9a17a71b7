package harness_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// The problem that forgers attack: four cases, whose results they do not
// compute. Each program is also run where its trick would suffice, on answers
// that are just what it forges, to see that the trick works at all.
const (
	forgedInput  = "[1]\n[2]\n[3]\n[4]\n"
	honestAnswer = "101\n102\n103\n104\n"
)

type forger struct {
	name   string
	lang   judge.Language
	source string
	// control is an answer that the forged results would satisfy. Programs that
	// forge nothing (they end, close or flood) have none.
	control string
	verdict []judge.Verdict // one of these
}

var (
	wrong  = []judge.Verdict{judge.WA}
	failed = []judge.Verdict{judge.WA, judge.RTE}
	flood  = []judge.Verdict{judge.WA, judge.OLE, judge.RTE, judge.TLE}
)

func goForger(imports, decls, body string) string {
	return "package solution\n\nimport (\n" + imports + "\n)\n\n" + decls + "\n\nfunc Same(value int) int {\n" + body + "\n}\n"
}

func pythonForger(top, body string) string {
	return top + "\n\ndef same(value):\n    " + strings.ReplaceAll(strings.TrimSpace(body), "\n", "\n    ") + "\n"
}

func javaForger(members, body string) string {
	return "import java.io.*;\nimport java.lang.reflect.*;\n\nclass Solution {\n" + members + "\n    int same(int value) throws Throwable {\n" + body + "\n    }\n}\n"
}

var forgers = []forger{
	{"exits before it begins", judge.Go, goForger(`"os"`, "func init() { os.Exit(0) }", "return value"), "", failed},
	{"exits in the first call", judge.Go, goForger(`"os"`, "", "os.Exit(0)\nreturn value"), "", failed},
	{"exits in the last call", judge.Go, goForger(`"os"`, "", "if value == 4 {\nos.Exit(0)\n}\nreturn value + 100"), "", failed},
	{"writes results to every descriptor", judge.Go,
		goForger(`"syscall"`, "", "for fd := 3; fd < 64; fd++ {\nsyscall.Write(fd, []byte(\"1\\n2\\n3\\n4\\n\"))\n}\nsyscall.Exit(0)\nreturn 0"), "1\n2\n3\n4\n", wrong},
	{"closes every descriptor", judge.Go,
		goForger(`"syscall"`, "", "for fd := 0; fd < 64; fd++ {\nsyscall.Close(fd)\n}\nreturn value + 100"), "", failed},
	{"floods the results", judge.Go,
		goForger(`"syscall"`, "", "b := make([]byte, 1<<20)\nfor fd := 3; fd < 16; fd++ {\nfor range 64 {\nsyscall.Write(fd, b)\n}\n}\nreturn value + 100"), "", flood},
	{"writes later, from a goroutine", judge.Go,
		goForger(`"syscall"`, "func init() {\ngo func() {\nfor {\nfor fd := 3; fd < 64; fd++ {\nsyscall.Write(fd, []byte(\"101\"))\n}\n}\n}()\n}", "return value"), "", flood},
	{"ends its goroutine", judge.Go, goForger(`"runtime"`, "", "runtime.Goexit()\nreturn value"), "", failed},
	{"imports the driver", judge.Go, goForger(`"docket/driver"`, "var _ driver.Decoder", "return value"), "", []judge.Verdict{judge.CE}},

	{"exits while it is imported", judge.Python, pythonForger("import os\nos._exit(0)", "return value"), "", failed},
	{"leaves with an exit code of zero", judge.Python, pythonForger("import sys", "sys.exit(0)"), "", failed},
	{"writes results to every descriptor", judge.Python, pythonForger("import os", `
for fd in range(3, 64):
    try:
        os.write(fd, b"1\n2\n3\n4\n")
    except OSError:
        pass
os._exit(0)`), "1\n2\n3\n4\n", wrong},
	{"replaces how results are written", judge.Python, pythonForger("import __main__\n__main__._dumps = lambda v: '7'", "return value"), "7\n7\n7\n7\n", wrong},
	{"replaces the check of results", judge.Python, pythonForger("import __main__\n__main__._Call.checked = lambda self, v: 9", "return 'x'"), "9\n9\n9\n9\n", wrong},
	{"replaces json", judge.Python, pythonForger("import json, json.encoder\njson.JSONEncoder.encode = lambda self, v: '5'", "return value"), "", wrong},
	{"returns what claims to be equal", judge.Python, pythonForger("class Any(int):\n    def __eq__(self, other):\n        return True\n    __hash__ = int.__hash__", "return Any(value)"), "", failed},
	{"replaces the driver's loop", judge.Python, pythonForger("import __main__, os\ndef fake(*a):\n    os.write(__main__._RESULTS, b'6\\n6\\n6\\n6\\n')\n    os._exit(0)\n__main__._function = fake", "return value"), "6\n6\n6\n6\n", wrong},
	{"closes every descriptor", judge.Python, pythonForger("import os", "os.closerange(0, 64)\nreturn value + 100"), "", failed},
	{"floods the results", judge.Python, pythonForger("import os", "import __main__\nfor _ in range(64):\n    os.write(__main__._RESULTS, b'1' * 2**20)\nreturn value + 100"), "", flood},

	{"exits in a static initialiser", judge.Java, javaForger("    static { System.exit(0); }", "        return value;"), "", failed},
	{"halts in a call", judge.Java, javaForger("", "        Runtime.getRuntime().halt(0);\n        return value;"), "", failed},
	{"writes results to every descriptor", judge.Java, javaForger("", `        for (String fd : new File("/proc/self/fd").list()) {
            if (Integer.parseInt(fd) > 2) {
                try (FileOutputStream out = new FileOutputStream("/proc/self/fd/" + fd)) {
                    out.write("1\n2\n3\n4\n".getBytes());
                    out.flush();
                    Runtime.getRuntime().halt(0);
                } catch (IOException e) {
                    // the next one
                }
            }
        }
        return value;`), "1\n2\n3\n4\n", wrong},
	{"finds the driver's writer by reflection", judge.Java, javaForger("", `        Class<?> out = Class.forName("DocketMain$Out");
        for (Field f : out.getDeclaredFields()) {
            f.setAccessible(true);
        }
        Constructor<?> make = out.getDeclaredConstructors()[0];
        make.setAccessible(true);
        Object mine = make.newInstance(new FileOutputStream(FileDescriptor.out));
        Method flush = out.getDeclaredMethod("flush");
        flush.setAccessible(true);
        flush.invoke(mine);
        return value;`), "", failed},
	{"is the driver", judge.Java, javaForger("", "        return value;") + "\nclass DocketMain {\n    public static void main(String[] a) {\n        System.out.println(\"101\\n102\\n103\\n104\");\n    }\n}\n", "", []judge.Verdict{judge.CE}},
	{"has a main of its own", judge.Java, javaForger("    public static void main(String[] a) {\n        System.out.println(\"101\\n102\\n103\\n104\");\n    }\n", "        return value;"), "1\n2\n3\n4\n", wrong},
	{"replaces the streams", judge.Java, javaForger("    static {\n        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err)));\n    }", "        System.out.println(\"101\\n102\\n103\\n104\");\n        return value;"), "1\n2\n3\n4\n", wrong},
}

func TestForgersAreNeverAccepted(t *testing.T) {
	h := function(t, "same(value int) int")
	for _, f := range forgers {
		t.Run(string(f.lang)+"/"+f.name, func(t *testing.T) {
			o := run(t, h, f.lang, f.source, forgedInput, honestAnswer)
			if !oneOf(o.verdict(), f.verdict) {
				t.Errorf("%s instead of %v: %v %s\n%+v\n%s%s", o.verdict(), f.verdict, o.refused, o.build.Output, o.finding, clipped(o.output), o.result.Stderr)
			}
			if f.control == "" {
				return
			}
			// The forged results arrive: they are wrong only where they are wrong.
			if o := run(t, h, f.lang, f.source, forgedInput, f.control); o.verdict() != judge.AC {
				t.Errorf("the trick does not work: %s %s\n%+v\n%s%s", o.verdict(), o.build.Output, o.finding, clipped(o.output), o.result.Stderr)
			}
		})
	}
}

// Honest programs on the same test are accepted, so that a test which accepted
// nothing would be noticed.
func TestHonestSolutionsAreAccepted(t *testing.T) {
	h := function(t, "same(value int) int")
	for lang, source := range map[judge.Language]string{
		judge.Go:     "package solution\n\nfunc Same(value int) int { return value + 100 }\n",
		judge.Java:   "class Solution { int same(int value) { return value + 100; } }\n",
		judge.Python: "def same(value):\n    return value + 100\n",
	} {
		if o := run(t, h, lang, source, forgedInput, honestAnswer); o.verdict() != judge.AC || o.finding.Passed != 4 || o.finding.Total != 4 {
			t.Errorf("%s: %s %+v %s", lang, o.verdict(), o.finding, o.result.Stderr)
		}
	}
}

func oneOf(v judge.Verdict, all []judge.Verdict) bool {
	for _, one := range all {
		if v == one {
			return true
		}
	}
	return false
}

func clipped(s string) string { return s[:min(len(s), 500)] }

// A solution may read what is still to come, which tells nothing of answers:
// those are nowhere in the box.
func TestAnswersAreNotInTheBox(t *testing.T) {
	h := function(t, "same(value string) string")
	const looks = `import os

def same(value):
    found = []
    for top in ("/box", "/work", "/tmp", "/dev/shm", "/var", "/home"):
        for at, _, names in os.walk(top):
            for name in names:
                try:
                    with open(os.path.join(at, name), "rb") as f:
                        if value.encode() in f.read(1 << 20):
                            found.append(os.path.join(at, name))
                except OSError:
                    pass
    return ",".join(found)
`
	// What is looked for is the answer; where it lies in the box, the control
	// finds it.
	o := run(t, h, judge.Python, looks, `["the answer nobody "]`+"\n", `""`+"\n")
	if o.verdict() != judge.AC {
		t.Errorf("%s: %+v %s", o.verdict(), o.finding, o.result.Stderr)
	}
	o = run(t, h, judge.Python, looks+"# the answer nobody \n", `["the answer nobody "]`+"\n", `""`+"\n")
	if !strings.Contains(o.output, "/box/") {
		t.Errorf("the control found nothing: %q", o.output)
	}
}
