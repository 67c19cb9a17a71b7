//go:build !quick

package workshop_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
)

// chatPython accepts "done", answers "yes", and rejects all else, and the end.
// Its flags make it slow, or deaf to its own replies.
const chatPython = `
import os, sys, time
for flag in sys.argv[4:]:
    if flag == "closes":
        os.close(1)
while True:
    line = sys.stdin.readline()
    if line == "yes\n":
        if "closes" not in sys.argv:
            print("ok", flush=True)
        continue
    if "slow" in sys.argv:
        time.sleep(0.05)
    if line == "done\n":
        sys.exit(42)
    with open(sys.argv[3] + "judgemessage.txt", "w") as f:
        f.write(f"heard {line!r}")
    sys.exit(43)
`

const chatGo = `package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	for {
		switch line, _ := in.ReadString('\n'); line {
		case "yes\n":
			fmt.Println("ok")
		case "done\n":
			os.Exit(42)
		default:
			os.Exit(43)
		}
	}
}
`

const chatJava = `import java.util.Scanner;

class Chat {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            String line = in.nextLine();
            if (line.equals("yes")) {
                System.out.println("ok");
            } else {
                System.exit(line.equals("done") ? 42 : 43);
            }
        }
        System.exit(43);
    }
}
`

// chatters are programs, and what must come of them in each of many runs.
var chatters = []struct {
	name, source string
	want         judge.Verdict
}{
	{"wrong and exits", "print('no', flush=True)\nraise SystemExit(9)\n", judge.WA},
	{"wrong and is killed", "import os\nprint('yes\\nno', flush=True)\nos.kill(os.getpid(), 9)\n", judge.WA},
	{"wrong and floods", "print('no')\nwhile True: print('yes' * 1000)\n", judge.WA},
	{"exits", "print('yes', flush=True)\nraise SystemExit(9)\n", judge.RTE},
	{"says nothing and exits", "raise SystemExit(9)\n", judge.RTE},
	{"is done and exits", "print('done', flush=True)\nraise SystemExit(9)\n", judge.RTE},
	{"floods", "while True: print('yes')\n", judge.OLE},
	{"ends early", "print('yes')\n", judge.WA},
	{"is done", "print('yes\\ndone')\n", judge.AC},
}

// oneProblem is a catalog of one.
type oneProblem struct{ p *judge.Problem }

func (c oneProblem) Problem(context.Context, judge.Slug) (*judge.Problem, error) { return c.p, nil }

// chat is an interactive problem with as many tests in each of its groups, one
// for each list of flags.
func chat(lang judge.Language, file, validator string, tests int, flags ...string) *judge.Problem {
	nothing := judge.Data{Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("")), nil }}
	p := &judge.Problem{
		Slug: "chat", Limits: judge.Limits{CPU: 20 * time.Second, Output: 16 * judge.KiB},
		Validation: judge.Validation{
			Validator:   &judge.Source{Language: lang, Files: []judge.File{{Name: file, Content: validator}}},
			Interactive: true, Limits: judge.Limits{CPU: judge.MaxCPU, Wall: 4 * time.Minute},
		},
	}
	for _, flag := range flags {
		g := judge.Group{Name: "secret/" + flag, Flags: strings.Fields(flag)}
		for i := range tests {
			g.Tests = append(g.Tests, judge.Test{Name: fmt.Sprintf("%s/%d", g.Name, i), Input: nothing, Answer: nothing})
		}
		p.Groups = append(p.Groups, g)
	}
	return p
}

// How often each talk is held. A race is found by many: -talks 1000.
var talks = flag.Int("talks", 5, "tests of each group in TestInteractiveRaces")

// A program that breaks a rule and dies, or dies and has broken none, gets one
// verdict, whoever of the two ended first.
func TestInteractiveRaces(t *testing.T) {
	box := realBox(t)
	for _, p := range []*judge.Problem{
		chat(judge.Python, "chat.py", chatPython, *talks, "", "slow", "closes"),
		chat(judge.Go, "chat.go", chatGo, 2**talks, ""),
		chat(judge.Java, "Chat.java", chatJava, (*talks+1)/2, ""),
	} {
		for _, c := range chatters {
			t.Run(string(p.Validation.Validator.Language)+"/"+c.name, func(t *testing.T) {
				wantEach(t, box, p, c.source, c.want)
			})
		}
	}
	t.Run("wrong and hangs", func(t *testing.T) {
		p := chat(judge.Python, "chat.py", chatPython, 2, "", "slow")
		p.Limits.Wall = time.Second
		wantEach(t, box, p, "import time\nprint('no', flush=True)\ntime.sleep(3600)\n", judge.WA)
		wantEach(t, box, p, "import time\nprint('yes', flush=True)\ntime.sleep(3600)\n", judge.TLE)
	})
}

func wantEach(t *testing.T, box judge.Sandbox, p *judge.Problem, source string, want judge.Verdict) {
	t.Helper()
	j := judging.New(judging.Config{Sandbox: box, Problems: oneProblem{p}})
	r, err := j.Judge(t.Context(), judge.Submission{
		ID: "x", Kind: judge.KindSubmission, Problem: p.Slug, Language: judge.Python,
		Files: []judge.File{{Name: "main.py", Content: source}},
	}, func(judge.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Tests) != p.Tests() {
		t.Errorf("%d tests of %d: %s %q", len(r.Tests), p.Tests(), r.Verdict, r.Message)
	}
	for _, test := range r.Tests {
		if test.Verdict != want {
			t.Errorf("%s: %s, want %s", test.Name, test.Verdict, want)
		}
	}
}

// A forbidden probe of the built-in problem, and at once the end.
func TestForbiddenProbe(t *testing.T) {
	dir := filepath.Join("..", "catalog", "guess-the-release")
	validator, err := os.ReadFile(filepath.Join(dir, "output_validator", "validate.py"))
	if err != nil {
		t.Fatal(err)
	}
	p := chat(judge.Python, "validate.py", string(validator), 30, "")
	data := func(name string) judge.Data {
		return judge.Data{Open: func() (io.ReadCloser, error) { return os.Open(name) }, Size: sizeOf(t, name)}
	}
	for i := range p.Groups[0].Tests {
		test := &p.Groups[0].Tests[i]
		test.Input, test.Answer = data(filepath.Join(dir, "data", "sample", "1.in")), data(filepath.Join(dir, "data", "sample", "1.ans"))
	}
	head := "input()\ninput()\n"
	wantEach(t, realBox(t), p, head+"print('? 0', flush=True)\nraise SystemExit(9)\n", judge.WA)
	wantEach(t, realBox(t), p, head+"print('? 1', flush=True)\nraise SystemExit(9)\n", judge.RTE)
}

func sizeOf(t *testing.T, name string) judge.Bytes {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return judge.Bytes(info.Size())
}
