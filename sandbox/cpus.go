package sandbox

import "strings"

// usableCPUs lists the CPUs that slots are pinned to by default: the engine's
// 0, 1, ... that this process may run on too. So taskset, or a worker's cpuset,
// confines its boxes as well. All of the engine's are usable where it is
// elsewhere (its address is no Unix socket), or where none is in common.
func usableCPUs(engine int, host string, own func(cpu int) bool) []int {
	var all, common []int
	for cpu := range max(engine, 1) {
		all = append(all, cpu)
		if own(cpu) {
			common = append(common, cpu)
		}
	}
	if !strings.HasPrefix(host, "unix://") || len(common) == 0 {
		return all
	}
	return common
}
