package wire

import (
	"encoding/binary"
	"fmt"
	"math"
	"time"
)

func appendUint32(b []byte, n uint32) []byte { return binary.BigEndian.AppendUint32(b, n) }
func appendUint64(b []byte, n uint64) []byte { return binary.BigEndian.AppendUint64(b, n) }

func appendBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

func appendDuration(b []byte, d time.Duration) []byte {
	return appendUint64(b, uint64(max(d, 0)))
}

func appendString(b []byte, s string) []byte {
	b = appendUint32(b, uint32(len(s))) //nolint:gosec // bounded by MaxPayload when the frame is written
	return append(b, s...)
}

func appendStrings(b []byte, ss []string) []byte {
	b = appendUint32(b, uint32(len(ss))) //nolint:gosec // likewise
	for _, s := range ss {
		b = appendString(b, s)
	}
	return b
}

// decoder takes a payload apart. The first value that is out of bounds makes
// every later one zero and is reported at the end, so that decoding needs no
// check after each field and never allocates more than the payload holds.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) fail(format string, args ...any) {
	if d.err == nil {
		d.err = fmt.Errorf(format, args...)
	}
	d.b = nil
}

func (d *decoder) take(n int) []byte {
	if d.err != nil {
		return nil
	}
	if len(d.b) < n {
		d.fail("%d bytes where %d are needed", len(d.b), n)
		return nil
	}
	p := d.b[:n]
	d.b = d.b[n:]
	return p
}

func (d *decoder) byte() byte {
	if p := d.take(1); p != nil {
		return p[0]
	}
	return 0
}

func (d *decoder) bool() bool {
	v := d.byte()
	if v > 1 {
		d.fail("a truth value of %d", v)
	}
	return v == 1
}

func (d *decoder) uint32() uint32 {
	if p := d.take(4); p != nil {
		return binary.BigEndian.Uint32(p)
	}
	return 0
}

func (d *decoder) uint64() uint64 {
	if p := d.take(8); p != nil {
		return binary.BigEndian.Uint64(p)
	}
	return 0
}

func (d *decoder) duration() time.Duration {
	n := d.uint64()
	if n > math.MaxInt64 {
		d.fail("a duration of %d ns", n)
		return 0
	}
	return time.Duration(n)
}

func (d *decoder) string() string {
	n := d.uint32()
	if int64(n) > MaxString {
		d.fail("a string of %d bytes, over the bound of %d", n, MaxString)
		return ""
	}
	return string(d.take(int(n)))
}

func (d *decoder) strings() []string {
	n := d.uint32()
	if n > MaxStrings {
		d.fail("a list of %d strings, over the bound of %d", n, MaxStrings)
		return nil
	}
	var ss []string
	for range n {
		s := d.string()
		if d.err != nil {
			return nil
		}
		ss = append(ss, s)
	}
	return ss
}

// end reports the first violation, or bytes left over.
func (d *decoder) end(what string) error {
	if d.err == nil && len(d.b) > 0 {
		d.fail("%d bytes left over", len(d.b))
	}
	if d.err != nil {
		return fmt.Errorf("%w: decoding %s: %w", ErrProtocol, what, d.err)
	}
	return nil
}
