// Package signaturetest has signatures and values for tests.
package signaturetest

import (
	"testing"

	"github.com/docketjudge/docket/problems/harness/signature"
)

// Function is the signature of a function problem.
func Function(tb testing.TB, text string) *signature.Signature {
	tb.Helper()
	sig, err := signature.ParseFunction(text)
	if err != nil {
		tb.Fatal(err)
	}
	return sig
}

// Class is the signature of a class problem.
func Class(tb testing.TB, constructor string, methods ...string) *signature.Signature {
	tb.Helper()
	sig, err := signature.ParseClass(constructor, methods)
	if err != nil {
		tb.Fatal(err)
	}
	return sig
}
