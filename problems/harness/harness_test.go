//go:build !quick

package harness_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
	"github.com/docketjudge/docket/problems/harness"
	"github.com/docketjudge/docket/problems/harness/results"
	"github.com/docketjudge/docket/problems/harness/world"
	"github.com/docketjudge/docket/sandbox"
	"github.com/docketjudge/docket/sandbox/engine"
)

// box is the real sandbox that the tests share.
var box *sandbox.Docker

func TestMain(m *testing.M) {
	code, err := withBox(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func withBox(m *testing.M) (int, error) {
	ctx := context.Background()
	var said bytes.Buffer
	if err := engine.BuildImages(ctx, &said); err != nil {
		return 1, fmt.Errorf("%s\n%w", said.String(), err)
	}
	var err error
	if box, err = sandbox.New(ctx, sandbox.Config{Worker: fmt.Sprintf("harness-test-%d", os.Getpid()), Slots: 1}); err != nil {
		return 1, err
	}
	code := m.Run()
	return code, box.Close()
}

// unhurried limits leave a solution time enough on any host: they only end
// one that hangs.
var unhurried = judge.Limits{CPU: judge.MaxCPU, Wall: 2 * time.Minute}.WithDefaults()

// outcome is what became of a solution.
type outcome struct {
	limits  judge.Limits
	build   judge.Build
	refused error
	result  judge.Result
	output  string
	finding judge.Finding
}

func (o outcome) verdict() judge.Verdict {
	switch {
	case o.refused != nil || !o.build.OK:
		return judge.CE
	case o.finding.Reason != "" && judge.Classify(o.result, o.limits) == judge.AC:
		return judge.WA
	}
	return judge.Classify(o.result, o.limits)
}

// run builds a solution and gives it one test.
func run(t testing.TB, h *harness.Harness, lang judge.Language, source, input, answer string) outcome {
	t.Helper()
	name := h.Starter(lang).Name
	return runFiles(t, h, lang, []judge.File{{Name: name, Content: source}}, input, answer)
}

func runFiles(t testing.TB, h *harness.Harness, lang judge.Language, files []judge.File, input, answer string) outcome {
	t.Helper()
	return runWithin(t, unhurried, h, lang, files, input, answer)
}

// runEndless is run for a solution that never ends, under the usual limits.
func runEndless(t testing.TB, h *harness.Harness, lang judge.Language, source, input, answer string) outcome {
	t.Helper()
	files := []judge.File{{Name: h.Starter(lang).Name, Content: source}}
	return runWithin(t, judge.Limits{}.WithDefaults(), h, lang, files, input, answer)
}

func runWithin(t testing.TB, limits judge.Limits, h *harness.Harness, lang judge.Language, files []judge.File, input, answer string) outcome {
	t.Helper()
	return runOn(t, limits, h, lang, files, strings.NewReader(input), answer)
}

// runPiped is run for an input that comes through a pipe, as a long one does.
func runPiped(t testing.TB, h *harness.Harness, lang judge.Language, source, input, answer string) outcome {
	t.Helper()
	files := []judge.File{{Name: h.Starter(lang).Name, Content: source}}
	return runOn(t, unhurried, h, lang, files, struct{ io.Reader }{strings.NewReader(input)}, answer)
}

func runOn(t testing.TB, limits judge.Limits, h *harness.Harness, lang judge.Language, files []judge.File, input io.Reader, answer string) (o outcome) {
	t.Helper()
	o.limits = limits
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	src, err := h.Source(lang, files)
	if err != nil {
		o.refused = err
		return o
	}
	slot, err := box.Acquire(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer slot.Release()
	if o.build, err = slot.Build(ctx, src); err != nil {
		t.Fatal(err)
	}
	if !o.build.OK {
		return o
	}
	b, err := slot.Open(ctx, o.build.Artifact, limits)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	var out bytes.Buffer
	test := judge.Run{Stdin: input, Stdout: &out}
	if w := world.New(h.Signature()); w != nil {
		o.result, err = judging.Run(ctx, b, test, limits, w)
	} else {
		o.result, err = b.Run(ctx, test, limits)
	}
	if err != nil {
		t.Fatal(err)
	}
	o.output = out.String()
	if o.finding, err = results.New(h.Signature(), 0).Check(&out, strings.NewReader(answer)); err != nil {
		t.Fatal(err)
	}
	return o
}
