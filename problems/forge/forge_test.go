package forge_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/problemstest"
)

func TestForgeMakesTestsOnce(t *testing.T) {
	pkg := problemstest.Load(t, problemstest.WithGenerated(problemstest.Digest(problemstest.MadeInput), problemstest.Digest(problemstest.MadeAnswer)))
	if _, err := pkg.Problem.Groups[1].Tests[1].Input.Open(); !errors.Is(err, problems.ErrNotMade) {
		t.Fatalf("before it is made: %v", err)
	}
	sb := problemstest.NewSandbox(1, problemstest.Programs())
	dir := t.TempDir()
	f := forge.New(dir, sb)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			p, err := f.Problem(context.Background(), pkg)
			if err != nil {
				t.Error(err)
				return
			}
			test := p.Groups[1].Tests[1]
			if in, ans := problemstest.Content(t, test.Input), problemstest.Content(t, test.Answer); in != problemstest.MadeInput || ans != problemstest.MadeAnswer {
				t.Errorf("made %q and %q", in, ans)
			}
			if got := problemstest.Content(t, p.Groups[1].Tests[0].Input); got != "2\n" {
				t.Errorf("a committed test became %q", got)
			}
		})
	}
	wg.Wait()
	if c := sb.Count(); c.Runs != 2 || c.Builds != 2 || c.Open != 0 {
		t.Errorf("%d runs, %d builds, %d boxes open; want 2, 2, 0", c.Runs, c.Builds, c.Open)
	}
	if len(sb.Slots) != 0 {
		t.Error("the slot was not released")
	}
	// Another process finds what was made and needs no sandbox.
	if _, err := forge.New(dir, nil).Problem(context.Background(), pkg); err != nil {
		t.Error(err)
	}
	if _, err := forge.New(t.TempDir(), nil).Problem(context.Background(), pkg); !errors.Is(err, problems.ErrNotMade) {
		t.Errorf("without a sandbox: %v", err)
	}
}

// asking is a call of Problem that goes on beside the test.
func asking(ctx context.Context, f *forge.Forge, pkg *problems.Package) <-chan error {
	end := make(chan error, 1)
	go func() {
		_, err := f.Problem(ctx, pkg)
		end <- err
	}()
	synctest.Wait() // until it waits for something
	return end
}

// Who waits for tests that others want too may leave, the first one as well.
func TestForgeWaitersLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pkg := problemstest.Load(t, problemstest.WithGenerated(problemstest.Digest(problemstest.MadeInput), problemstest.Digest(problemstest.MadeAnswer)))
		sb := problemstest.NewSandbox(1, problemstest.Programs())
		sb.Slots <- struct{}{} // taken by somebody else
		f := forge.New(t.TempDir(), sb)
		ctx, leave := context.WithCancel(t.Context())
		first, second, third := asking(ctx, f, pkg), asking(ctx, f, pkg), asking(t.Context(), f, pkg)
		leave()
		for _, end := range []<-chan error{first, second} {
			if err := <-end; !errors.Is(err, context.Canceled) {
				t.Errorf("one who left: error %v, want %v", err, context.Canceled)
			}
		}
		<-sb.Slots
		if err := <-third; err != nil {
			t.Errorf("one who stayed: %v", err)
		}
		if runs := sb.Count().Runs; runs != 2 {
			t.Errorf("%d runs, want 2", runs)
		}
	})
}

// With the last one who waits the making ends, and can be begun anew.
func TestForgeStopsWithTheLastWaiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pkg := problemstest.Load(t, problemstest.WithGenerated(problemstest.Digest(problemstest.MadeInput), problemstest.Digest(problemstest.MadeAnswer)))
		sb := problemstest.NewSandbox(1, problemstest.Programs())
		sb.Slots <- struct{}{} // taken by somebody else
		f := forge.New(t.TempDir(), sb)
		ctx, leave := context.WithCancel(t.Context())
		first, second := asking(ctx, f, pkg), asking(ctx, f, pkg)
		leave()
		for _, end := range []<-chan error{first, second} {
			if err := <-end; !errors.Is(err, context.Canceled) {
				t.Errorf("one who left: error %v, want %v", err, context.Canceled)
			}
		}
		<-sb.Slots
		synctest.Wait()
		if len(sb.Slots) != 0 {
			t.Error("the slot is taken for nobody")
		}
		if err := <-asking(t.Context(), f, pkg); err != nil {
			t.Errorf("one who came later: %v", err)
		}
	})
}

