package sandbox

import (
	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
)

// role is what a box is for. Its name is that of its image.
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

// The roles. Python has no build role: its run box checks the syntax.
var (
	goBuild = &role{
		name: images.GoBuild, command: []string{runner},
		memory: 1 * judge.GiB, headroom: 32 * judge.MiB, pids: 128,
		work: 256 * judge.MiB, inodes: 4096,
	}
	javaBuild = &role{
		name: images.JavaBuild, command: append([]string{runner, "--helper", "compiler", "--helper-uid", "19999", "--"}, images.CompileServer()...),
		memory: 1 * judge.GiB, headroom: 64 * judge.MiB, pids: 128,
		work: 64 * judge.MiB, inodes: 4096,
	}
	goRun = &role{
		name: images.GoRun, command: []string{runner},
		memory: judge.DefaultMemory, headroom: 32 * judge.MiB, pids: runPids,
		work: 64 * judge.MiB, inodes: 8192, named: true,
	}
	javaRun = &role{
		name: images.JavaRun, command: []string{runner},
		memory: judge.DefaultMemory + judge.Java.Allowance(), headroom: 48 * judge.MiB, pids: runPids,
		work: 64 * judge.MiB, inodes: 8192, named: true,
	}
	python = &role{
		name: images.Python, command: append([]string{runner, "--helper", "zygote", "--"}, images.Zygote()...),
		memory: judge.DefaultMemory, headroom: 48 * judge.MiB, pids: runPids,
		work: 64 * judge.MiB, inodes: 8192, named: true,
	}
)

// buildRole is the role that compiles a language, or nil.
func buildRole(l judge.Language) *role {
	switch l {
	case judge.Go:
		return goBuild
	case judge.Java:
		return javaBuild
	}
	return nil
}

// runRole is the role that runs a language's artifacts.
func runRole(l judge.Language) *role {
	switch l {
	case judge.Go:
		return goRun
	case judge.Java:
		return javaRun
	case judge.Python:
		return python
	}
	return nil
}

// rolesOf lists the roles that a language needs.
func rolesOf(l judge.Language) []*role {
	if b := buildRole(l); b != nil {
		return []*role{b, runRole(l)}
	}
	return []*role{runRole(l)}
}
