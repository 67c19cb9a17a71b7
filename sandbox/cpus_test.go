package sandbox

import (
	"slices"
	"testing"
)

func TestUsableCPUs(t *testing.T) {
	const here, elsewhere = "unix:///var/run/docker.sock", "tcp://engine:2376"
	on := func(cpus ...int) func(int) bool { return func(cpu int) bool { return slices.Contains(cpus, cpu) } }
	for name, c := range map[string]struct {
		engine int
		host   string
		own    func(int) bool
		want   []int
	}{
		"all":                         {4, here, on(0, 1, 2, 3), []int{0, 1, 2, 3}},
		"confined":                    {4, here, on(1, 3), []int{1, 3}},
		"confined beyond the engine":  {2, here, on(1, 5), []int{1}},
		"none in common":              {2, here, on(6, 7), []int{0, 1}},
		"an engine elsewhere":         {2, elsewhere, on(1), []int{0, 1}},
		"an engine that cannot count": {0, here, on(0, 1), []int{0}},
	} {
		if got := usableCPUs(c.engine, c.host, c.own); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
