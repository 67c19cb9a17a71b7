package harness_test

import (
	"testing"

	"github.com/docketjudge/docket/problems/harness"
	"github.com/docketjudge/docket/problems/harness/signature/signaturetest"
)

func function(t testing.TB, text string) *harness.Harness {
	t.Helper()
	return harness.New(signaturetest.Function(t, text))
}

func class(t testing.TB, constructor string, methods ...string) *harness.Harness {
	t.Helper()
	return harness.New(signaturetest.Class(t, constructor, methods...))
}

// keeper is a class whose tokens cross from one instance to another.
func keeper(t testing.TB) *harness.Harness {
	t.Helper()
	return class(t, "Keeper()", "put(values int[]) token", "get(key token) int[]", "size() int")
}
