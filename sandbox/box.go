package sandbox

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
	"github.com/docketjudge/docket/sandbox/wire"
)

// box is one container and the conversation with its runner. One goroutine
// at a time uses it.
type box struct {
	id     string
	role   *role
	docker *Docker
	memory judge.Bytes
	made   time.Time
	leases int

	conn   net.Conn
	r      *wire.Reader
	w      *wire.Writer
	stderr *tail // what the runner itself complained about

	hello wire.Hello
	runs  uint32 // how many there were; the number of the last one
	gone  error  // why the box can no longer be used
	// spoiled says that the box is gone by the doing of a program whose result
	// is known.
	spoiled bool
}

// patience is how long the runner may take for anything but running a
// program.
const patience = 30 * time.Second

func (b *box) connect(conn net.Conn, r *bufio.Reader) {
	b.conn = conn
	b.stderr = &tail{}
	b.r = wire.NewReader(&demux{r: r, stderr: b.stderr})
	b.w = wire.NewWriter(conn)
}

func (b *box) hangUp() { _ = b.conn.Close() }

// greet reads the runner's first message.
func (b *box) greet(ctx context.Context) error {
	deadline, ok := ctx.Deadline()
	if !ok {
		deadline = time.Now().Add(patience)
	}
	kind, p, err := b.next(deadline)
	if err != nil {
		return fmt.Errorf("waiting for the runner: %w", err)
	}
	if kind != wire.KindHello {
		return fmt.Errorf("the runner began with %s", kind)
	}
	if b.hello, err = wire.DecodeHello(p); err != nil {
		return err
	}
	if b.hello.Version != wire.Version {
		return fmt.Errorf("the runner in the image speaks version %d and this worker %d; run `docket images build`", b.hello.Version, wire.Version)
	}
	return nil
}

// next reads one frame before the deadline. Any failure ends the box.
func (b *box) next(deadline time.Time) (wire.Kind, []byte, error) {
	if b.gone != nil {
		return 0, nil, b.gone
	}
	if err := b.conn.SetReadDeadline(deadline); err != nil {
		return 0, nil, b.lost(err)
	}
	kind, p, err := b.r.Next()
	if err != nil {
		return 0, nil, b.lost(err)
	}
	return kind, p, nil
}

// lost marks the box as unusable.
func (b *box) lost(err error) error {
	if b.gone == nil {
		if errors.Is(err, io.EOF) {
			err = fmt.Errorf("the runner ended: %w", err)
		}
		if s := b.stderr.String(); s != "" {
			err = fmt.Errorf("%w (runner: %s)", err, s)
		}
		b.gone = fmt.Errorf("%w: %s box %.12s: %w", errBoxGone, b.role.name, b.id, err)
	}
	return b.gone
}

// refusal is a Fail from the runner: the request could not be carried out and
// the box lives.
type refusal struct{ reason string }

func (e *refusal) Error() string { return "runner refused: " + e.reason }

// await reads frames up to Done or Fail. Data frames go to sink; a nil sink
// makes them a protocol violation.
func (b *box) await(deadline time.Time, sink func([]byte) error) error {
	for {
		kind, p, err := b.next(deadline)
		if err != nil {
			return err
		}
		switch kind {
		case wire.KindDone:
			return nil
		case wire.KindFail:
			reason, err := wire.DecodeText(p)
			if err != nil {
				return b.lost(err)
			}
			return &refusal{reason: reason}
		case wire.KindData:
			if sink == nil {
				return b.lost(fmt.Errorf("%w: unexpected data", wire.ErrProtocol))
			}
			if err := sink(p); err != nil {
				return b.lost(err)
			}
		default:
			return b.lost(fmt.Errorf("%w: unexpected %s", wire.ErrProtocol, kind))
		}
	}
}

// ask sends frames and awaits Done or Fail.
func (b *box) ask(patience time.Duration, sink func([]byte) error, frames ...wire.Frame) error {
	if err := b.send(frames...); err != nil {
		return err
	}
	return b.await(time.Now().Add(patience), sink)
}

func (b *box) send(frames ...wire.Frame) error {
	if b.gone != nil {
		return b.gone
	}
	if err := b.conn.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		return b.lost(err)
	}
	if err := b.w.WriteAll(frames...); err != nil {
		return b.lost(err)
	}
	return nil
}

// lease gives the box a run UID for one submission.
func (b *box) lease() error { return b.leaseBy(time.Now().Add(patience)) }

// leaseBy is lease for who will not wait for a box that hangs.
func (b *box) leaseBy(deadline time.Time) error {
	b.leases++
	uid := b.docker.nextUID()
	frames := []wire.Frame{{Kind: wire.KindLease, Payload: wire.Lease{UID: uid}.Append(nil)}}
	err := b.ask(time.Until(deadline), nil, frames...)
	if err == nil && b.role.named {
		// Programs ask for the name of who runs them.
		users := passwd(uid)
		err = b.ask(time.Until(deadline), nil, putFrames(images.PasswdFile, []byte(users), false)...)
	}
	if err != nil {
		return fmt.Errorf("leasing %s box: %w", b.role.name, err)
	}
	return nil
}

