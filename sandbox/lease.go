package sandbox

import (
	"context"
	"errors"
	"fmt"
	"path"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/wire"
)

var _ judge.Box = (*lease)(nil)

// lease is a run box that holds an artifact, from Open to Close.
type lease struct {
	slot     *slot
	box      *box
	language *language
	artifact judge.Artifact
	closed   bool
}

// reserve makes the box large enough for the limits and for attachments,
// which lie in memory too. A box that is up to twice as large as needed is
// left as it is, since changing it costs more than a test: the runner's own
// sampler holds the program to its limit and the kernel's is only the net.
func (l *lease) reserve(ctx context.Context, limits judge.Limits, attached judge.Bytes) error {
	need := limits.WithDefaults().WithAllowance(l.artifact.Language).Memory
	extra := l.box.role.headroom + judge.Bytes(len(l.artifact.Data)) + attached
	if l.box.memory >= need+extra && l.box.memory <= 2*need+extra {
		return nil
	}
	return l.box.setMemory(ctx, need+extra)
}

// Run gives one test to the program in the box.
func (l *lease) Run(ctx context.Context, r judge.Run, limits judge.Limits) (judge.Result, error) {
	limits = limits.WithDefaults()
	if err := l.replace(ctx, limits); err != nil {
		return judge.Result{}, fmt.Errorf("replacing a box that a program has spoiled: %w", err)
	}
	if len(r.Attachments) > 0 {
		var attached judge.Bytes
		for _, a := range r.Attachments {
			attached += a.Size
		}
		if err := l.reserve(ctx, limits, attached); err != nil {
			return judge.Result{}, err
		}
		if err := l.attach(r.Attachments); err != nil {
			return judge.Result{}, err
		}
	}
	e := l.command(r, limits)
	result, err := l.box.exec(ctx, e, r.Stdin, r.Stdout)
	l.slot.docker.stats.runs.Add(1)
	if err != nil {
		return result, fmt.Errorf("running %s program: %w", l.artifact.Language.Name(), err)
	}
	if len(r.Attachments) > 0 && l.box.gone == nil {
		if err := l.box.removePath(judge.AttachmentDir); err != nil {
			return result, fmt.Errorf("removing attachments: %w", err)
		}
	}
	if l.language.fate != nil {
		l.language.fate(&result, limits)
	}
	return result, nil
}

// replace gives the artifact another box where the last run has spoiled its
// own: what a program does to its box is no failure of the next run.
func (l *lease) replace(ctx context.Context, limits judge.Limits) error {
	if !l.box.spoiled {
		return nil
	}
	b, err := l.slot.furnish(ctx, l.language, l.artifact)
	if err != nil {
		return err
	}
	l.slot.give(l.box)
	l.box = b
	return l.reserve(ctx, limits, 0)
}

func (l *lease) attach(files []judge.Attachment) error {
	for _, a := range files {
		f, err := a.Open()
		if err != nil {
			return fmt.Errorf("%w: opening attachment %s: %w", judge.ErrOutage, a.Name, err)
		}
		err = l.box.putStream(path.Join(judge.AttachmentDir, a.Name), a.Size, f)
		if err = errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("attaching %s: %w", a.Name, err)
		}
	}
	return nil
}

// command is how the artifact is started.
func (l *lease) command(r judge.Run, limits judge.Limits) wire.Exec {
	e := wire.Exec{
		Env:        []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + judge.WorkDir, "TMPDIR=/tmp", "LANG=C.UTF-8", "USER=" + userName},
		Dir:        judge.WorkDir,
		CPUStop:    limits.CPUStop(),
		WallStop:   limits.Wall,
		MemoryStop: uint64(limits.WithAllowance(l.artifact.Language).Memory), //nolint:gosec // validated
		OutputStop: uint64(limits.Output),                                    //nolint:gosec // validated
		StderrCap:  uint32(stderrCap),
		Collect:    r.Collect,
	}
	l.language.command(&e, l.artifact, r, limits)
	return e
}

// Close ends the lease.
func (l *lease) Close() error {
	if l.closed {
		return nil
	}
	l.closed = true
	l.slot.give(l.box)
	return nil
}
