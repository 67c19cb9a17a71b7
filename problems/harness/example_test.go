package harness_test

import (
	"fmt"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness"
	"github.com/docketjudge/docket/problems/harness/signature"
)

// From one signature come the starter code of every language and the text of
// tests.
func ExampleNew() {
	sig, err := signature.ParseFunction("longestRun(values int[]) int")
	if err != nil {
		fmt.Println(err)
		return
	}
	h := harness.New(sig)
	fmt.Print(h.Starter(judge.Go).Content)
	fmt.Print(h.Starter(judge.Python).Content)
	// Output:
	// package solution
	//
	// // LongestRun is called for each case of a test.
	// func LongestRun(values []int) int {
	// 	return 0
	// }
	// def longest_run(values: list[int]) -> int:
	//     return 0
}
