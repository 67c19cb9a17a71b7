package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/wire"
)

// stderrCap is how much of a program's standard error is kept.
const stderrCap = 64 * judge.KiB

// grace is what a runner may take beyond a program's wall limit to kill,
// reap, wipe and report.
const grace = 15 * time.Second

// exec runs one program in the box. Cancelling ctx kills the program; its
// result then says so.
func (b *box) exec(ctx context.Context, e wire.Exec, stdin io.Reader, stdout io.Writer) (judge.Result, error) {
	b.runs++
	e.Run = b.runs
	run := wire.AppendUint32(nil, e.Run)
	first, rest := firstFrames(e, stdin)
	if err := b.send(first...); err != nil {
		return judge.Result{}, err
	}
	// What the feeder and a Kill write may wait as long as the run may last.
	deadline := time.Now().Add(e.WallStop + grace)
	if err := b.conn.SetWriteDeadline(deadline); err != nil {
		return judge.Result{}, b.lost(err)
	}
	stop := context.AfterFunc(ctx, func() { _ = b.w.Write(wire.KindKill, run) })
	defer stop()

	feed := &feeder{w: b.w, number: e.Run, credit: make(chan int, 1), over: make(chan struct{})}
	if rest != nil {
		// The feeder may be blocked in a read of a pipe that only its other
		// end can wake, so it is told to stop and not waited for.
		defer close(feed.over)
		go feed.run(rest)
	}

	if stdout == nil {
		stdout = io.Discard
	}
	r := &execution{box: b, exec: e, feed: feed, stdout: stdout}
	for {
		kind, p, err := b.next(deadline)
		if err != nil {
			return b.died(r.result, err)
		}
		var refused *refusal
		over, err := r.take(kind, p)
		if err != nil && !errors.As(err, &refused) {
			return r.result, b.lost(err)
		}
		if over {
			return r.result, err
		}
	}
}

// execution is a run under way.
type execution struct {
	box    *box
	exec   wire.Exec
	feed   *feeder
	stdout io.Writer
	result judge.Result
}

// take acts on a frame of the runner, and reports whether the run is over. After
// an error that is no refusal nobody knows what the box does.
func (r *execution) take(kind wire.Kind, p []byte) (over bool, err error) {
	switch kind {
	case wire.KindStdout:
		return false, r.print(p)
	case wire.KindStderr:
		if len(r.result.Stderr)+len(p) > int(r.exec.StderrCap) {
			return false, fmt.Errorf("%w: standard error beyond its bound", wire.ErrProtocol)
		}
		r.result.Stderr = append(r.result.Stderr, p...)
		return false, nil
	case wire.KindCredit:
		n, err := wire.DecodeUint32(p)
		if err != nil || n > wire.Window {
			return false, fmt.Errorf("%w: bad credit", wire.ErrProtocol)
		}
		r.feed.grant(int(n))
		return false, nil
	case wire.KindCollected:
		return false, collect(&r.result, r.exec.Collect, p)
	case wire.KindExited:
		return true, r.exit(p)
	case wire.KindFail:
		reason, err := wire.DecodeText(p)
		if err != nil {
			return false, err
		}
		return true, &refusal{reason: reason}
	}
	return false, fmt.Errorf("%w: unexpected %s during a run", wire.ErrProtocol, kind)
}

// print hands on output, unless its reader has stopped reading.
func (r *execution) print(p []byte) error {
	if r.stdout != io.Discard {
		if _, err := r.stdout.Write(p); err != nil {
			r.stdout = io.Discard
		}
	}
	r.result.StdoutBytes += judge.Bytes(len(p))
	if uint64(r.result.StdoutBytes) > r.exec.OutputStop { //nolint:gosec // not negative
		return fmt.Errorf("%w: output beyond its bound", wire.ErrProtocol)
	}
	return nil
}

