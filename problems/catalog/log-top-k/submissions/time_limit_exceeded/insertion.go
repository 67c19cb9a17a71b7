// Keeps the ranking sorted after every request by moving endpoints up one
// place at a time, and finds them by walking through it.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

type endpoint struct {
	path            string
	failed, longest int
}

func before(a, b endpoint) bool {
	if a.failed != b.failed {
		return a.failed > b.failed
	}
	if a.longest != b.longest {
		return a.longest > b.longest
	}
	return a.path < b.path
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	in.Scan()
	var n, k int
	fmt.Sscan(in.Text(), &n, &k)
	var ranking []endpoint
	for range n {
		in.Scan()
		f := strings.Fields(in.Text())
		if f[3] < "500" {
			continue
		}
		path, _, _ := strings.Cut(f[2], "?")
		duration, _ := strconv.Atoi(f[4])
		at := -1
		for i := range ranking {
			if ranking[i].path == path {
				at = i
				break
			}
		}
		if at < 0 {
			ranking = append(ranking, endpoint{path: path})
			at = len(ranking) - 1
		}
		ranking[at].failed++
		ranking[at].longest = max(ranking[at].longest, duration)
		for ; at > 0 && before(ranking[at], ranking[at-1]); at-- {
			ranking[at], ranking[at-1] = ranking[at-1], ranking[at]
		}
	}
	if len(ranking) == 0 {
		fmt.Fprintln(out, "none")
	}
	for _, e := range ranking[:min(k, len(ranking))] {
		fmt.Fprintln(out, e.path, e.failed, e.longest)
	}
}
