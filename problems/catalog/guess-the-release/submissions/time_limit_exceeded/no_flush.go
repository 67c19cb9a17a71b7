// Leaves its probes in a buffer, so that both sides wait for ever.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var services int
	fmt.Fscan(in, &services)
	for range services {
		var low, high = 1, 0
		fmt.Fscan(in, &high)
		for low < high {
			middle := (low + high) / 2
			fmt.Fprintln(out, "?", middle)
			var reply string
			fmt.Fscan(in, &reply)
			if reply == "broken" {
				high = middle
			} else {
				low = middle + 1
			}
		}
		fmt.Fprintln(out, "!", low)
	}
}
