package sandboxtest

import (
	"fmt"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// Controls says whether the negative controls are run beside the attacks.
type Controls bool

// The controls show that the attacks are real, which does not depend on how a
// sandbox is set up: with two set-ups it is enough to run them once.
const (
	WithControls    Controls = true
	WithoutControls Controls = false
)

// Exercise runs every attack against a sandbox, which must have one slot: what
// comes after an attack then meets the box that was attacked.
func Exercise(t *testing.T, sb judge.Sandbox, c Controls) {
	t.Helper()
	var outside *Open
	if c == WithControls {
		outside = OpenOn(t, sb)
	}
	seen := map[string]bool{}
	for _, group := range [][]attack{
		kernelAttacks(), privilegeAttacks(), reachAttacks(), signalAttacks(),
		fileAttacks(), leftoverAttacks(), networkAttacks(),
		memoryAttacks(), outputAttacks(), diskAttacks(), timeAttacks(),
		processAttacks(), endAttacks(), languageAttacks(),
		goBuildAttacks(), javaBuildAttacks(), pythonBuildAttacks(),
	} {
		for _, a := range group {
			name := fmt.Sprintf("%s/%s", a.name, a.lang)
			if seen[name] {
				t.Fatalf("two attacks are called %s", name)
			}
			seen[name] = true
			if a.open == nil && a.lax == nil && a.because == "" {
				t.Fatalf("%s has no negative control", name)
			}
			t.Run(name, func(t *testing.T) { a.exercise(t, sb, outside) })
		}
	}
}

// ExerciseBombs runs the sources that hold a compiler until it is stopped,
// which takes minutes. How boxes are used makes no difference to them.
func ExerciseBombs(t *testing.T, sb judge.Sandbox) {
	t.Helper()
	for _, a := range bombAttacks() {
		t.Run(fmt.Sprintf("%s/%s", a.name, a.lang), func(t *testing.T) { a.exercise(t, sb, nil) })
	}
}
