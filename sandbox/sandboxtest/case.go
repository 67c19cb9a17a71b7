package sandboxtest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
)

// attack is one program and what must come of it.
type attack struct {
	name   string
	lang   judge.Language
	source string
	// files stand in for source where there are several or the name matters.
	files []judge.File
	stdin string
	// input stands in for stdin where it is long. It is not given to Open.
	input func() io.Reader
	// limits of time that are left open are generous; see unhurried.
	limits judge.Limits

	// want checks what became of it in the sandbox.
	want check
	// then are the inputs of further runs in the same box, each of which
	// thenWant checks. The next submission is then the same program on the
	// last of them. In an Open container all runs are made in turn, and the
	// last is checked.
	then     []string
	thenWant check
	// after is a harmless run in the same box that must go as if nothing had
	// been before it. Defaults to the language's greeting.
	after *attack

	// Exactly one of these is the negative control.
	//
	// open must hold of the same program in an Open container, where the
	// planted files lie too.
	open    check
	planted []judge.File
	// lax are limits under which the sandbox must accept the program.
	lax *judge.Limits
	// because says why the program needs no control: it is awkward, not
	// hostile, and want says what it must be able to do.
	because string
}

// unhurried fills limits of time that an attack leaves open. They only keep a
// program that hangs from holding up the suite: how fast the host is, and what
// else it does, is not what such an attack is about.
func unhurried(l judge.Limits) judge.Limits {
	if l.CPU == 0 {
		l.CPU = judge.MaxCPU
	}
	if l.Wall == 0 {
		l.Wall = 4 * time.Minute
	}
	return l
}

// outcome is what a run came to.
type outcome struct {
	build   judge.Build
	result  judge.Result
	verdict judge.Verdict
	stdout  string
	further []outcome // of the runs on the inputs in then
	// greeting is what the language's greeting took of the processor on this
	// host: nearly all of it is its start and its end.
	greeting time.Duration
}

// check looks at an outcome and says what is wrong with it, or "".
type check func(outcome) string

// verdictIs wants one of some verdicts.
func verdictIs(wanted ...judge.Verdict) check {
	return func(o outcome) string {
		for _, v := range wanted {
			if o.verdict == v {
				return ""
			}
		}
		return fmt.Sprintf("verdict %s, want %v", o.verdict, wanted)
	}
}

// prints wants standard output to be exactly this, and the run to end well.
func prints(text string) check {
	return func(o outcome) string {
		if o.verdict != judge.AC || o.stdout != text {
			return fmt.Sprintf("verdict %s and output %.300q, want AC and %.300q", o.verdict, o.stdout, text)
		}
		return ""
	}
}

// denied wants the program to have ended well, with every attempt denied and
// at least so many made.
func denied(attempts int) check { return everyAttempt(attempts, "denied") }

// done wants every attempt to have succeeded.
func done(attempts int) check { return everyAttempt(attempts, "done") }

func everyAttempt(n int, word string) check {
	return func(o outcome) string {
		lines := strings.FieldsFunc(o.stdout, func(r rune) bool { return r == '\n' })
		for _, l := range lines {
			if !strings.HasSuffix(l, ": "+word) {
				return fmt.Sprintf("attempt %q, want %s", l, word)
			}
		}
		if o.verdict != judge.AC || len(lines) < n {
			return fmt.Sprintf("verdict %s after %d attempts, want AC after %d; output %q", o.verdict, len(lines), n, o.stdout)
		}
		return ""
	}
}

// doneWherePresent wants every attempt to have succeeded, but for those at
// something that this kernel does not have at all.
func doneWherePresent(n int) check { return present(done(n)) }

// present checks all attempts but those at something that this kernel does not
// have at all.
func present(c check) check {
	return func(o outcome) string {
		var rest strings.Builder
		for l := range strings.Lines(o.stdout) {
			if !strings.HasSuffix(l, ": absent\n") {
				rest.WriteString(l)
			}
		}
		o.stdout = rest.String()
		return c(o)
	}
}

// contains wants a piece of standard output.
func contains(text string) check {
	return func(o outcome) string {
		if !strings.Contains(o.stdout, text) {
			return fmt.Sprintf("output %.300q lacks %q", o.stdout, text)
		}
		return ""
	}
}

// all wants several things.
func all(checks ...check) check {
	return func(o outcome) string {
		for _, c := range checks {
			if wrong := c(o); wrong != "" {
				return wrong
			}
		}
		return ""
	}
}

// sources are the attack's source files.
func (a *attack) sources() judge.Source {
	files := a.files
	if files == nil {
		files = []judge.File{{Name: a.lang.MainFile(), Content: a.source}}
	}
	return judge.Source{Language: a.lang, Files: files}
}

// size is how much the sources have together.
func (a *attack) size() (n judge.Bytes) {
	for _, f := range a.sources().Files {
		n += judge.Bytes(len(f.Content))
	}
	return n
}

