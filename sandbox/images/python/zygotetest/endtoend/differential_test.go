//go:build !quick

package endtoend_test

import (
	"bytes"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fate is all that a program lets be seen from outside.
type fate struct {
	Stdout, Stderr string
	Exit           int // the exit code, or 128 and the signal, as a shell has it
}

// address is where something lies, which is random in every process.
var address = regexp.MustCompile(`\b0x[0-9a-f]{8,16}\b`)

// difference tells how two fates differ; it is empty when they do not.
func difference(plain, boxed fate) string {
	for _, f := range []*fate{&plain, &boxed} {
		f.Stdout = address.ReplaceAllString(f.Stdout, "0x...")
		f.Stderr = address.ReplaceAllString(f.Stderr, "0x...")
	}
	return cmp.Diff(plain, boxed)
}

// memory is what the programs get on either side.
const memory = judge.DefaultMemory

// boxed runs programs through the sandbox, in one slot and so in one box as
// long as the sandbox trusts it.
type boxed struct{ slot judge.Slot }

func newBoxed(t *testing.T) *boxed {
	t.Helper()
	d, err := sandbox.New(t.Context(), sandbox.Config{
		Worker: sandbox.WorkerID(), Slots: 1, Languages: []judge.Language{judge.Python},
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	s, err := d.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Release)
	return &boxed{slot: s}
}

// limits are generous in time: a test that compares must not fail for the
// load of the machine.
var limits = judge.Limits{CPU: judge.MaxCPU, Memory: memory}

// run runs a program so many times in one lease.
func (b *boxed) run(t *testing.T, p program, times int) []fate {
	t.Helper()
	built, err := b.slot.Build(t.Context(), judge.Source{Language: judge.Python, Files: p.files})
	if err != nil {
		t.Fatal(err)
	}
	if !built.OK {
		t.Fatalf("it does not compile: %s", built.Output)
	}
	box, err := b.slot.Open(t.Context(), built.Artifact, limits)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	}()
	var fates []fate
	for range times {
		var stdout bytes.Buffer
		r, err := box.Run(t.Context(), judge.Run{Stdin: strings.NewReader(p.stdin), Stdout: &stdout}, limits)
		if err != nil {
			t.Fatal(err)
		}
		if r.Stopped != judge.NotStopped {
			t.Fatalf("the sandbox stopped it: %v, stderr %s", r.Stopped, r.Stderr)
		}
		f := fate{Stdout: stdout.String(), Stderr: string(r.Stderr), Exit: r.ExitCode}
		if r.Signal != 0 {
			f.Exit = 128 + r.Signal
		}
		fates = append(fates, f)
	}
	return fates
}

// A program in a box does what it does under plain python3. All of them run
// one after the other as children of one warm interpreter, so that what one
// leaves behind would be seen in those that follow.
func TestBoxedIsPlain(t *testing.T) {
	plain, box := newPlain(t), newBoxed(t)
	programs := load(t, "testdata")
	if len(programs) < 60 {
		t.Fatalf("only %d programs are left", len(programs))
	}
	expected := plain.all(t, programs)
	for i, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			got := box.run(t, p, 1)[0]
			if d := difference(expected[i], got); d != "" {
				t.Errorf("it differs, - plain, + boxed:\n%s", d)
			}
			if f := expected[i]; f.Stdout == "" && f.Stderr == "" && f.Exit == 0 {
				t.Error("it shows nothing that could differ")
			}
		})
	}
}

// The comparison sees what the documentation of the warm interpreter says can
// be seen.
func TestComparisonCanFail(t *testing.T) {
	plain, box := newPlain(t), newBoxed(t)
	programs := load(t, "testdata/control")
	if len(programs) == 0 {
		t.Fatal("there are no programs")
	}
	expected := plain.all(t, programs)
	for i, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			got := box.run(t, p, 1)[0]
			if difference(expected[i], got) == "" {
				t.Errorf("no difference is seen: %+v", got)
			}
		})
	}
}

// What is random differs between two children of one parent.
func TestChildrenAreNotTwins(t *testing.T) {
	box := newBoxed(t)
	for _, p := range load(t, "testdata/random") {
		t.Run(p.name, func(t *testing.T) {
			f := box.run(t, p, 2)
			for _, f := range f {
				if f.Exit != 0 || f.Stderr != "" {
					t.Fatalf("it failed: %+v", f)
				}
			}
			if f[0].Stdout == f[1].Stdout {
				t.Errorf("both runs print %q", f[0].Stdout)
			}
		})
	}
}

// all runs the programs, some at a time, and returns their fates in order.
func (p *plain) all(t *testing.T, programs []program) []fate {
	t.Helper()
	const atOnce = 4
	fates := make([]fate, len(programs))
	errs := make([]error, len(programs))
	var running sync.WaitGroup
	turns := make(chan struct{}, atOnce)
	for i, program := range programs {
		turns <- struct{}{}
		running.Go(func() {
			fates[i], errs[i] = p.run(t.Context(), program)
			<-turns
		})
	}
	running.Wait()
	for i, err := range errs {
		if err != nil {
			t.Fatalf("running %s in plain python3: %v", programs[i].name, err)
		}
	}
	return fates
}
