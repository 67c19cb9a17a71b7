package main

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
)

type endpoint struct {
	path    string
	failed  int
	longest int
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()

	in.Scan()
	var n, k int
	fmt.Sscan(in.Text(), &n, &k)

	byPath := make(map[string]*endpoint)
	for range n {
		in.Scan()
		fields := bytes.Fields(in.Bytes())
		status, _ := strconv.Atoi(string(fields[3]))
		if status < 500 {
			continue
		}
		path, _, _ := bytes.Cut(fields[2], []byte("?"))
		duration, _ := strconv.Atoi(string(fields[4]))
		e, ok := byPath[string(path)]
		if !ok {
			e = &endpoint{path: string(path)}
			byPath[e.path] = e
		}
		e.failed++
		e.longest = max(e.longest, duration)
	}

	ranking := make([]*endpoint, 0, len(byPath))
	for _, e := range byPath {
		ranking = append(ranking, e)
	}
	slices.SortFunc(ranking, func(a, b *endpoint) int {
		return cmp.Or(cmp.Compare(b.failed, a.failed), cmp.Compare(b.longest, a.longest), cmp.Compare(a.path, b.path))
	})
	if len(ranking) == 0 {
		fmt.Fprintln(out, "none")
	}
	for _, e := range ranking[:min(k, len(ranking))] {
		fmt.Fprintln(out, e.path, e.failed, e.longest)
	}
}
