// Stops one probe early and guesses. Only a cluster that has not made up its
// mind sees through it every time.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	var services int
	fmt.Fscan(in, &services)
	for range services {
		var high int
		if _, err := fmt.Fscan(in, &high); err != nil {
			return
		}
		low := 1
		for high-low > 1 {
			middle := (low + high) / 2
			fmt.Println("?", middle)
			var reply string
			if _, err := fmt.Fscan(in, &reply); err != nil {
				return
			}
			if reply == "broken" {
				high = middle
			} else {
				low = middle + 1
			}
		}
		fmt.Println("!", low)
	}
}
