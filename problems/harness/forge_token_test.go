//go:build !quick

package harness_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
	"github.com/docketjudge/docket/problems/harness"
	"github.com/docketjudge/docket/problems/harness/passes"
	"github.com/docketjudge/docket/problems/harness/results"
)

// oneProblem is a catalog of one problem with one sample.
type oneProblem struct{ problem *judge.Problem }

func (o oneProblem) Problem(context.Context, judge.Slug) (*judge.Problem, error) {
	return o.problem, nil
}

// judged judges a solution as a worker does, in as many passes as the test
// needs.
func judged(t *testing.T, h *harness.Harness, lang judge.Language, source, input, answer string) judge.TestReport {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	data := func(s string) judge.Data {
		return judge.Data{Size: judge.Bytes(len(s)), Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }}
	}
	p := &judge.Problem{
		Slug: "kept", Harness: h, Limits: unhurried,
		Groups: []judge.Group{{Name: "sample", Sample: true, Checker: results.New(h.Signature(), 0), Tests: []judge.Test{
			{Name: "sample/1", Sample: true, Input: data(input), Answer: data(answer)},
		}}},
	}
	if r := passes.New(h.Signature()); r != nil {
		p.Relay = r
	}
	sub := judge.Submission{
		ID: "x", Kind: judge.KindSubmission, Problem: p.Slug, Language: lang,
		Files: []judge.File{{Name: h.Starter(lang).Name, Content: source}},
	}
	r, err := judging.New(judging.Config{Sandbox: box, Problems: oneProblem{p}}).Judge(ctx, sub, func(judge.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Tests) != 1 {
		t.Fatalf("%s: %+v", r.Verdict, r.Compile)
	}
	return r.Tests[0]
}

// A secret is a way to keep what a token should carry outside of it: the token
// is a number. In one process every one of them works.
type secret struct {
	name   string
	lang   judge.Language
	source string
}

const (
	secretInput  = `[["Keeper"],["put",[1,2]],["put",[-3]],["Keeper"],["get",1],["get",2]]` + "\n"
	secretAnswer = "[null,null,null,null,[1,2],[-3]]\n"
)

func TestOnlyTokensCross(t *testing.T) {
	h := keeper(t)
	for _, s := range secrets() {
		t.Run(string(s.lang)+"/"+s.name, func(t *testing.T) {
			r := judged(t, h, s.lang, s.source, secretInput, secretAnswer)
			if r.Verdict != judge.WA || r.FailedCase != 1 || r.CasesPassed != 0 {
				t.Errorf("%+v", r)
			}
			if o := run(t, h, s.lang, s.source, secretInput, secretAnswer); o.verdict() != judge.AC {
				t.Errorf("the control, in one process: %s %+v\n%s", o.verdict(), o.finding, o.said())
			}
		})
	}
}

