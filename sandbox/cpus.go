package sandbox

import "strings"

// usableCPUs lists the CPUs that slots are pinned to where nobody names them:
// those of the engine, 0, 1, ..., that this process may run on too, where the
// two are on one machine. So taskset, or the cpuset of the container that a
// worker runs in, confines its boxes as well. Of an engine elsewhere all are
// usable.
func usableCPUs(engine int, host string, own func(cpu int) bool) []int {
	var all, both []int
	for cpu := range max(engine, 1) {
		all = append(all, cpu)
		if own(cpu) {
			both = append(both, cpu)
		}
	}
	if !strings.HasPrefix(host, "unix://") || len(both) == 0 {
		return all
	}
	return both
}
