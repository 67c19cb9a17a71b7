package wire

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
)

// Version is the version of this protocol. Worker and runner must agree.
const Version = 3

// Bounds of the transport.
const (
	// MaxPayload is the largest payload of a frame.
	MaxPayload = 64 << 10
	// MaxInput is the most standard input in one frame.
	MaxInput = MaxPayload - 4
	// Window is how much standard input may be on its way unacknowledged.
	Window = 256 << 10

	// HeaderSize is what a frame takes beside its payload.
	HeaderSize = headerSize

	headerSize = 4
)

// Kind says what a frame holds.
type Kind uint8

// Frames from the worker.
const (
	KindLease Kind = iota + 1
	KindPut
	KindRemove
	KindExec
	KindStdin
	KindStdinEnd
	KindKill
	KindAsk
	KindGet
	KindWipe
	KindStdinCut
)

// Frames in both directions: the content that belongs to a Put, an Ask or a
// Get, and the end of an Ask's request.
const (
	KindData Kind = iota + 32
	KindEnd
)

// Frames from the runner.
const (
	KindHello Kind = iota + 64
	KindDone
	KindFail
	KindStdout
	KindStderr
	KindCredit
	KindCollected
	KindExited
)

var kindNames = map[Kind]string{
	KindLease: "Lease", KindPut: "Put", KindRemove: "Remove", KindExec: "Exec",
	KindStdin: "Stdin", KindStdinEnd: "StdinEnd", KindKill: "Kill", KindAsk: "Ask",
	KindGet: "Get", KindWipe: "Wipe", KindStdinCut: "StdinCut", KindData: "Data", KindEnd: "End",
	KindHello: "Hello", KindDone: "Done", KindFail: "Fail", KindStdout: "Stdout",
	KindStderr: "Stderr", KindCredit: "Credit", KindCollected: "Collected", KindExited: "Exited",
}

// String names the kind for messages.
func (k Kind) String() string {
	if s, ok := kindNames[k]; ok {
		return s
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// ErrProtocol is in the chain of every error about what the other side sent.
var ErrProtocol = errors.New("protocol violation")

// Cut takes the first frame off b, for a reader that must not block. Rest is
// what follows it; kind is zero when b does not hold a whole frame yet. The
// payload aliases b.
func Cut(b []byte) (kind Kind, payload, rest []byte, err error) {
	if len(b) < headerSize {
		return 0, nil, b, nil
	}
	kind, n, err := parseHeader([headerSize]byte(b))
	if err != nil {
		return 0, nil, b, err
	}
	if len(b) < headerSize+n {
		return 0, nil, b, nil
	}
	return kind, b[headerSize : headerSize+n], b[headerSize+n:], nil
}

func parseHeader(h [headerSize]byte) (Kind, int, error) {
	kind := Kind(h[0])
	if _, known := kindNames[kind]; !known {
		return 0, 0, fmt.Errorf("%w: unknown frame kind %d", ErrProtocol, h[0])
	}
	n := int(h[1])<<16 | int(h[2])<<8 | int(h[3])
	if n > MaxPayload {
		return 0, 0, fmt.Errorf("%w: %s frame of %d bytes", ErrProtocol, kind, n)
	}
	return kind, n, nil
}

// Reader reads frames. It is not safe for concurrent use.
type Reader struct {
	r   *bufio.Reader
	buf []byte
}

// NewReader returns a Reader on r.
func NewReader(r io.Reader) *Reader {
	return &Reader{r: bufio.NewReaderSize(r, 32<<10)}
}

// Next returns the next frame. The payload is valid until the next call. At a
// clean end between two frames the error is io.EOF.
func (r *Reader) Next() (Kind, []byte, error) {
	var h [headerSize]byte
	if _, err := io.ReadFull(r.r, h[:]); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = fmt.Errorf("%w: frame header cut off", ErrProtocol)
		}
		return 0, nil, err
	}
	kind, n, err := parseHeader(h)
	if err != nil {
		return 0, nil, err
	}
	if cap(r.buf) < n {
		// Grown in steps: the runner's memory is part of what its programs
		// are measured by, and most frames are small.
		r.buf = make([]byte, max(n, min(2*cap(r.buf), MaxPayload)))
	}
	p := r.buf[:n]
	if _, err := io.ReadFull(r.r, p); err != nil {
		return 0, nil, fmt.Errorf("%w: %s frame cut off", ErrProtocol, kind)
	}
	return kind, p, nil
}

// Writer writes frames, each in one write. It is safe for concurrent use.
type Writer struct {
	mu  sync.Mutex
	w   io.Writer
	buf []byte
	err error
}

// NewWriter returns a Writer on w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Write sends one frame. After an error every further call fails with it.
func (w *Writer) Write(kind Kind, payload []byte) error {
	if len(payload) > MaxPayload {
		return fmt.Errorf("writing %s frame: %d bytes are over the bound", kind, len(payload))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.buf = appendFrame(w.buf[:0], kind, payload)
	return w.flush()
}

// WriteAll sends several frames in one write, so that the other side wakes
// once for all of them.
func (w *Writer) WriteAll(frames ...Frame) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.buf = w.buf[:0]
	for _, f := range frames {
		if len(f.Payload) > MaxPayload {
			return fmt.Errorf("writing %s frame: %d bytes are over the bound", f.Kind, len(f.Payload))
		}
		w.buf = appendFrame(w.buf, f.Kind, f.Payload)
	}
	return w.flush()
}

// Frame is a frame to be written.
type Frame struct {
	Kind    Kind
	Payload []byte
}

func appendFrame(b []byte, kind Kind, payload []byte) []byte {
	b = AppendHeader(b, kind, len(payload))
	return append(b, payload...)
}

// AppendHeader encodes the header of a frame whose payload of n bytes, at
// most [MaxPayload], follows.
func AppendHeader(b []byte, kind Kind, n int) []byte {
	return binary.BigEndian.AppendUint32(b, uint32(kind)<<24|uint32(n)) //nolint:gosec // bounded by the caller
}

func (w *Writer) flush() error {
	if w.err != nil {
		return w.err
	}
	if _, err := w.w.Write(w.buf); err != nil {
		w.err = fmt.Errorf("writing frame: %w", err)
	}
	return w.err
}
