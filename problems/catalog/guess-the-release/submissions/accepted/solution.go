package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)

	var services int
	fmt.Fscan(in, &services)
	for range services {
		var releases int
		fmt.Fscan(in, &releases)
		// The last release need not be probed: it is what remains.
		first := 1 + sort.Search(releases-1, func(i int) bool {
			fmt.Fprintln(out, "?", i+1)
			out.Flush()
			var reply string
			fmt.Fscan(in, &reply)
			return reply == "broken"
		})
		fmt.Fprintln(out, "!", first)
		out.Flush()
	}
}
