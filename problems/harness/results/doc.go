// Package results compares the results of function problems with their answers.
//
// Results are lines that came out of a box, and anybody may have written them; an
// answer is a line of JSON for each case, and made by the reference. Of a result no
// more is held than the beginning that reports show. What a [Checker] finds is a
// [judge.Finding]: how many cases are right, and in words how the first other one
// is wrong.
//
// A case is wrong if its line is missing, too long, not JSON, of another type or not
// Unicode. Output after the last case is wrong too. Whole numbers, texts and bools
// agree or do not; doubles agree within a tolerance. The results of concurrency
// problems are accounts, which package world writes.
//
// # Where things are
//
//	check.go    Checker: results against answers, case by case
//	compare.go  a result against its answer, without holding either
//	text.go     a line of JSON, read once
//	account.go  accounts of concurrency problems against the wanted ones
package results
