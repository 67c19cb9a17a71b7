// Leaves the last minute out of every sum.
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
	for range q {
		var op string
		var x, y int
		fmt.Fscan(in, &op, &x, &y)
		if op == "+" {
			b[x-1] += int64(y)
			continue
		}
		var sum int64
		for _, v := range b[x-1 : y-1] {
			sum += v
		}
		fmt.Fprintln(out, sum)
	}
}
