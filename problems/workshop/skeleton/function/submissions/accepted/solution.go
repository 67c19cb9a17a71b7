package solution

// SumAbove returns the sum of the numbers that are greater than limit.
func SumAbove(numbers []int, limit int) int64 {
	var sum int64
	for _, n := range numbers {
		if n > limit {
			sum += int64(n)
		}
	}
	return sum
}
