//go:build !quick

package sandbox_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox"
)

// A program is built once and run any number of times, in a box that is clean
// each time.
func ExampleDocker() {
	ctx := context.Background()
	d, err := sandbox.New(ctx, sandbox.Config{Worker: sandbox.WorkerID(), Slots: 1, Languages: []judge.Language{judge.Python}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer d.Close()
	slot, err := d.Acquire(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer slot.Release()
	build, err := slot.Build(ctx, judge.Source{Language: judge.Python, Files: []judge.File{{Name: "main.py", Content: "print(input()[::-1])"}}})
	if err != nil || !build.OK {
		fmt.Println(build.Output, err)
		return
	}
	limits := judge.Limits{CPU: 10 * time.Second}.WithDefaults()
	box, err := slot.Open(ctx, build.Artifact, limits)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer box.Close()
	for _, in := range []string{"stressed", "drawer"} {
		var out strings.Builder
		result, err := box.Run(ctx, judge.Run{Stdin: strings.NewReader(in), Stdout: &out}, limits)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Print(judge.Classify(result, limits), " ", out.String())
	}
	// Output:
	// AC desserts
	// AC reward
}
