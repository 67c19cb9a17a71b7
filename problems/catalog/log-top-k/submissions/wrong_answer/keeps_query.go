// Takes /pay?id=1 and /pay?id=2 for two endpoints.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	in.Scan()
	var n, k int
	fmt.Sscan(in.Text(), &n, &k)
	failed, longest := map[string]int{}, map[string]int{}
	var paths []string
	for range n {
		in.Scan()
		f := strings.Fields(in.Text())
		if f[3] < "500" {
			continue
		}
		if failed[f[2]] == 0 {
			paths = append(paths, f[2])
		}
		failed[f[2]]++
		d, _ := strconv.Atoi(f[4])
		longest[f[2]] = max(longest[f[2]], d)
	}
	sort.Slice(paths, func(i, j int) bool {
		a, b := paths[i], paths[j]
		if failed[a] != failed[b] {
			return failed[a] > failed[b]
		}
		if longest[a] != longest[b] {
			return longest[a] > longest[b]
		}
		return a < b
	})
	if len(paths) == 0 {
		fmt.Fprintln(out, "none")
	}
	for _, p := range paths[:min(k, len(paths))] {
		fmt.Fprintln(out, p, failed[p], longest[p])
	}
}
