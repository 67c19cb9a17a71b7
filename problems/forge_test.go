package problems_test

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
)

func TestForgeMakesTestsOnce(t *testing.T) {
	pkg := mustLoad(t, withGenerated(digest(madeInput), digest(madeAnswer)))
	if _, err := pkg.Problem.Groups[1].Tests[1].Input.Open(); !errors.Is(err, problems.ErrNotMade) {
		t.Fatalf("before it is made: %v", err)
	}
	sb := newFakeSandbox(1, forgePrograms())
	dir := t.TempDir()
	f := problems.NewForge(dir, sb)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			p, err := f.Problem(context.Background(), pkg)
			if err != nil {
				t.Error(err)
				return
			}
			test := p.Groups[1].Tests[1]
			if in, ans := content(t, test.Input), content(t, test.Answer); in != madeInput || ans != madeAnswer {
				t.Errorf("made %q and %q", in, ans)
			}
			if got := content(t, p.Groups[1].Tests[0].Input); got != "2\n" {
				t.Errorf("a committed test became %q", got)
			}
		})
	}
	wg.Wait()
	if runs, builds, open := sb.count(); runs != 2 || builds != 2 || open != 0 {
		t.Errorf("%d runs, %d builds, %d boxes open; want 2, 2, 0", runs, builds, open)
	}
	if len(sb.slots) != 0 {
		t.Error("the slot was not released")
	}
	// Another process finds what was made and needs no sandbox.
	if _, err := problems.NewForge(dir, nil).Problem(context.Background(), pkg); err != nil {
		t.Error(err)
	}
	if _, err := problems.NewForge(t.TempDir(), nil).Problem(context.Background(), pkg); !errors.Is(err, problems.ErrNotMade) {
		t.Errorf("without a sandbox: %v", err)
	}
}

// asking is a call of Problem that goes on beside the test.
func asking(ctx context.Context, f *problems.Forge, pkg *problems.Package) <-chan error {
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
		pkg := mustLoad(t, withGenerated(digest(madeInput), digest(madeAnswer)))
		sb := newFakeSandbox(1, forgePrograms())
		sb.slots <- struct{}{} // taken by somebody else
		f := problems.NewForge(t.TempDir(), sb)
		ctx, leave := context.WithCancel(t.Context())
		first, second, third := asking(ctx, f, pkg), asking(ctx, f, pkg), asking(t.Context(), f, pkg)
		leave()
		for _, end := range []<-chan error{first, second} {
			if err := <-end; !errors.Is(err, context.Canceled) {
				t.Errorf("one who left: error %v, want %v", err, context.Canceled)
			}
		}
		<-sb.slots
		if err := <-third; err != nil {
			t.Errorf("one who stayed: %v", err)
		}
		if runs, _, _ := sb.count(); runs != 2 {
			t.Errorf("%d runs, want 2", runs)
		}
	})
}

// With the last one who waits the making ends, and can be begun anew.
func TestForgeStopsWithTheLastWaiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pkg := mustLoad(t, withGenerated(digest(madeInput), digest(madeAnswer)))
		sb := newFakeSandbox(1, forgePrograms())
		sb.slots <- struct{}{} // taken by somebody else
		f := problems.NewForge(t.TempDir(), sb)
		ctx, leave := context.WithCancel(t.Context())
		first, second := asking(ctx, f, pkg), asking(ctx, f, pkg)
		leave()
		for _, end := range []<-chan error{first, second} {
			if err := <-end; !errors.Is(err, context.Canceled) {
				t.Errorf("one who left: error %v, want %v", err, context.Canceled)
			}
		}
		<-sb.slots
		synctest.Wait()
		if len(sb.slots) != 0 {
			t.Error("the slot is taken for nobody")
		}
		if err := <-asking(t.Context(), f, pkg); err != nil {
			t.Errorf("one who came later: %v", err)
		}
	})
}

