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

// Exercise runs every program that is hostile when it runs. It is worth
// running for each way of using boxes. The sandbox must have one slot: what
// comes after an attack then meets the box that was attacked.
func Exercise(t *testing.T, sb judge.Sandbox, c Controls) {
	t.Helper()
	exercise(t, sb, c,
		kernelAttacks(), privilegeAttacks(), reachAttacks(), signalAttacks(),
		fileAttacks(), leftoverAttacks(), networkAttacks(),
		memoryAttacks(), outputAttacks(), diskAttacks(), timeAttacks(),
		processAttacks(), endAttacks(), languageAttacks(),
	)
}

// ExerciseBuilds runs every source that is hostile when it is compiled. What
// it leaves behind it leaves in a box that is used again; a few of them hold a
// compiler until it is stopped.
func ExerciseBuilds(t *testing.T, sb judge.Sandbox) {
	t.Helper()
	exercise(t, sb, WithControls, goBuildAttacks(), javaBuildAttacks(), pythonBuildAttacks(), bombAttacks())
}

func exercise(t *testing.T, sb judge.Sandbox, c Controls, groups ...[]attack) {
	t.Helper()
	var outside *Open
	if c == WithControls {
		outside = OpenOn(t, sb)
	}
	seen := map[string]bool{}
	for _, group := range groups {
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
