// Package hostspeed measures how fast a host runs programs, so that the time
// limits of problems mean the same everywhere.
//
// # How
//
// For each language there is a small program, the workload, that does a little
// of everything that solutions spend their time on: arithmetic, branches,
// walks through memory, hash tables, sorting, small objects, strings. It is
// built and run in boxes like a submission, takes a slot while it runs, and its
// processor time is the host's figure; of several runs the least counts,
// because neighbours can only make a program slower. The time by that of the
// reference host, on which the limits of the built-in problems were found, is
// the host's ratio, and [FactorOf] makes of it what limits are multiplied by.
//
// # What rests on it
//
// The workload is trusted, and so is the figure: no submission runs in its box
// at the same time. A wrong figure cannot make limits smaller than problems
// state them, nor larger than [MaxFactor] times that.
package hostspeed

import (
	"context"
	"crypto/sha256"
	_ "embed" // the sources of the workload
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/docketjudge/docket/judge"
)

//go:embed workload/main.go
var goSource string

//go:embed workload/Main.java
var javaSource string

//go:embed workload/main.py
var pythonSource string

// workload is a language's program with how much it does and what it prints
// for that. The amounts are chosen for 100 to 250 ms.
type workload struct {
	source string
	amount string
	prints string
}

var workloads = map[judge.Language]workload{
	judge.Go:     {goSource, "1200000", "773018251"},
	judge.Java:   {javaSource, "400000", "1059118307"},
	judge.Python: {pythonSource, "150000", "863982288"},
}

// limits bound a run of the workload. Hosts that meet them judge nothing.
var limits = judge.Limits{CPU: 20 * time.Second, Memory: 256 * judge.MiB, Output: judge.KiB}.WithDefaults()

// Workload is the digest of all workloads. Figures of different digests cannot
// be compared.
var Workload = sync.OnceValue(func() string {
	h := sha256.New()
	for _, l := range judge.Languages() {
		w := workloads[l]
		for _, part := range []string{w.source, w.amount, w.prints} {
			_, _ = fmt.Fprintf(h, "%d %s", len(part), part)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
})

// Measure runs a language's workload the given number of times in one box and
// returns the least processor time of a run. It takes a slot of the sandbox.
func Measure(ctx context.Context, sb judge.Sandbox, l judge.Language, runs int) (time.Duration, error) {
	r, err := measure(ctx, sb, l, runs)
	return r.CPU, err
}

// measure returns the run that took the least processor time.
func measure(ctx context.Context, sb judge.Sandbox, l judge.Language, runs int) (judge.Result, error) {
	least, err := runWorkload(ctx, sb, l, runs)
	if err != nil {
		return judge.Result{}, fmt.Errorf("measuring the speed of %s: %w", l.Name(), err)
	}
	return least, nil
}

// waited reports whether a run had to wait for its CPU: others run there.
func waited(r judge.Result) bool { return r.Wall > r.CPU+r.CPU/10+20*time.Millisecond }

func runWorkload(ctx context.Context, sb judge.Sandbox, l judge.Language, runs int) (least judge.Result, err error) {
	w, ok := workloads[l]
	if !ok || runs < 1 {
		return least, errors.New("nothing to run")
	}
	slot, err := sb.Acquire(ctx)
	if err != nil {
		return least, err
	}
	defer slot.Release()
	build, err := slot.Build(ctx, judge.Source{Language: l, Files: []judge.File{{Name: l.MainFile(), Content: w.source}}})
	if err != nil {
		return least, err
	}
	if !build.OK {
		return least, fmt.Errorf("the workload does not compile: %s", build.Output)
	}
	box, err := slot.Open(ctx, build.Artifact, limits)
	if err != nil {
		return least, err
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	for range runs {
		var out strings.Builder
		r, err := box.Run(ctx, judge.Run{Stdin: strings.NewReader(w.amount + "\n"), Stdout: &out}, limits)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return least, err
		}
		// A run that does not print what it should did not do its work, and
		// its time says nothing.
		if v := judge.Classify(r, limits.WithAllowance(l)); v != judge.AC || strings.TrimSpace(out.String()) != w.prints || r.CPU <= 0 {
			return least, fmt.Errorf("the workload ended with %s and printed %.80q: %.400q", v, out.String(), r.Stderr)
		}
		if least.CPU == 0 || r.CPU < least.CPU {
			least = r
		}
	}
	return least, nil
}
