package sandbox_test

import (
	"testing"

	"github.com/docketjudge/docket/sandbox"
	"github.com/docketjudge/docket/sandbox/sandboxtest"
)

func TestHostilePrograms(t *testing.T) {
	sandboxtest.Exercise(t, open(t, nil), sandboxtest.WithControls)
}

func TestHostileProgramsWithoutReuse(t *testing.T) {
	sandboxtest.Exercise(t, open(t, func(c *sandbox.Config) { c.NoReuse = true }), sandboxtest.WithoutControls)
}

func TestHostileSources(t *testing.T) {
	sandboxtest.ExerciseBuilds(t, open(t, nil))
}