func TestForgeMendsDamage(t *testing.T) {
	pkg := problemstest.Load(t, problemstest.WithGenerated(problemstest.Digest(problemstest.MadeInput), problemstest.Digest(problemstest.MadeAnswer)))
	dir := t.TempDir()
	if _, err := forge.New(dir, problemstest.NewSandbox(1, problemstest.Programs())).Problem(context.Background(), pkg); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, problemstest.Digest(problemstest.MadeAnswer)[:2], problemstest.Digest(problemstest.MadeAnswer))
	if err := os.WriteFile(file, []byte("MADE 8\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	sb := problemstest.NewSandbox(1, problemstest.Programs())
	p, err := forge.New(dir, sb).Problem(context.Background(), pkg)
	if err != nil {
		t.Fatal(err)
	}
	if got := problemstest.Content(t, p.Groups[1].Tests[1].Answer); got != problemstest.MadeAnswer {
		t.Errorf("the answer is %q", got)
	}
	if runs := sb.Count().Runs; runs != 1 {
		t.Errorf("%d runs, want 1: the input was right", runs)
	}
}

// What is kept is the work of the package as it was: when its generator or its
// reference changes, a host that has the tests notices as one that has not.
func TestForgeNoticesChangedPrograms(t *testing.T) {
	dir := t.TempDir()
	before := problemstest.WithGenerated(problemstest.Digest(problemstest.MadeInput), problemstest.Digest(problemstest.MadeAnswer))
	if _, err := forge.New(dir, problemstest.NewSandbox(1, problemstest.Programs())).Problem(context.Background(), problemstest.Load(t, before)); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, file, word string
		part             string
		same, other      int // how many programs run when it makes the same, and something else
	}{
		{"nothing", "", "", "", 0, 0},
		{"generator", "generators/g.py", "generator", "sha256", 1, 1},
		{"reference", "submissions/accepted/a.py", "reference", "answer_sha256", 1, 1},
		{"validator", "input_validators/v.py", "validator", "", 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changed := before
			if tt.file != "" {
				changed = before.With(problemstest.Files{tt.file: "# " + tt.name + ", changed\n"})
			}
			pkg := problemstest.Load(t, changed)
			sb := problemstest.NewSandbox(1, problemstest.Programs())
			if tt.word != "" {
				sb = problemstest.NewSandbox(1, with(problemstest.Programs(), tt.word, func(judge.Run, string) (string, int) { return "other\n", 0 }))
			}
			_, err := forge.New(dir, sb).Problem(context.Background(), pkg)
			var d *forge.DigestError
			if wrong := errors.As(err, &d); wrong != (tt.part != "") || wrong && d.Part != tt.part {
				t.Errorf("it makes something else: error %v", err)
			}
			if runs := sb.Count().Runs; runs != tt.other {
				t.Errorf("%d programs ran, want %d", runs, tt.other)
			}
			for _, want := range []int{tt.same, 0} { // and then no more
				sb = problemstest.NewSandbox(1, problemstest.Programs())
				if _, err := forge.New(dir, sb).Problem(context.Background(), pkg); err != nil {
					t.Errorf("it makes the same: %v", err)
				}
				if runs := sb.Count().Runs; runs != want {
					t.Errorf("%d programs ran, want %d", runs, want)
				}
			}
		})
	}
}

func with(all map[string]problemstest.Program, word string, p problemstest.Program) map[string]problemstest.Program {
	all[word] = p
	return all
}

func TestForgeRefusesWhatIsNotPinned(t *testing.T) {
	for _, tt := range []struct{ name, input, answer, part, got string }{
		{"input", problemstest.NoDigest, problemstest.Digest(problemstest.MadeAnswer), "sha256", problemstest.Digest(problemstest.MadeInput)},
		{"answer", problemstest.Digest(problemstest.MadeInput), problemstest.NoDigest, "answer_sha256", problemstest.Digest(problemstest.MadeAnswer)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			pkg := problemstest.Load(t, problemstest.WithGenerated(tt.input, tt.answer))
			dir := t.TempDir()
			_, err := forge.New(dir, problemstest.NewSandbox(1, problemstest.Programs())).Problem(context.Background(), pkg)
			var d *forge.DigestError
			if !errors.As(err, &d) || d.Test != "secret/2" || d.Part != tt.part || string(d.Got) != tt.got {
				t.Fatalf("error %v; want a DigestError of secret/2 whose %s is %s", err, tt.part, tt.got)
			}
			left, err := filepath.Glob(filepath.Join(dir, "*", ".making*"))
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

func TestForgeFailures(t *testing.T) {
	pkg := problemstest.Load(t, problemstest.WithGenerated(problemstest.Digest(problemstest.MadeInput), problemstest.Digest(problemstest.MadeAnswer)))
	for name, tt := range map[string]struct {
		change map[string]problemstest.Program
		want   string
	}{
		"generator crashes":  {map[string]problemstest.Program{"generator": func(judge.Run, string) (string, int) { return "", 1 }}, "test secret/2: generator g.py: run-time error"},
		"generator missing":  {map[string]problemstest.Program{"generator": nil}, "test secret/2: generator g.py: does not compile"},
		"reference crashes":  {map[string]problemstest.Program{"reference": func(judge.Run, string) (string, int) { return "", 3 }}, "test secret/2: reference accepted/a.py: run-time error"},
		"the sandbox breaks": {map[string]problemstest.Program{"reference": func(judge.Run, string) (string, int) { return "", -1 }}, "the box broke"},
	} {
		t.Run(name, func(t *testing.T) {
			programs := problemstest.Programs()
			for word, p := range tt.change {
				if programs[word] = p; p == nil {
					delete(programs, word)
				}
			}
			sb := problemstest.NewSandbox(1, programs)
			_, err := forge.New(t.TempDir(), sb).Problem(context.Background(), pkg)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if sb.Kept() {
				t.Errorf("boxes or slots are kept: %+v", sb.Count())
			}
		})
	}
}