// greeting is the harmless program that shows that a box is in order.
func greeting(l judge.Language) *attack {
	return &attack{name: "greeting", lang: l, source: greetings[l], stdin: "41\n", want: prints("42\n")}
}

var greetings = map[judge.Language]string{
	judge.Go: `package main

import "fmt"

func main() {
	var n int
	fmt.Scan(&n)
	fmt.Println(n + 1)
}
`,
	judge.Java: `import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        System.out.println(new Scanner(System.in).nextInt() + 1);
    }
}
`,
	judge.Python: "print(int(input()) + 1)\n",
}

// in runs the attack in a slot.
func (a *attack) in(ctx context.Context, slot judge.Slot, l judge.Limits) (outcome, error) {
	var o outcome
	var err error
	o.build, err = slot.Build(ctx, a.sources())
	if err != nil {
		return o, err
	}
	if !o.build.OK {
		o.verdict = judge.CE
		return o, nil
	}
	box, err := slot.Open(ctx, o.build.Artifact, l)
	if err != nil {
		return o, err
	}
	defer box.Close() //nolint:errcheck // the next lease shows whether it is in order
	var stdin io.Reader = strings.NewReader(a.stdin)
	if a.input != nil {
		stdin = a.input()
	}
	if err := a.run(ctx, box, stdin, l, &o); err != nil {
		return o, err
	}
	for _, in := range a.then {
		var further outcome
		if err := a.run(ctx, box, strings.NewReader(in), l, &further); err != nil {
			return o, fmt.Errorf("on the next input: %w", err)
		}
		o.further = append(o.further, further)
	}
	return o, nil
}

func (a *attack) run(ctx context.Context, box judge.Box, stdin io.Reader, l judge.Limits, o *outcome) error {
	l = l.WithDefaults()
	var out bytes.Buffer
	r, err := box.Run(ctx, judge.Run{Stdin: stdin, Stdout: &out}, l)
	if err != nil {
		return err
	}
	o.result, o.stdout = r, out.String()
	o.verdict = judge.Classify(r, l.WithAllowance(a.lang))
	return nil
}

// attack runs an attack, then what comes after it, then its control. A suite
// without controls does not greet after each attack.
func (s *suite) attack(t *testing.T, a *attack) {
	t.Helper()
	if n := a.size(); n > judge.MaxSourceBytes {
		t.Fatalf("the source has %d bytes; nobody can submit it", n)
	}
	o := s.once(t, a, a.limits)
	if wrong := a.want(o); wrong != "" {
		t.Errorf("in the sandbox: %s\nresult %+v\nstderr %.1000s\ncompiler %.1000s", wrong, short(o.result), o.result.Stderr, o.build.Output)
	}
	for _, f := range o.further {
		if wrong := a.thenWant(f); wrong != "" {
			t.Errorf("the next run in the same box: %s\nresult %+v\nstderr %.1000s", wrong, short(f.result), f.result.Stderr)
		}
	}
	after := a.after
	switch {
	case after != nil:
	case len(a.then) > 0:
		again := *a
		again.stdin, again.then, again.want = a.then[len(a.then)-1], nil, a.thenWant
		after = &again
	case s.outside != nil:
		after = greeting(a.lang)
	}
	if after != nil {
		s.follow(t, after)
	}
	if s.outside != nil {
		s.control(t, a, o.build.Artifact)
	}
}

// follow is the next submission, which must go as if nothing had been before.
func (s *suite) follow(t *testing.T, a *attack) {
	t.Helper()
	if wrong := a.want(s.once(t, a, a.limits)); wrong != "" {
		t.Errorf("the next submission: %s", wrong)
	}
}

// control runs an attack's negative control.
func (s *suite) control(t *testing.T, a *attack, built judge.Artifact) {
	t.Helper()
	switch {
	case a.open != nil:
		o, err := s.outside.run(t.Context(), a, built)
		if err != nil {
			t.Fatalf("negative control: %v", err)
		}
		if wrong := a.open(o); wrong != "" {
			t.Errorf("negative control, without protection: %s\nstderr %.1000s", wrong, o.result.Stderr)
		}
	case a.lax != nil:
		if o := s.once(t, a, *a.lax); o.verdict != judge.AC {
			t.Errorf("negative control, under higher limits: verdict %s, want AC\nresult %+v\nstderr %.1000s", o.verdict, short(o.result), o.result.Stderr)
		}
	}
}

// once is one submission of an attack.
func (s *suite) once(t *testing.T, a *attack, l judge.Limits) outcome {
	t.Helper()
	slot, err := s.sb.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer slot.Release()
	o, err := a.in(t.Context(), slot, unhurried(l))
	if err != nil {
		t.Fatalf("%s: the judge failed: %v", a.name, err)
	}
	o.greeting = s.greeting[a.lang]
	return o
}

func short(r judge.Result) judge.Result {
	r.Stderr = nil
	return r
}
