// Remembers replies in a slice that has no room for late releases.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	fine := make([]bool, 1_000_000)
	var services int
	fmt.Fscan(in, &services)
	for range services {
		low, high := 1, 0
		fmt.Fscan(in, &high)
		for low < high {
			middle := (low + high) / 2
			fmt.Println("?", middle)
			var reply string
			fmt.Fscan(in, &reply)
			fine[middle] = reply == "ok"
			if fine[middle] {
				low = middle + 1
			} else {
				high = middle
			}
		}
		fmt.Println("!", low)
	}
}
