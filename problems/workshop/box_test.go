//go:build !quick

package workshop_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"sync"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/hostspeed"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/workshop"
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
	box, err := sandbox.New(ctx, sandbox.Config{Worker: fmt.Sprintf("problems-test-%d", os.Getpid()), Slots: min(runtime.NumCPU(), 4)})
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

func (p pace) factor(_ context.Context, l judge.Language) (float64, error) { return p[l], nil }

// stocked is a catalogue with the forge that makes its tests.
type stocked struct {
	*problems.Catalog
	forge *forge.Forge
}

// stock makes a catalogue whose tests are made in boxes and kept in dir.
func stock(t *testing.T, sb judge.Sandbox, dir string, roots ...fs.FS) *stocked {
	t.Helper()
	f := forge.New(dir, sb)
	c, err := problems.NewCatalog(problems.CatalogConfig{Roots: roots, Tests: f})
	if err != nil {
		t.Fatal(err)
	}
	return &stocked{c, f}
}

// verifyAt verifies a package with time limits multiplied by factor.
func verifyAt(t *testing.T, sb judge.Sandbox, c *stocked, pkg *problems.Package, only string, factor judge.HostFactor) workshop.VerifyReport {
	t.Helper()
	r, err := (&workshop.Bench{Sandbox: sb, Forge: c.forge, HostFactor: factor}).Verify(t.Context(), pkg, workshop.VerifyOptions{Only: only})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// verifyHere verifies a package under limits that fit the host.
//
// What is too slow may not be so under them: copying, say, is not slower by the
// same measure as a host's arithmetic. It counts as too slow if it is under the
// limits of the reference host, which this one is not faster than.
//
// What is accepted may be stopped for time, for the speed of a shared host
// changes between its measurement and a run. That counts when it comes three
// times in a row, each time by a new measure.
func verifyHere(t *testing.T, sb judge.Sandbox, c *stocked, pkg *problems.Package) workshop.VerifyReport {
	t.Helper()
	if lastPace == nil {
		lastPace = measurePace(t, sb)
	}
	for tries := 1; ; tries++ {
		r := verifyAt(t, sb, c, pkg, "", lastPace.factor)
		late := false
		for i, row := range r.Rows {
			switch {
			case row.Surprise == "":
			case row.Got == judge.TLE:
				late = true
			case row.Expected == string(judge.TLE):
				for _, again := range verifyAt(t, sb, c, pkg, row.Submission, nil).Rows {
					if again.Submission == row.Submission {
						r.Rows[i] = again
					}
				}
			}
		}
		if !late || tries == 3 {
			return r
		}
		before := lastPace
		lastPace = measurePace(t, sb)
		t.Logf("programs take %v times as long now and took %v: %s is verified again, %+v", lastPace, before, pkg.Problem.Slug, r.Rows)
	}
}
