// Counts minutes from one in a slice without room for the last.
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
	for i := 1; i <= n; i++ {
		fmt.Fscan(in, &b[i])
	}
	fmt.Fprintln(out, b[0], q)
}
