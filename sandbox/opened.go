package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/wire"
)

var _ judge.Box = (*opened)(nil)

// opened is a leased run box that holds an artifact.
type opened struct {
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
func (o *opened) reserve(ctx context.Context, l judge.Limits, attached judge.Bytes) error {
	need := l.WithDefaults().For(o.artifact.Language).Memory
	extra := o.box.role.headroom + judge.Bytes(len(o.artifact.Data)) + attached
	if o.box.memory >= need+extra && o.box.memory <= 2*need+extra {
		return nil
	}
	return o.box.setMemory(ctx, need+extra)
}

// Run gives one test to the program in the box.
func (o *opened) Run(ctx context.Context, r judge.Run, l judge.Limits) (judge.Result, error) {
	l = l.WithDefaults()
	if err := o.replace(ctx, l); err != nil {
		return judge.Result{}, fmt.Errorf("replacing a box that a program has spoiled: %w", err)
	}
	if len(r.Attachments) > 0 {
		var attached judge.Bytes
		for _, a := range r.Attachments {
			attached += a.Size
		}
		if err := o.reserve(ctx, l, attached); err != nil {
			return judge.Result{}, err
		}
		if err := o.attach(r.Attachments); err != nil {
			return judge.Result{}, err
		}
	}
	e := o.command(r, l)
	result, err := o.box.exec(ctx, e, r.Stdin, r.Stdout)
	o.slot.docker.stats.runs.Add(1)
	if err != nil {
		return result, fmt.Errorf("running %s program: %w", o.artifact.Language.Name(), err)
	}
	if len(r.Attachments) > 0 && o.box.gone == nil {
		if err := o.box.removePath(judge.AttachmentDir); err != nil {
			return result, fmt.Errorf("removing attachments: %w", err)
		}
	}
	if o.language.fate != nil {
		o.language.fate(&result, l)
	}
	return result, nil
}

// replace gives the artifact another box where the last run has spoiled its
// own: what a program does to its box is no failure of the next run.
func (o *opened) replace(ctx context.Context, l judge.Limits) error {
	if !o.box.spoiled {
		return nil
	}
	b, err := o.slot.furnish(ctx, o.language, o.artifact)
	if err != nil {
		return err
	}
	o.slot.give(o.box)
	o.box = b
	return o.reserve(ctx, l, 0)
}

func (o *opened) attach(files []judge.Attachment) error {
	for _, a := range files {
		f, err := a.Open()
		if err != nil {
			return fmt.Errorf("%w: opening attachment %s: %w", judge.ErrOutage, a.Name, err)
		}
		err = o.box.putStream(path.Join(judge.AttachmentDir, a.Name), a.Size, f)
		if err = errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("attaching %s: %w", a.Name, err)
		}
	}
	return nil
}

// command is how the artifact is started.
func (o *opened) command(r judge.Run, l judge.Limits) wire.Exec {
	e := wire.Exec{
		Env:        []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + judge.WorkDir, "TMPDIR=/tmp", "LANG=C.UTF-8", "USER=" + userName},
		Dir:        judge.WorkDir,
		CPUStop:    l.CPUStop(),
		WallStop:   l.Wall,
		MemoryStop: uint64(l.For(o.artifact.Language).Memory), //nolint:gosec // validated
		OutputStop: uint64(l.Output),                          //nolint:gosec // validated
		StderrCap:  uint32(stderrCap),
		Collect:    r.Collect,
	}
	o.language.command(&e, o.artifact, r, l)
	return e
}

// Close ends the lease.
func (o *opened) Close() error {
	if o.closed {
		return nil
	}
	o.closed = true
	o.slot.give(o.box)
	return nil
}

var _ io.Closer = (*opened)(nil)
