//go:build !quick

package sandbox_test

import (
	"testing"

	"github.com/docketjudge/docket/sandbox"
	"github.com/docketjudge/docket/sandbox/sandboxtest"
)

func TestHostilePrograms(t *testing.T) {
	sandboxtest.Exercise(t, open(t, nil))
}

func TestHostileProgramsWithoutReuse(t *testing.T) {
	sandboxtest.ExerciseRemains(t, open(t, func(c *sandbox.Config) { c.NoReuse = true }))
}

func TestHostileSources(t *testing.T) {
	sandboxtest.ExerciseBuilds(t, open(t, nil))
}