func (r *execution) exit(p []byte) error {
	x, err := wire.DecodeExited(p)
	if err != nil {
		return err
	}
	r.result.ExitCode, r.result.Signal = int(x.ExitCode), int(x.Signal)
	r.result.Stopped = judge.Stop(x.Stopped)
	r.result.OutOfMemory = x.OutOfMemory
	r.result.CPU, r.result.Wall, r.result.Memory = x.CPU, x.Wall, judge.Bytes(x.Memory) //nolint:gosec // only shown and compared
	r.result.StderrTruncated = x.StderrCut
	if x.Dirty != "" {
		// The result stands; the box does not.
		r.box.spoiled = true
		_ = r.box.lost(errors.New("not clean after a run: " + x.Dirty))
	}
	return nil
}

// died turns the end of the connection into a result where it was the
// program's doing: a program that made the kernel kill PID 1 for memory.
func (b *box) died(r judge.Result, err error) (judge.Result, error) {
	if b.docker.died(b.id) {
		b.spoiled = true
		r.OutOfMemory, r.Stopped, r.Signal = true, judge.StoppedForMemory, 9
		return r, nil
	}
	return r, err
}

func collect(r *judge.Result, wanted []string, p []byte) error {
	c, err := wire.DecodeCollected(p)
	if err != nil {
		return err
	}
	if r.Collected == nil {
		r.Collected = make(map[string][]byte)
	}
	if _, twice := r.Collected[c.Name]; twice || len(r.Collected) >= len(wanted) {
		return fmt.Errorf("%w: collected %q unasked", wire.ErrProtocol, c.Name)
	}
	r.Collected[c.Name] = append([]byte(nil), c.Content...)
	return nil
}

// firstFrames starts a run. Input whose length is known, and not large, becomes
// a file; other input, such as what an interactor says, a pipe. Input that is at
// hand goes along in the same write, so that a small test is one message each
// way; what is left is returned.
func firstFrames(e wire.Exec, stdin io.Reader) ([]wire.Frame, io.Reader) {
	sized, ok := stdin.(interface{ Len() int })
	e.InputFile = stdin == nil || ok && sized.Len() <= wire.MaxInputFile
	frames := []wire.Frame{{Kind: wire.KindExec, Payload: e.Append(nil)}}
	end := wire.Frame{Kind: wire.KindStdinEnd, Payload: wire.AppendUint32(nil, e.Run)}
	if stdin == nil {
		return append(frames, end), nil
	}
	if !ok || sized.Len() > wire.MaxInput {
		return frames, stdin
	}
	p := make([]byte, sized.Len())
	if _, err := io.ReadFull(stdin, p); err != nil {
		// A reader that lies about its length gives what it has.
		return frames, stdin
	}
	if len(p) > 0 {
		frames = append(frames, wire.Frame{Kind: wire.KindStdin, Payload: wire.Input{Run: e.Run, Data: p}.Append(nil)})
	}
	return append(frames, end), nil
}

// feeder streams standard input within the window of credit.
type feeder struct {
	w      *wire.Writer
	number uint32   // of the run: a frame may be on its way when it is over
	credit chan int // holds the sum of grants not yet seen
	over   chan struct{}
	mu     sync.Mutex
}

// grant adds credit without ever blocking the reader of the connection.
func (f *feeder) grant(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	select {
	case have := <-f.credit:
		n += have
	default:
	}
	f.credit <- n
}

func (f *feeder) run(r io.Reader) {
	window := wire.Window
	head := wire.AppendUint32(make([]byte, 0, 32<<10), f.number)
	buf := head[len(head):cap(head)]
	for {
		for window <= 0 {
			select {
			case n := <-f.credit:
				window += n
			case <-f.over:
				return
			}
		}
		n, err := r.Read(buf[:min(len(buf), window)])
		select {
		case <-f.over:
			return
		default:
		}
		if n > 0 {
			window -= n
			if f.w.Write(wire.KindStdin, head[:len(head)+n]) != nil {
				return
			}
		}
		if err != nil {
			end := wire.KindStdinEnd
			if errors.Is(err, judge.ErrCutOff) {
				end = wire.KindStdinCut
			}
			_ = f.w.Write(end, head)
			return
		}
	}
}