func secrets() []secret {
	all := []secret{
		{"static", judge.Go, strings.NewReplacer("IMPORTS", "", "KEEP", "kept[key] = values", "FIND", "return kept[key]").Replace(goSecret)},
		{"environment", judge.Go, strings.NewReplacer("IMPORTS", `"os"`,
			"KEEP", `os.Setenv("KEPT_"+key, text(values))`, "FIND", `return numbers(os.Getenv("KEPT_" + key))`).Replace(goSecret)},
		{"static", judge.Java, strings.NewReplacer("KEEP", "kept.put(key, values);", "FIND", "return kept.getOrDefault(key, new int[0]);").Replace(javaSecret)},
		{"property", judge.Java, strings.NewReplacer(
			"KEEP", `System.setProperty("kept." + key, text(values));`,
			"FIND", `return numbers(System.getProperty("kept." + key, ""));`).Replace(javaSecret)},
		{"module", judge.Python, pythonSecret + `
kept = {}


def keep(key, values):
    kept[key] = values


def find(key):
    return kept.get(key, [])
`},
		{"environment", judge.Python, pythonSecret + `
def keep(key, values):
    os.environ["KEPT_" + key] = json.dumps(values)


def find(key):
    return json.loads(os.environ.get("KEPT_" + key, "[]"))
`},
		{"child", judge.Python, pythonSecret + `
import socket
import time


# A process that outlives its parent, in a session of its own, and answers at
# an address that is no file.
def keep(key, values):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind("\0kept-" + key)
    listener.listen()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                peer, _ = listener.accept()
                peer.sendall(json.dumps(values).encode())
                peer.close()
        os._exit(0)
    os.wait()
    listener.close()


def find(key):
    peer = socket.socket(socket.AF_UNIX)
    try:
        peer.connect("\0kept-" + key)
    except OSError:
        return []
    return json.loads(peer.recv(1000))
`},
	}
	for _, dir := range []string{"/tmp", "/work", "/dev/shm"} {
		all = append(all,
			secret{"file in " + dir, judge.Go, strings.NewReplacer("IMPORTS", `"os"`,
				"KEEP", `must(os.WriteFile("`+dir+`/kept"+key, []byte(text(values)), 0o666))`,
				"FIND", `b, _ := os.ReadFile("`+dir+`/kept" + key); return numbers(string(b))`).Replace(goSecret)},
			secret{"file in " + dir, judge.Java, strings.NewReplacer(
				"KEEP", `try { Files.writeString(Path.of("`+dir+`/kept" + key), text(values)); } catch (IOException e) { throw new UncheckedIOException(e); }`,
				"FIND", `try { return numbers(Files.readString(Path.of("`+dir+`/kept" + key))); } catch (IOException e) { return new int[0]; }`).Replace(javaSecret)},
			secret{"file in " + dir, judge.Python, pythonSecret + `
def keep(key, values):
    with open("` + dir + `/kept" + key, "w") as f:
        json.dump(values, f)


def find(key):
    try:
        with open("` + dir + `/kept" + key) as f:
            return json.load(f)
    except OSError:
        return []
`})
	}
	return all
}

const goSecret = `package solution

import (
	"strconv"
	"strings"
	IMPORTS
)

var kept = map[string][]int{}

type Keeper struct{ size int }

func NewKeeper() *Keeper { return &Keeper{} }

func (k *Keeper) Put(values []int) string {
	k.size++
	key := strconv.Itoa(k.size)
	KEEP
	return key
}

func (k *Keeper) Get(key string) []int {
	FIND
}

func (k *Keeper) Size() int { return k.size }

func text(values []int) string {
	var words []string
	for _, v := range values {
		words = append(words, strconv.Itoa(v))
	}
	return strings.Join(words, " ")
}

func numbers(s string) (values []int) {
	for _, w := range strings.Fields(s) {
		n, err := strconv.Atoi(w)
		must(err)
		values = append(values, n)
	}
	return values
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
`

const javaSecret = `import java.io.*;
import java.nio.file.*;
import java.util.*;

class Keeper {
    private static final Map<String, int[]> kept = new HashMap<>();
    private int size;

    String put(int[] values) {
        String key = String.valueOf(++size);
        KEEP
        return key;
    }

    int[] get(String key) {
        FIND
    }

    int size() {
        return size;
    }

    private static String text(int[] values) {
        StringJoiner words = new StringJoiner(" ");
        for (int v : values) {
            words.add(String.valueOf(v));
        }
        return words.toString();
    }

    private static int[] numbers(String s) {
        return s.isEmpty() ? new int[0] : Arrays.stream(s.split(" ")).mapToInt(Integer::parseInt).toArray();
    }
}
`

const pythonSecret = `import json
import os


class Keeper:
    def __init__(self):
        self.count = 0

    def put(self, values):
        self.count += 1
        keep(str(self.count), values)
        return str(self.count)

    def get(self, key):
        return find(key)

    def size(self):
        return self.count

`

// Memory that System V shares outlives a process and is no file. There is none
// to be had in a box, so that nothing can be kept in it, nor found.
func TestSharedMemoryKeepsNothing(t *testing.T) {
	const source = `import ctypes
import json
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p


class Keeper:
    def put(self, values):
        area = libc.shmget(0x6b657074, 4096, 0o1666)
        if area < 0:
            raise OSError(ctypes.get_errno(), "shmget: " + os.strerror(ctypes.get_errno()))
        ctypes.memmove(libc.shmat(area, None, 0), json.dumps(values).encode() + b"\0", 1000)
        return "there"

    def get(self, key):
        return json.loads(ctypes.string_at(libc.shmat(libc.shmget(0x6b657074, 4096, 0), None, 0)))

    def size(self):
        return 0
`
	const input, answer = `[["Keeper"],["put",[1,2]],["Keeper"],["get",1]]` + "\n", "[null,null,null,[1,2]]\n"
	r := judged(t, keeper(t), judge.Python, source, input, answer)
	if r.Verdict != judge.RTE || !strings.Contains(r.Stderr, "shmget: ") {
		t.Errorf("%s %+v\n%s", r.Verdict, r.Failure, r.Stderr)
	}
}

