package judge

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Bounds of what reports show of cases.
const (
	maxCaseText  = 4 * KiB
	maxCases     = 100 // that are listed
	maxCaseTexts = 256 * KiB
	maxPrints    = 16 * KiB // of a function problem's solution
	maxProgram   = 4 * KiB  // of a program's standard error
)

// describe enters into a test's report what is known of its cases, and what may
// be shown of them.
func (l *lane) describe(report *TestReport, r Result, f Finding, t *Test) error {
	function := l.problem.Harness != nil
	if function {
		l.count(report, f)
	}
	if t.Sample {
		report.Feedback = clip(printableText(f.Reason), int(maxCaseText))
		switch {
		case function:
			printed := string(r.Stderr)
			if trimmer, ok := l.problem.Harness.(Trimmer); ok && report.Verdict != AC {
				printed = trimmer.Trim(l.sub.Language, printed)
			}
			report.Stderr = clip(printableText(printed), int(maxPrints))
		case report.Verdict == RTE:
			report.Stderr = clip(printableText(string(r.Stderr)), int(maxProgram))
		}
	}
	if report.Verdict == AC {
		return nil
	}
	if !t.Sample && (l.problem.Disclosure != DiscloseFirstFailingInput || l.disclosed()) {
		return nil
	}
	// Of a program's sample everybody has the files.
	if t.Sample && !function || function && report.FailedCase == 0 {
		return nil
	}
	input, err := t.beginning(max(report.FailedCase, 1), function)
	if err != nil {
		return err
	}
	report.Failure = &CaseReport{Input: input}
	if t.Sample {
		report.Failure.Expected = clip(printableText(f.Expected), int(maxCaseText))
		report.Failure.Actual = clip(printableText(f.Actual), int(maxCaseText))
	}
	return nil
}

// disclosed reports whether a hidden test failed before.
func (l *lane) disclosed() bool {
	return slices.ContainsFunc(l.report.Tests, func(t TestReport) bool { return !t.Sample && t.Verdict != AC })
}

