package main

import "fmt"

func main() {
	var n int
	fmt.Scan(&n)
	sum := 0
	for range n {
		var x int
		fmt.Scan(&x)
		sum += x
	}
	fmt.Println(sum)
}
