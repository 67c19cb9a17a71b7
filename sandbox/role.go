package sandbox

import (
	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
)

// role is what a box is for. Its name is that of its image. The roles of a
// language are in the language's own file.
type role struct {
	name    images.Name
	command []string
	// memory is what a fresh box of this role lets programs use.
	memory judge.Bytes
	// headroom is added for the runner, its helper, page tables and slack, so
	// that the kernel's limit never strikes before the program's own.
	headroom judge.Bytes
	pids     int64
	work     judge.Bytes // size of each writable tmpfs
	inodes   int64
	named    bool // whether the run UID has a name: its image has images.PasswdFile
}

const runner = "/docket/runner"

// runPids bounds the processes and threads of a run box. Some seven are the
// runner's and its helper's, some twenty a JVM's own.
const runPids = 512
