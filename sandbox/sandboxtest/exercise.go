package sandboxtest

import (
	"fmt"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
)

// Exercise runs every program that is hostile when it runs, each with its
// negative control. The sandbox must have one slot: what comes after an attack
// then meets the box that was attacked.
func Exercise(t *testing.T, sb judge.Sandbox) {
	t.Helper()
	s := newSuite(t, sb)
	s.outside = OpenOn(t, sb)
	s.exercise(t,
		kernelAttacks(), privilegeAttacks(), reachAttacks(), signalAttacks(),
		fileAttacks(), leftoverAttacks(), networkAttacks(),
		memoryAttacks(), outputAttacks(), diskAttacks(), timeAttacks(),
		processAttacks(), endAttacks(), languageAttacks(),
	)
}

// ExerciseRemains runs the programs that leave something behind in a box, make
// it hard to end them, or fill it: a box that is fresh has other memory in use.
// It is worth running for each further way of using
// boxes: those differ in what becomes of a box at the end of its lease, while
// a run goes the same way in all of them. That the attacks are real does not
// depend on it either, so there are no controls; and what an attack does beyond
// its own box, a greeting after the next attacks meets as well.
func ExerciseRemains(t *testing.T, sb judge.Sandbox) {
	t.Helper()
	newSuite(t, sb).exercise(t, signalAttacks(), fileAttacks(), leftoverAttacks(), memoryAttacks(), diskAttacks(), processAttacks())
}

// ExerciseBuilds runs every source that is hostile when it is compiled. What
// it leaves behind it leaves in a box that is used again; a few of them hold a
// compiler until it is stopped.
func ExerciseBuilds(t *testing.T, sb judge.Sandbox) {
	t.Helper()
	s := newSuite(t, sb)
	s.outside = OpenOn(t, sb)
	s.exercise(t, goBuildAttacks(), javaBuildAttacks(), pythonBuildAttacks(), bombAttacks())
}

// suite runs attacks on a sandbox.
type suite struct {
	sb      judge.Sandbox
	outside *Open // of the controls; nil leaves them all out
	// greeting is the processor time of each language's greeting.
	greeting map[judge.Language]time.Duration
}

// newSuite greets the sandbox in every language.
func newSuite(t *testing.T, sb judge.Sandbox) *suite {
	t.Helper()
	s := &suite{sb: sb, greeting: map[judge.Language]time.Duration{}}
	for _, l := range judge.Languages() {
		hello := greeting(l)
		o := s.once(t, hello, hello.limits)
		if wrong := hello.want(o); wrong != "" {
			t.Fatalf("before any attack, %s: %s", l.Name(), wrong)
		}
		s.greeting[l] = o.result.CPU
	}
	return s
}

func (s *suite) exercise(t *testing.T, groups ...[]attack) {
	t.Helper()
	seen := map[string]bool{}
	for i, group := range groups {
		for _, a := range group {
			name := fmt.Sprintf("%s/%s", a.name, a.lang)
			if seen[name] {
				t.Fatalf("two attacks are called %s", name)
			}
			seen[name] = true
			if a.open == nil && a.lax == nil && a.because == "" {
				t.Fatalf("%s has no negative control", name)
			}
			t.Run(name, func(t *testing.T) { s.attack(t, &a) })
		}
		if s.outside == nil {
			t.Run(fmt.Sprintf("after group %d", i+1), s.greetAll)
		}
	}
}

func (s *suite) greetAll(t *testing.T) {
	for _, l := range judge.Languages() {
		s.follow(t, greeting(l))
	}
}
