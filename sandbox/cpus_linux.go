package sandbox

import "golang.org/x/sys/unix"

// ownCPUs says which CPUs this process may run on.
func ownCPUs() func(cpu int) bool {
	var set unix.CPUSet
	if unix.SchedGetaffinity(0, &set) != nil {
		return func(int) bool { return true }
	}
	return set.IsSet
}
