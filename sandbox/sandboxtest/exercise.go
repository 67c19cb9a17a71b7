package sandboxtest

import (
	"fmt"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// Exercise runs every attack against a sandbox.
func Exercise(t *testing.T, sb judge.Sandbox) {
	t.Helper()
	outside := OpenOn(t, sb)
	seen := map[string]bool{}
	for _, group := range [][]attack{
		memoryAttacks(), outputAttacks(), diskAttacks(), timeAttacks(),
	} {
		for _, a := range group {
			name := fmt.Sprintf("%s/%s", a.name, a.lang)
			if seen[name] {
				t.Fatalf("two attacks are called %s", name)
			}
			seen[name] = true
			t.Run(name, func(t *testing.T) { a.exercise(t, sb, outside) })
		}
	}
}
