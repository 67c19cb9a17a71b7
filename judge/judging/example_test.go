package judging_test

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
)

// A Judge needs a sandbox and a catalogue. Here the sandbox runs a Go function in
// the place of the submitted program, which prints its input; so does the problem
// ask.
func ExampleJudge() {
	sandbox := running(func(r judge.Run, _ judge.Limits) (judge.Result, error) {
		n, err := io.Copy(r.Stdout, r.Stdin)
		return judge.Result{StdoutBytes: judge.Bytes(n)}, err
	})
	j := judging.New(judging.Config{Sandbox: sandbox, Problems: echo(true)})
	var events []string
	report, err := j.Judge(context.Background(), judge.Submission{
		ID: "0190b6f0-0000-7000-8000-000000000000", Kind: judge.KindSubmission, Problem: "echo",
		Language: judge.Python, Files: []judge.File{{Name: "main.py", Content: "print(input())"}},
	}, func(e judge.Event) { events = append(events, string(e.Kind)) })
	if err != nil {
		fmt.Println("the judge failed:", err)
		return
	}
	fmt.Println(report.Verdict, report.Summary.Passed, "of", report.Summary.Total)
	fmt.Println(strings.Join(events, " "))
	// Output:
	// AC 4 of 4
	// running compiled test test test test
}