func TestForgeMendsDamage(t *testing.T) {
	pkg := mustLoad(t, withGenerated(digest(madeInput), digest(madeAnswer)))
	dir := t.TempDir()
	if _, err := problems.NewForge(dir, newFakeSandbox(1, forgePrograms())).Problem(context.Background(), pkg); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, digest(madeAnswer)[:2], digest(madeAnswer))
	if err := os.WriteFile(file, []byte("MADE 8\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	sb := newFakeSandbox(1, forgePrograms())
	p, err := problems.NewForge(dir, sb).Problem(context.Background(), pkg)
	if err != nil {
		t.Fatal(err)
	}
	if got := content(t, p.Groups[1].Tests[1].Answer); got != madeAnswer {
		t.Errorf("the answer is %q", got)
	}
	if runs, _, _ := sb.count(); runs != 1 {
		t.Errorf("%d runs, want 1: the input was right", runs)
	}
}

// What is kept is the work of the package as it was: when its generator or its
// reference changes, a host that has the tests notices as one that has not.
func TestForgeNoticesChangedPrograms(t *testing.T) {
	dir := t.TempDir()
	before := withGenerated(digest(madeInput), digest(madeAnswer))
	if _, err := problems.NewForge(dir, newFakeSandbox(1, forgePrograms())).Problem(context.Background(), mustLoad(t, before)); err != nil {
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
				changed = before.with(files{tt.file: "# " + tt.name + ", changed\n"})
			}
			pkg := mustLoad(t, changed)
			sb := newFakeSandbox(1, forgePrograms())
			if tt.word != "" {
				sb = newFakeSandbox(1, with(forgePrograms(), tt.word, func(judge.Run, string) (string, int) { return "other\n", 0 }))
			}
			_, err := problems.NewForge(dir, sb).Problem(context.Background(), pkg)
			var d *problems.DigestError
			if wrong := errors.As(err, &d); wrong != (tt.part != "") || wrong && d.Part != tt.part {
				t.Errorf("it makes something else: error %v", err)
			}
			if runs, _, _ := sb.count(); runs != tt.other {
				t.Errorf("%d programs ran, want %d", runs, tt.other)
			}
			for _, want := range []int{tt.same, 0} { // and then no more
				sb = newFakeSandbox(1, forgePrograms())
				if _, err := problems.NewForge(dir, sb).Problem(context.Background(), pkg); err != nil {
					t.Errorf("it makes the same: %v", err)
				}
				if runs, _, _ := sb.count(); runs != want {
					t.Errorf("%d programs ran, want %d", runs, want)
				}
			}
		})
	}
}

func with(all map[string]program, word string, p program) map[string]program {
	all[word] = p
	return all
}

func TestForgeRefusesWhatIsNotPinned(t *testing.T) {
	for _, tt := range []struct{ name, input, answer, part, got string }{
		{"input", zeros, digest(madeAnswer), "sha256", digest(madeInput)},
		{"answer", digest(madeInput), zeros, "answer_sha256", digest(madeAnswer)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			pkg := mustLoad(t, withGenerated(tt.input, tt.answer))
			dir := t.TempDir()
			_, err := problems.NewForge(dir, newFakeSandbox(1, forgePrograms())).Problem(context.Background(), pkg)
			var d *problems.DigestError
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
	pkg := mustLoad(t, withGenerated(digest(madeInput), digest(madeAnswer)))
	for name, tt := range map[string]struct {
		change map[string]program
		want   string
	}{
		"generator crashes":  {map[string]program{"generator": func(judge.Run, string) (string, int) { return "", 1 }}, "test secret/2: generator g.py: run-time error"},
		"generator missing":  {map[string]program{"generator": nil}, "test secret/2: generator g.py: does not compile"},
		"reference crashes":  {map[string]program{"reference": func(judge.Run, string) (string, int) { return "", 3 }}, "test secret/2: reference accepted/a.py: run-time error"},
		"the sandbox breaks": {map[string]program{"reference": func(judge.Run, string) (string, int) { return "", -1 }}, "the box broke"},
	} {
		t.Run(name, func(t *testing.T) {
			programs := forgePrograms()
			for word, p := range tt.change {
				if programs[word] = p; p == nil {
					delete(programs, word)
				}
			}
			sb := newFakeSandbox(1, programs)
			_, err := problems.NewForge(t.TempDir(), sb).Problem(context.Background(), pkg)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if _, _, open := sb.count(); open != 0 || len(sb.slots) != 0 {
				t.Errorf("%d boxes open, %d slots taken", open, len(sb.slots))
			}
		})
	}
}
