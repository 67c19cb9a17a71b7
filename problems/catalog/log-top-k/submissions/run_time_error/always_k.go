// Believes that there are always k endpoints to print.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
)

type endpoint struct {
	path            string
	failed, longest int
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Scan()
	var n, k int
	fmt.Sscan(in.Text(), &n, &k)
	byPath := map[string]endpoint{}
	for range n {
		in.Scan()
		f := strings.Fields(in.Text())
		if f[3] < "500" {
			continue
		}
		path, _, _ := strings.Cut(f[2], "?")
		e := byPath[path]
		d, _ := strconv.Atoi(f[4])
		byPath[path] = endpoint{path, e.failed + 1, max(e.longest, d)}
	}
	var ranking []endpoint
	for _, e := range byPath {
		ranking = append(ranking, e)
	}
	sort.Slice(ranking, func(i, j int) bool {
		a, b := ranking[i], ranking[j]
		if a.failed != b.failed {
			return a.failed > b.failed
		}
		if a.longest != b.longest {
			return a.longest > b.longest
		}
		return a.path < b.path
	})
	for i := range k {
		fmt.Println(ranking[i].path, ranking[i].failed, ranking[i].longest)
	}
}
