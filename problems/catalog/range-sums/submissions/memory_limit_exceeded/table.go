// Wants a table of the sums of all stretches.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var n, q int
	fmt.Fscan(in, &n, &q)
	b := make([]int64, n)
	for i := range b {
		fmt.Fscan(in, &b[i])
	}
	table := make([][]int64, n)
	for l := range table {
		table[l] = make([]int64, n-l)
		var sum int64
		for r := l; r < n; r++ {
			sum += b[r]
			table[l][r-l] = sum
		}
	}
	for range q {
		var op string
		var x, y int
		fmt.Fscan(in, &op, &x, &y)
		if op == "?" {
			fmt.Fprintln(out, table[x-1][y-x])
			continue
		}
		for l := 0; l < x; l++ {
			for r := x - 1; r < n; r++ {
				table[l][r-l] += int64(y)
			}
		}
	}
}