// Tokens cross as they are, whatever Unicode text they hold, and in any
// language.
func TestTokensOfAllKindsCross(t *testing.T) {
	h := class(t, "Odd()", "text(kind int) token", "check(kind int, text token) bool")
	var input, answer strings.Builder
	for kind := range 6 {
		n := string(rune('0' + kind))
		input.WriteString(`[["Odd"],["text",` + n + `],["check",` + n + `,1],["Odd"],["check",` + n + `,1],["check",` + n + `,1]]` + "\n")
		answer.WriteString("[null,null,true,null,true,true]\n")
	}
	for lang, source := range odd {
		t.Run(string(lang), func(t *testing.T) {
			if r := judged(t, h, lang, source, input.String(), answer.String()); r.Verdict != judge.AC || r.CasesPassed != 6 {
				t.Errorf("%+v\n%+v", r, r.Failure)
			}
			// Half of a surrogate pair, and bytes that are not UTF-8, are no text.
			r := judged(t, h, lang, source, input.String()+`[["Odd"],["text",9],["check",9,1],["Odd"],["check",9,1]]`+"\n", answer.String()+"[null,null,true,null,true]\n")
			const want = "case 7: call 2: text returned a text that cannot be handed to another process: it is not UTF-8, or has half of a surrogate pair"
			if r.Verdict != judge.WA || r.Feedback != want || r.CasesPassed != 6 || r.FailedCase != 7 {
				t.Errorf("%+v\n%+v", r, r.Failure)
			}
			// To its own instance it comes back as it is.
			r = judged(t, h, lang, source, `[["Odd"],["text",9],["check",9,1]]`+"\n", "[null,null,true]\n")
			if r.Verdict != judge.AC {
				t.Errorf("%+v\n%+v", r, r.Failure)
			}
		})
	}
}

var odd = map[judge.Language]string{
	judge.Go: `package solution

import "strings"

type Odd struct{}

func NewOdd() *Odd { return &Odd{} }

func (o *Odd) Text(kind int) string {
	switch kind {
	case 0:
		return ""
	case 1:
		var all []rune
		for c := rune(0); c < 0x300; c++ {
			all = append(all, c)
		}
		return string(all)
	case 2:
		return "\u2028\u2029\ufeff\ufffd\uffff\ue000\U00010000\U0010ffff𝄞\r\n\t\"\\/"
	case 3:
		return strings.Repeat("long \"text\" é ", 100_000)
	case 4:
		return "],[\"true\",true]"
	case 5:
		return "7"
	}
	return "half \xff"
}

func (o *Odd) Check(kind int, text string) bool { return text == o.Text(kind) }
`,
	judge.Java: `class Odd {
    String text(int kind) {
        switch (kind) {
            case 0:
                return "";
            case 1:
                StringBuilder all = new StringBuilder();
                for (char c = 0; c < 0x300; c++) {
                    all.append(c);
                }
                return all.toString();
            case 2:
                return "\u2028\u2029\ufeff\ufffd\uffff\ue000\ud800\udc00\udbff\udfff𝄞\r\n\t\"\\/";
            case 3:
                return "long \"text\" é ".repeat(100_000);
            case 4:
                return "],[\"true\",true]";
            case 5:
                return "7";
            default:
                return "half \ud834";
        }
    }

    boolean check(int kind, String text) {
        return text.equals(text(kind));
    }
}
`,
	judge.Python: `class Odd:
    def text(self, kind):
        return [
            "",
            "".join(map(chr, range(0x300))),
            "\u2028\u2029\ufeff\ufffd\uffff\ue000\U00010000\U0010ffff𝄞\r\n\t\"\\/",
            "long \"text\" é " * 100_000,
            "],[\"true\",true]",
            "7",
        ][kind] if kind < 9 else "half \ud834"

    def check(self, kind, text):
        return text == self.text(kind)
`,
}