func printableText(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

// count enters how many cases passed, and which was the first that did not.
func (l *lane) count(report *TestReport, f Finding) {
	report.CasesPassed, report.CasesTotal = f.Passed, f.Total
	// Words that name no case, and programs whose results nobody looked at,
	// leave open which one it was.
	known := l.validator == nil || caseOf(f.Reason) > 0
	if report.Verdict != AC && known && f.Passed < f.Total {
		report.FailedCase = f.Passed + 1
	}
}

// tally counts the cases of a test on which an output validator decided. Its
// words begin with the number of the case that it rejects.
func (t *Test) tally(f *Finding, decided bool) error {
	lines, err := t.lines()
	if err != nil {
		return err
	}
	f.Total = lines
	switch n := caseOf(f.Reason); {
	case n > 0:
		f.Passed = min(n-1, lines)
	case decided && f.Reason == "":
		f.Passed = lines
	}
	return nil
}

// caseOf reads the number of a case at the beginning of a validator's words.
func caseOf(reason string) int {
	rest, ok := strings.CutPrefix(reason, "case ")
	if !ok {
		return 0
	}
	number, _, ok := strings.Cut(rest, ":")
	n, err := strconv.Atoi(number)
	if !ok || err != nil || n < 1 {
		return 0
	}
	return n
}

// lines counts the cases of a test.
func (t *Test) lines() (int, error) {
	f, err := t.Input.Open()
	if err != nil {
		return 0, fmt.Errorf("counting cases: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	buf := make([]byte, 64<<10)
	for n := 0; ; {
		k, err := f.Read(buf)
		n += bytes.Count(buf[:k], []byte{'\n'})
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return 0, fmt.Errorf("counting cases: %w", err)
		}
	}
}

// beginning is the start of a test's input, or of one of its cases.
func (t *Test) beginning(number int, function bool) (string, error) {
	f, err := t.Input.Open()
	if err != nil {
		return "", fmt.Errorf("opening input: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	if !function {
		b, err := io.ReadAll(io.LimitReader(f, int64(maxCaseText)+1))
		return clip(printableText(string(b)), int(maxCaseText)), err
	}
	r := bufio.NewReaderSize(f, 64<<10)
	var text []byte
	for at := 1; ; {
		part, err := r.ReadSlice('\n')
		if at == number && len(text) <= int(maxCaseText) {
			text = append(text, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil && !errors.Is(err, io.EOF):
			return "", fmt.Errorf("reading input: %w", err)
		case at == number || errors.Is(err, io.EOF):
			return clip(printableText(strings.TrimSuffix(string(text), "\n")), int(maxCaseText)), nil
		default:
			at++
		}
	}
}

// listCases enters every case of a client's own run into the report of its
// test.
func (l *lane) listCases(report *TestReport, g *Group, t *Test, output []byte) error {
	input, err := readAll(t.Input)
	if err != nil {
		return err
	}
	answer, err := readAll(t.Answer)
	if err != nil {
		return err
	}
	inputs, answers, outputs := textLines(input), textLines(answer), textLines(output)
	left := int(maxCaseTexts) / max(l.problem.Tests(), 1) // all tests of the run together
	shown := func(lines []string, i int) string {
		if i >= len(lines) || left <= 0 {
			return ""
		}
		s := clip(printableText(lines[i]), min(int(maxCaseText), left))
		left -= len(s)
		return s
	}
	for i := range min(len(inputs), maxCases) {
		c := CaseReport{Input: shown(inputs, i), Actual: shown(outputs, i)}
		if l.validator != nil {
			// Many answers may be right, so none is shown as the expected one.
			c.Passed = i < report.CasesPassed
		} else {
			c.Expected = shown(answers, i)
			if i < len(outputs) && i < len(answers) {
				f, err := findingOf(g.Checker, held([]byte(inputs[i]+"\n")), strings.NewReader(outputs[i]+"\n"), strings.NewReader(answers[i]+"\n"))
				if err != nil {
					return fmt.Errorf("checking case %d: %w", i+1, err)
				}
				c.Passed = f.Reason == ""
			}
		}
		report.Cases = append(report.Cases, c)
	}
	return nil
}

func readAll(d Data) ([]byte, error) {
	f, err := d.Open()
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(f)
	return b, errors.Join(err, f.Close())
}

func textLines(b []byte) []string {
	s := strings.TrimSuffix(string(b), "\n")
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// held is data in memory.
func held(b []byte) Data {
	return Data{Size: Bytes(len(b)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(b)), nil
	}}
}

// referenceLimits are generous: the reference answers cases that nobody has
// timed.
var referenceLimits = Limits{CPU: MaxCPU / 2, Wall: MaxCPU, Memory: 1 * GiB, Output: DefaultOutput}

// errRefused is why a client's cases are not judged.
type errRefused struct{ reason string }

func (e *errRefused) Error() string { return e.reason }

// customTest makes a test of a client's own cases: the problem's validators
// accept the input, and the reference answers it.
func (g *judging) customTest(ctx context.Context, p *Problem) (Test, error) {
	input, err := p.Harness.Input(g.sub.Cases)
	if CodeOf(err) == CodeInvalid {
		return Test{}, &errRefused{err.Error()}
	}
	if err != nil {
		return Test{}, err
	}
	t := Test{Name: "custom", Sample: true, Input: held(input)}
	for _, v := range p.InputValidators {
		r, err := g.runOwn(ctx, v, p.Judging.Limits, Run{Stdin: bytes.NewReader(input)}, nil)
		if err != nil {
			return t, fmt.Errorf("input validator: %w", err)
		}
		f, err := decide(r)
		if err != nil {
			return t, fmt.Errorf("input validator: %w", err)
		}
		if f.Reason != "" {
			return t, &errRefused{"the problem does not have such cases: " + clip(strings.TrimSpace(printableText(string(r.Stderr))), 1000)}
		}
	}
	src, err := p.Harness.Source(p.Reference.Language, p.Reference.Files)
	if err != nil {
		return t, fmt.Errorf("reference: %w", err)
	}
	answer := &kept{limit: referenceLimits.Output}
	r, err := g.runOwn(ctx, src, referenceLimits, Run{Stdin: bytes.NewReader(input), Stdout: answer}, p.Interactor)
	if err != nil {
		return t, fmt.Errorf("reference: %w", err)
	}
	if v := Classify(r, referenceLimits.For(src.Language)); v != AC {
		return t, &errRefused{"the reference solution cannot answer these cases: " + v.Name()}
	}
	t.Answer = held(answer.b)
	return t, nil
}

// runOwn builds and runs a program of the problem.
func (g *judging) runOwn(ctx context.Context, src Source, l Limits, run Run, with Interactor) (Result, error) {
	build, err := g.slot.Build(ctx, src)
	if err != nil {
		return Result{}, err
	}
	if !build.OK {
		return Result{}, fmt.Errorf("does not compile: %s", build.Output)
	}
	box, err := g.slot.Open(ctx, build.Artifact, l)
	if err != nil {
		return Result{}, err
	}
	var r Result
	if with != nil {
		r, err = Converse(ctx, box, run, l, with)
	} else {
		r, err = box.Run(ctx, run, l)
	}
	return r, errors.Join(err, box.Close())
}

// testsFor counts the tests that a submission is judged on.
func (p *Problem) testsFor(sub Submission) int {
	if sub.Kind != KindRun {
		return p.Tests()
	}
	if len(sub.Cases) > 0 {
		return 1
	}
	n := 0
	for _, g := range p.Groups {
		if g.Sample {
			n += len(g.Tests)
		}
	}
	return n
}

// runProblem judges a client's run of a problem: its samples, or the client's
// own cases.
func (g *judging) runProblem(ctx context.Context, a Artifact, p *Problem) error {
	own := *p
	own.Groups = nil
	for _, group := range p.Groups {
		if group.Sample {
			group.BreakOnReject = false // a run is for looking
			own.Groups = append(own.Groups, group)
		}
	}
	if len(g.sub.Cases) > 0 {
		t, err := g.customTest(ctx, p)
		var refused *errRefused
		if errors.As(err, &refused) {
			g.report.Verdict, g.report.Message = CE, err.Error()
			return nil
		}
		if err != nil {
			return fmt.Errorf("custom cases: %w", err)
		}
		group := Group{Name: t.Name, Sample: true, Tests: []Test{t}}
		if len(p.Groups) > 0 {
			group.Checker, group.Flags = p.Groups[0].Checker, p.Groups[0].Flags
		}
		own.Groups = []Group{group}
	}
	return g.runTests(ctx, a, &own)
}
