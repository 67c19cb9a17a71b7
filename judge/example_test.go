package judge_test

import (
	"fmt"
	"time"

	"github.com/docketjudge/docket/judge"
)

// A program that prints the right answer and ends after the time limit is too
// slow. One that ends well is accepted as far as its end goes; what it printed is
// another matter.
func ExampleClassify() {
	limits := judge.Limits{CPU: time.Second}.WithDefaults()
	slow := judge.Result{CPU: 1200 * time.Millisecond}
	crashed := judge.Result{ExitCode: 1}
	well := judge.Result{CPU: 20 * time.Millisecond}
	fmt.Println(judge.Classify(slow, limits), judge.Classify(crashed, limits), judge.Classify(well, limits))
	// Output: TLE RTE AC
}

// What a checker found counts if the run ended well. In an interactive test it
// counts in any case: the validator rejected what was said before the end.
func ExampleDecide() {
	limits := judge.Limits{}.WithDefaults()
	wrong := judge.Finding{Reason: "case 3: 5 instead of 7"}
	crashed := judge.Result{ExitCode: 1}
	fmt.Println(judge.Decide(judge.Result{}, wrong, limits, false))
	fmt.Println(judge.Decide(crashed, wrong, limits, false))
	fmt.Println(judge.Decide(crashed, wrong, limits, true))
	// Output:
	// WA
	// RTE
	// WA
}
