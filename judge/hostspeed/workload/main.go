// Command workload is what a host's speed with Go programs is measured by: a
// little of everything that solutions spend their time on. Main.java and
// main.py beside it do the same steps and print the same number. It reads how
// much of it to do.
package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
)

// node is part of a search tree, which lies all over the heap.
type node struct {
	key         int
	left, right *node
}

// next is a step of a linear congruential generator that visits every number
// of 30 bits.
func next(x int) int { return (x*1103515245 + 12345) & 0x3fffffff }

func main() {
	var n int
	if _, err := fmt.Scan(&n); err != nil {
		panic(err)
	}
	sum := integers(n)
	sum = sum*31 + walk(n)
	sum = sum*31 + counts(n/4)
	sum = sum*31 + sorted(n/8)
	sum = sum*31 + tree(n/16)
	sum = sum*31 + text(n/8)
	_, _ = fmt.Fprintln(os.Stdout, sum&0x3fffffff)
}

// integers is arithmetic with branches that cannot be foretold.
func integers(n int) int {
	x, sum := 1, 0
	for range 4 * n {
		x = next(x)
		if x>>13&1 == 0 {
			sum += x % 1000
		} else {
			sum ^= x >> 7
		}
	}
	return sum & 0x3fffffff
}

// walk goes through memory in an order that caches do not help with.
func walk(n int) int {
	size := 1
	for size < n {
		size *= 2
	}
	to := make([]int32, size)
	for i := range to {
		to[i] = int32((i*5 + 12345) & 0x3fffffff % size) //nolint:gosec // below size
	}
	at, sum := 0, 0
	for range 2 * n {
		at = int(to[(at+sum&63)%size])
		sum += at & 1023
	}
	return sum & 0x3fffffff
}

// counts fills a hash table.
func counts(n int) int {
	seen := make(map[int]int)
	x := 7
	for range n {
		x = next(x)
		seen[x>>5%(n/2+1)]++
	}
	sum := len(seen)
	for key := range n/2 + 1 {
		sum += seen[key] * (key & 7)
	}
	return sum & 0x3fffffff
}

// sorted sorts numbers.
func sorted(n int) int {
	x, all := 11, []int(nil)
	for range n {
		x = next(x)
		all = append(all, x>>4)
	}
	slices.Sort(all)
	sum := 0
	for i, v := range all {
		sum += v % 1000 * (i & 15)
	}
	return sum & 0x3fffffff
}

// tree allocates small objects and follows pointers.
func tree(n int) int {
	var root *node
	x, sum := 13, 0
	for range n {
		x = next(x)
		at, depth := &root, 0
		for *at != nil {
			depth++
			if x>>3 < (*at).key {
				at = &(*at).left
			} else {
				at = &(*at).right
			}
		}
		*at = &node{key: x >> 3}
		sum += depth
	}
	return sum & 0x3fffffff
}

// text makes strings and reads them.
func text(n int) int {
	x, sum := 17, 0
	for range n {
		x = next(x)
		for _, c := range []byte(strconv.Itoa(x>>6) + ":" + strconv.Itoa(x&255)) {
			sum = (sum*33 + int(c)) & 0xffffff
		}
	}
	return sum
}
