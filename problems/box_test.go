//go:build !quick

package problems_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/hostspeed"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/sandbox"
	"github.com/docketjudge/docket/sandbox/engine"
)

// sharedBox is the real sandbox, opened by the first test that needs it.
var sharedBox = sync.OnceValues(func() (*sandbox.Docker, error) {
	ctx := context.Background()
	var said bytes.Buffer
	if err := engine.BuildImages(ctx, &said); err != nil {
		return nil, fmt.Errorf("%s\n%w", said.String(), err)
	}
	box, err := sandbox.New(ctx, sandbox.Config{Worker: fmt.Sprintf("problems-test-%d", os.Getpid())})
	if err == nil {
		atEnd = box.Close
	}
	return box, err
})

// realBox is the sandbox that all tests of this package share; TestMain closes
// it.
func realBox(t *testing.T) *sandbox.Docker {
	t.Helper()
	box, err := sharedBox()
	if err != nil {
		t.Fatal(err)
	}
	return box
}

// pace is how many times as long as on the reference host the programs of each
// language take, at least 1.
type pace map[judge.Language]float64

// measurePace measures the host as it is now. There is no upper bound to what
// it finds, as there is to a worker's host factor: the tests are to pass on
// any host.
func measurePace(t *testing.T, sb judge.Sandbox) pace {
	t.Helper()
	p := pace{}
	for _, l := range judge.Languages() {
		d, err := hostspeed.Measure(t.Context(), sb, l, 2)
		if err != nil {
			t.Fatal(err)
		}
		p[l] = max(1, hostspeed.Ratio(l, hostspeed.FigureOf(d, "")))
	}
	return p
}

// lastPace is what the host was found to be like last.
var lastPace pace

func (p pace) factor(_ context.Context, l judge.Language) float64 { return p[l] }

// differsFrom reports whether the host has become slower or faster than it
// was, by more than two measurements of a steady one differ.
func (p pace) differsFrom(before pace) bool {
	for l, ratio := range p {
		if ratio > 1.15*before[l] || before[l] > 1.15*ratio {
			return true
		}
	}
	return false
}

// verifyHere verifies a package under limits that fit the host. A surprise
// counts only if the host is as fast after it as it was when it was measured.
// Otherwise the package is verified again by the new measure, three times at
// most.
func verifyHere(t *testing.T, sb judge.Sandbox, c *problems.Catalog, pkg *problems.Package) problems.VerifyReport {
	t.Helper()
	if lastPace == nil {
		lastPace = measurePace(t, sb)
	}
	for tries := 1; ; tries++ {
		judger := judge.NewJudge(judge.JudgeConfig{Sandbox: sb, Problems: c, HostFactor: lastPace.factor})
		r, err := problems.Verify(t.Context(), sb, pkg, problems.VerifyOptions{Judge: judger, Forge: c.Forge()})
		if err != nil {
			t.Fatal(err)
		}
		if !r.Surprise() {
			return r
		}
		before := lastPace
		lastPace = measurePace(t, sb)
		if tries == 3 || !lastPace.differsFrom(before) {
			return r
		}
		t.Logf("the host takes %v times as long now and took %v: %s is verified again", lastPace, before, pkg.Problem.Slug)
	}
}
