// Package problemstest has small packages and a sandbox of Go functions for the
// tests of package problems and of the packages that stand on it. Nothing of it
// is part of a program.
//
//	packages.go   Files: a package as a map, the smallest ones of each format
//	generated.go  packages with generated tests, and the programs that make these
//	sandbox.go    Sandbox: a judge.Sandbox whose programs are Go functions
package problemstest