// passwd lists the users of a box. The program's has the name and the home
// that its environment says.
func passwd(uid uint32) string {
	return fmt.Sprintf("root:x:0:0:root:/:/usr/sbin/nologin\n%[1]s:x:%[2]d:%[2]d:%[1]s:%[3]s:/usr/sbin/nologin\n"+
		"nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n", userName, uid, judge.WorkDir)
}

// userName is who runs programs, as far as they see.
const userName = "docket"

// put lays a file in the box.
func (b *box) put(path string, content []byte, exec bool) error {
	if err := b.ask(patience, nil, putFrames(path, content, exec)...); err != nil {
		return fmt.Errorf("putting %s: %w", path, err)
	}
	return nil
}

func putFrames(path string, content []byte, exec bool) []wire.Frame {
	frames := make([]wire.Frame, 0, 2+len(content)/wire.MaxPayload)
	frames = append(frames, wire.Frame{Kind: wire.KindPut,
		Payload: wire.Put{Path: path, Size: uint64(len(content)), Exec: exec}.Append(nil)})
	for len(content) > 0 {
		n := min(len(content), wire.MaxPayload)
		frames = append(frames, wire.Frame{Kind: wire.KindData, Payload: content[:n]})
		content = content[n:]
	}
	return frames
}

// putStream lays a file of known size in the box without holding it whole.
func (b *box) putStream(path string, size judge.Bytes, r io.Reader) error {
	if err := b.send(wire.Frame{Kind: wire.KindPut, Payload: wire.Put{Path: path, Size: uint64(size)}.Append(nil)}); err != nil { //nolint:gosec // not negative
		return err
	}
	buf := make([]byte, wire.MaxPayload)
	for left := size; left > 0; {
		n, err := io.ReadFull(r, buf[:min(left, wire.MaxPayload)])
		if err != nil {
			// The runner still waits for the rest, so the box is of no use.
			return b.lost(fmt.Errorf("reading what goes to %s: %w", path, err))
		}
		if err := b.send(wire.Frame{Kind: wire.KindData, Payload: buf[:n]}); err != nil {
			return err
		}
		left -= judge.Bytes(n)
	}
	if err := b.await(time.Now().Add(patience), nil); err != nil {
		return fmt.Errorf("putting %s: %w", path, err)
	}
	return nil
}

// removePath deletes a file or directory below /box.
func (b *box) removePath(path string) error {
	return b.ask(patience, nil, wire.Frame{Kind: wire.KindRemove, Payload: wire.Path{Path: path}.Append(nil)})
}

// get reads a file that the last Exec left in the work directory.
func (b *box) get(path string, limit judge.Bytes) ([]byte, error) {
	var content []byte
	err := b.ask(patience, func(p []byte) error {
		if judge.Bytes(len(content)+len(p)) > limit {
			return fmt.Errorf("%w: more than %s of %s", wire.ErrProtocol, limit, path)
		}
		content = append(content, p...)
		return nil
	}, wire.Frame{Kind: wire.KindGet, Payload: wire.Path{Path: path, Max: uint64(limit)}.Append(nil)}) //nolint:gosec // not negative
	if err != nil {
		return nil, fmt.Errorf("getting %s: %w", path, err)
	}
	return content, nil
}

// wipe ends a lease. A nil error says that the box is provably clean.
func (b *box) wipe() error {
	return b.ask(patience, nil, wire.Frame{Kind: wire.KindWipe})
}

// demux undoes the engine's multiplexing of a container's two output streams:
// standard output is what it reads as, standard error goes to the side.
type demux struct {
	r      io.Reader
	stderr io.Writer
	left   int  // bytes left of the current chunk
	side   bool // the current chunk is standard error
}

func (d *demux) Read(p []byte) (int, error) {
	for {
		if d.left == 0 {
			var h [8]byte
			if _, err := io.ReadFull(d.r, h[:]); err != nil {
				return 0, err
			}
			d.side = h[0] != 1
			d.left = int(binary.BigEndian.Uint32(h[4:]))
			continue
		}
		n, err := d.r.Read(p[:min(len(p), d.left)])
		d.left -= n
		if !d.side {
			return n, err
		}
		_, _ = d.stderr.Write(p[:n])
		if err != nil {
			return 0, err
		}
	}
}

// tail keeps the last bytes written to it.
type tail struct {
	mu  sync.Mutex
	buf []byte
}

const tailSize = 2 << 10

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, p...)
	if over := len(t.buf) - tailSize; over > 0 {
		t.buf = append(t.buf[:0], t.buf[over:]...)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.buf)
}
