// Package mutate makes the small mistakes of a programmer in solutions that
// are right, so that hidden tests can be judged by how many of them they find.
//
// A mutant is a solution with one change: a comparison that takes the bound in
// or leaves it out, an operator that is the opposite one, a number that is off
// by one, a condition that is negated, a result that is another, a statement
// that is missing. Go is read with go/ast, Python with its own ast module by a
// program that the caller runs in a box, and Java token by token. Whatever a
// mutator is unsure of it may change all the same: what does not compile does
// not count.
//
// Some changes are left out because they hardly ever make a difference that a
// test could see: those of capacity hints, lengths that grow, the text of
// messages, type annotations, and exceptions that are no longer thrown.
//
// # Trust
//
// Solutions are a package author's. Go and Java are only lexed and parsed here,
// never run; the Python program reads its source as text and does not run it
// either, but Python's parser is kept in a box because it is C code that reads
// what anybody wrote.
package mutate
