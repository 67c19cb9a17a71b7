package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// serverEvent is one event of a text/event-stream.
type serverEvent struct {
	ID   string // of the last event that had one
	Name string // "message" when the stream does not say
	Data string
}

// maxEvent bounds one event of a stream, in bytes: a final report with all its
// tests is the largest.
const maxEvent = 32 << 20

var errEventTooLarge = errors.New("an event is too large")

// eventReader parses a text/event-stream as the HTML standard describes it:
// lines end in LF, CR or both, an empty line dispatches what was gathered, and
// what the stream ends amidst is dropped.
type eventReader struct {
	in     *bufio.Reader
	most   int // bytes of one event
	id     string
	begun  bool // the first line has been read, which may begin with a byte order mark
	skipLF bool // the last line ended in CR: a LF that follows belongs to it
}

func newEventReader(r io.Reader) *eventReader {
	return &eventReader{in: bufio.NewReader(r), most: maxEvent}
}

// next returns the next event that has data, or io.EOF.
func (r *eventReader) next() (serverEvent, error) {
	var (
		e    serverEvent
		data []string
		size int
		id   = r.id
	)
	for {
		line, err := r.line(r.most - size)
		if err != nil {
			return serverEvent{}, err
		}
		size += len(line)
		if line == "" {
			r.id = id
			if data == nil {
				e, size = serverEvent{}, 0 // nothing to tell of; the name is forgotten
				continue
			}
			e.ID, e.Data = r.id, strings.Join(data, "\n")
			if e.Name == "" {
				e.Name = "message"
			}
			return e, nil
		}
		field, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "data":
			data = append(data, value)
			size++ // an empty line of data takes room too
		case "event":
			e.Name = value
		case "id":
			if !strings.ContainsRune(value, 0) {
				id = value
			}
		}
		// An empty field is a comment, which keeps the connection alive; retry
		// is of no interest: the client has a pace of its own.
	}
}

// line returns a line of at most most bytes without its end.
func (r *eventReader) line(most int) (string, error) {
	var b []byte
	for {
		c, err := r.in.ReadByte()
		switch {
		case err != nil:
			return "", fmt.Errorf("reading events: %w", err)
		case c == '\n' && r.skipLF:
			r.skipLF = false
			continue
		case c == '\n' || c == '\r':
			r.skipLF = c == '\r'
			if !r.begun {
				r.begun = true
				b = bytes.TrimPrefix(b, []byte("\ufeff"))
			}
			return strings.ToValidUTF8(string(b), "\ufffd"), nil
		}
		r.skipLF = false
		if len(b) >= most {
			return "", errEventTooLarge
		}
		b = append(b, c)
	}
}
