// Adds up all the numbers again for every question.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var n, q int
	fmt.Fscan(in, &n, &q)
	b := make([]int64, n+1)
	for i := 1; i <= n; i++ {
		fmt.Fscan(in, &b[i])
	}
	in.ReadString('\n')
	for range q {
		line, _ := in.ReadString('\n')
		var op string
		var x, y int
		fmt.Fscan(strings.NewReader(line), &op, &x, &y)
		if op == "+" {
			b[x] += int64(y)
			continue
		}
		var sum int64
		for i := x; i <= y; i++ {
			sum += b[i]
		}
		fmt.Fprintln(out, sum)
	}
}
