package main

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/docketjudge/docket/sandbox/wire"
)

// input takes frames off the connection. It never blocks beyond one read of a
// descriptor that is ready.
type input struct {
	fd         int
	buf        []byte
	start, end int
}

func newInput(fd int) input {
	// Room for the largest frame; what is not used is never resident.
	return input{fd: fd, buf: make([]byte, wire.HeaderSize+wire.MaxPayload)}
}

// next returns a frame that was read already; kind is zero if there is none.
// The payload is valid until fill.
func (in *input) next() (wire.Kind, []byte, error) {
	kind, payload, rest, err := wire.Cut(in.buf[in.start:in.end])
	if err != nil || kind == 0 {
		return 0, nil, err
	}
	in.start = in.end - len(rest)
	return kind, payload, nil
}

// fill reads once. At the end of the connection it returns false.
func (in *input) fill() (bool, error) {
	if in.start > 0 {
		in.end = copy(in.buf, in.buf[in.start:in.end])
		in.start = 0
	}
	n, e := read(in.fd, in.buf[in.end:])
	switch {
	case e == syscall.EAGAIN:
		return true, nil
	case e != 0:
		return false, fmt.Errorf("reading the connection: %w", e)
	case n == 0 && in.end > 0:
		return false, fmt.Errorf("%w: connection ended within a frame", wire.ErrProtocol)
	}
	in.end += n
	return n > 0, nil
}

// output puts frames on the connection. Frames are collected in a buffer until
// flush, so that what belongs together wakes the other side once.
type output struct {
	fd   int
	buf  []byte
	sent int // bytes of buf that are written already
	at   int // where the frame under construction begins
}

func newOutput(fd int) output {
	return output{fd: fd, buf: make([]byte, 0, wire.HeaderSize+wire.MaxPayload+8<<10)}
}

// waiting reports whether earlier frames are still to be written.
func (o *output) waiting() bool { return o.sent < len(o.buf) }

// begin starts a frame; append its payload to o.buf and call end.
func (o *output) begin(kind wire.Kind) {
	o.at = len(o.buf)
	o.buf = wire.AppendHeader(o.buf, kind, 0)
}

func (o *output) end() {
	kind := wire.Kind(o.buf[o.at])
	wire.AppendHeader(o.buf[:o.at], kind, len(o.buf)-o.at-wire.HeaderSize)
}

// cancel takes back the frame under construction.
func (o *output) cancel() { o.buf = o.buf[:o.at] }

func (o *output) frame(kind wire.Kind, payload []byte) {
	o.begin(kind)
	o.buf = append(o.buf, payload...)
	o.end()
}

// room is how large a payload of one more frame fits without the buffer
// growing.
func (o *output) room() int { return min(cap(o.buf)-len(o.buf)-wire.HeaderSize, wire.MaxPayload) }

// flush writes what the connection takes now.
func (o *output) flush() error {
	for o.waiting() {
		n, e := write(o.fd, o.buf[o.sent:])
		if e == syscall.EAGAIN {
			return nil
		}
		if e != 0 {
			return fmt.Errorf("writing the connection: %w", e)
		}
		o.sent += n
	}
	o.buf, o.sent = o.buf[:0], 0
	return nil
}

// drain writes everything, however long the other side takes. It is for the
// times when no program runs.
func (o *output) drain() error {
	for {
		if err := o.flush(); err != nil {
			return err
		}
		if !o.waiting() {
			return nil
		}
		fds := []pollfd{{fd: int32(o.fd), events: pollOut}} //nolint:gosec // a descriptor
		if _, e := poll(fds, -1); e != 0 && e != syscall.EINTR {
			return fmt.Errorf("waiting for the connection: %w", e)
		}
	}
}

func (o *output) done() error {
	o.frame(wire.KindDone, nil)
	return o.drain()
}

func (o *output) fail(reason string) error {
	o.begin(wire.KindFail)
	o.buf = wire.AppendText(o.buf, reason)
	o.end()
	return o.drain()
}

// file sends the content of fd in Data frames.
func (o *output) file(fd int) error {
	for {
		o.begin(wire.KindData)
		n, e := read(fd, o.buf[len(o.buf):len(o.buf)+32<<10])
		if e != 0 {
			o.cancel()
			return o.fail("reading file: " + e.Error())
		}
		if n == 0 {
			o.cancel()
			return o.done()
		}
		o.buf = o.buf[:len(o.buf)+n]
		o.end()
		if err := o.drain(); err != nil {
			return err
		}
	}
}

var errUnexpected = errors.New("frame at the wrong time")

func unexpected(kind wire.Kind) error {
	return fmt.Errorf("%w: %w: %s", wire.ErrProtocol, errUnexpected, kind)
}