// A token that is none at all is a wrong answer, or the driver has words for
// it.
func TestTokensThatAreAbsent(t *testing.T) {
	r := judged(t, keeper(t), judge.Java, `class Keeper {
    String put(int[] values) {
        return null;
    }

    int[] get(String key) {
        return new int[0];
    }

    int size() {
        return 0;
    }
}
`, secretInput, secretAnswer)
	if want := "case 1: call 2: put returned no text that another instance could be given"; r.Verdict != judge.WA || r.Feedback != want {
		t.Errorf("%+v", r)
	}
}

// What both processes printed is shown, and the first that fails ends the test.
func TestPrintsAndCrashesOfPasses(t *testing.T) {
	const source = `import sys


class Keeper:
    def __init__(self):
        print("made")

    def put(self, values):
        print("put", values)
        return ",".join(map(str, values))

    def get(self, key):
        print("get", key)
        values = [int(w) for w in key.split(",")]
        if 8 in values:
            raise ValueError("eight")
        return values

    def size(self):
        return 0
`
	h := keeper(t)
	r := judged(t, h, judge.Python, source, secretInput, secretAnswer)
	if want := "made\nput [1, 2]\nput [-3]\nmade\nget 1,2\nget -3\n"; r.Verdict != judge.AC || r.Stderr != want {
		t.Errorf("%s\n%s", r.Verdict, r.Stderr)
	}
	const second = `[["Keeper"],["put",[8]],["Keeper"],["get",1]]` + "\n"
	r = judged(t, h, judge.Python, source, secretInput+second, secretAnswer+"[null,null,null,[8]]\n")
	if r.Verdict != judge.RTE || r.CasesPassed != 1 || r.FailedCase != 2 || !strings.HasSuffix(r.Stderr, "ValueError: eight\n") {
		t.Errorf("%+v", r)
	}
}

// What a process writes in the place of its results is its own loss: it gets
// into the next one as a text or not at all.
func TestForgedResultsDoNotCross(t *testing.T) {
	const honest = `

class Keeper:
    def put(self, values):
        return " ".join(map(str, values))

    def get(self, key):
        return [int(w) for w in key.split()]

    def size(self):
        return 0
`
	h := keeper(t)
	if r := judged(t, h, judge.Python, honest, secretInput, secretAnswer); r.Verdict != judge.AC {
		t.Fatalf("the control: %+v", r)
	}
	for forged, want := range map[string]struct {
		verdict  judge.Verdict
		feedback string
	}{
		`[null,5,6]`:                      {judge.WA, "case 1: call 2: put returned no text that another instance could be given"},
		`[null,"1 2","-3"],["get",1]`:     {judge.WA, "case 1: instance 1: the result is not a list of results"},
		`[null,"1 2\"],[\"get\",1]`:       {judge.WA, "case 1: instance 1: the result is not a list of results"},
		`[null,"1 2"]`:                    {judge.WA, "case 1: instance 1: there are 2 results for 3 calls"},
		`[null,"1 2","-3"]\n[null]`:       {judge.WA, "there are more results than cases"},
		`[null,"\\udcff","-3"]`:           {judge.WA, "case 1: call 2: put returned a text that cannot be handed to another process: it is not UTF-8, or has half of a surrogate pair"},
		`[null,"1 2","-3"]`:               {judge.AC, ""}, // which is what it should have said
		`{"a":` + strings.Repeat("[", 99): {judge.WA, "case 1: instance 1: the result is not a list of results"},
	} {
		// The first process writes it, of which the tests hold no text.
		source := pythonEverywhere + `
import sys

tests = os.dup(sys.modules["__main__"]._TESTS)
head = os.read(tests, 1 << 16)
if b'"put"' in head:
    everywhere('` + forged + `\n')
    os._exit(0)
ends, more = os.pipe()
os.write(more, head)
os.close(more)
os.dup2(ends, sys.modules["__main__"]._TESTS)
` + honest
		r := judged(t, h, judge.Python, source, secretInput, secretAnswer)
		if r.Verdict != want.verdict || r.Feedback != want.feedback {
			t.Errorf("%s: %s %q, want %s %q\n%s", forged, r.Verdict, r.Feedback, want.verdict, want.feedback, r.Stderr)
		}
	}
}
