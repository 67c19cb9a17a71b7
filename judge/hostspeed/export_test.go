package hostspeed

import "github.com/docketjudge/docket/judge"

// Prints is what a language's workload prints.
func Prints(l judge.Language) string { return workloads[l].prints }

// Source is a language's workload.
func Source(l judge.Language) string { return workloads[l].source }
