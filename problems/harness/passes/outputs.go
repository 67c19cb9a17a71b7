package passes

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/jsonline"
	"github.com/docketjudge/docket/problems/harness/signature"
)

// outputs are those of the passes that ran. Anybody may have written
// them; no more of them is held than where the results of a case lie.
type outputs struct {
	of      []*passOutput
	missing bool // the case that was read last lacks results
}

type passOutput struct {
	in     *bufio.Reader
	at     int64
	window window
	spans  []jsonline.Span // of the case that was read last
}

func readOutputs(all []*io.SectionReader) *outputs {
	r := &outputs{}
	for _, one := range all {
		r.of = append(r.of, &passOutput{in: bufio.NewReaderSize(one, 64<<10), window: window{from: one}})
	}
	return r
}

// copy writes a result of the case that was read last.
func (r *outputs) copy(to io.Writer, s *signature.Script, call int) error {
	instance := s.Calls[call].Instance
	p := r.of[instance]
	return p.window.copy(to, p.spans[call-s.Begins(instance)])
}

// read finds the results of a case, and looks at what is handed on.
func (r *outputs) read(number int, s *signature.Script) (judge.Fault, error) {
	fault := func(format string, args ...any) (judge.Fault, error) {
		return judge.Fault{Case: number, Reason: fmt.Sprintf("case %d: ", number) + fmt.Sprintf(format, args...)}, nil
	}
	for i, p := range r.of[:min(len(r.of), s.Instances())] {
		first, last := s.Begins(i), s.Begins(i+1)
		why, err := p.line(last - first)
		switch {
		case errors.Is(err, io.EOF):
			r.missing = true
			return judge.Fault{}, nil
		case err != nil:
			return judge.Fault{}, fmt.Errorf("reading the results: %w", err)
		case why != "":
			return fault("instance %d: %s", i+1, why)
		}
		for at := first; at < last; at++ {
			if !s.Calls[at].HandedOn {
				continue
			}
			why, err := p.untransferable(p.spans[at-first])
			if err != nil {
				return judge.Fault{}, fmt.Errorf("reading the results: %w", err)
			}
			if why != "" {
				return fault("call %d: %s returned %s", at+1, s.Calls[at].Call.Name, why)
			}
		}
	}
	return judge.Fault{}, nil
}

// line finds the results in the next line, and says how they are not those of
// so many calls. At the end of the output the error is io.EOF.
func (p *passOutput) line(calls int) (string, error) {
	p.spans = p.spans[:0]
	var s jsonline.Splitter
	begin, why := p.at, ""
	for {
		if s.InText() {
			// Most of a long text is neither its end nor an escape.
			held, _ := p.in.Peek(p.in.Buffered()) // what is there needs no reading
			n := bytes.IndexAny(held, "\"\\\n")
			if n < 0 {
				n = len(held)
			}
			p.at += int64(n)
			_, _ = p.in.Discard(n)
		}
		c, err := p.in.ReadByte()
		if errors.Is(err, io.EOF) && p.at > begin {
			break
		}
		if err != nil {
			return "", err
		}
		p.at++
		if c == '\n' {
			break
		}
		done, bad := s.Next(p.at-1, c)
		if done && len(p.spans) == calls {
			return fmt.Sprintf("there are more than %d results for %d calls", calls, calls), nil
		}
		if done {
			p.spans = append(p.spans, s.Element)
		}
		if bad {
			return "the result is not a list of results", nil
		}
	}
	switch {
	case !s.Over:
		why = "the result is not a list of results"
	case len(p.spans) < calls:
		why = fmt.Sprintf("there are %d results for %d calls", len(p.spans), calls)
	}
	return why, nil
}

// more reports whether some pass printed more than was asked for.
func (r *outputs) more() (bool, error) {
	for _, p := range r.of {
		if _, err := p.in.ReadByte(); err == nil {
			return true, nil
		} else if !errors.Is(err, io.EOF) {
			return false, fmt.Errorf("reading the results: %w", err)
		}
	}
	return false, nil
}

const (
	noText     = "no text that another instance could be given"
	notUnicode = "a text that cannot be handed to another process: it is not UTF-8, or has half of a surrogate pair"
)

// untransferable says how a result is no text that can be handed on, or is
// empty. What it lets pass is one string of JSON that all languages read alike.
func (p *passOutput) untransferable(s jsonline.Span) (string, error) {
	in := bufio.NewReader(io.NewSectionReader(p.window.from, s.Begin, s.End-s.Begin))
	if c, err := in.ReadByte(); err != nil || c != '"' {
		return noText, err
	}
	var high rune // half of a pair, whose other half must follow
	for {
		r, size, err := in.ReadRune()
		if errors.Is(err, io.EOF) {
			return noText, nil // it does not end
		}
		if err != nil {
			return "", err
		}
		if r == utf8.RuneError && size == 1 {
			return notUnicode, nil
		}
		if high != 0 && r != '\\' {
			return notUnicode, nil
		}
		switch {
		case r < ' ':
			return noText, nil
		case r == '"':
			if _, err := in.ReadByte(); !errors.Is(err, io.EOF) {
				return noText, err // something follows
			}
			return "", nil
		case r != '\\':
			continue
		}
		unit, ok, err := escape(in)
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return "", err
		case !ok:
			return noText, nil
		case high != 0:
			if utf16.DecodeRune(high, unit) == utf8.RuneError {
				return notUnicode, nil
			}
			high = 0
		case utf16.IsSurrogate(unit):
			high = unit
		}
	}
}

// escape reads what follows a backslash in a string of JSON. It is a unit of
// UTF-16.
func escape(in *bufio.Reader) (unit rune, ok bool, err error) {
	c, err := in.ReadByte()
	if err != nil {
		return 0, false, err
	}
	switch c {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 0, true, nil
	case 'u':
	default:
		return 0, false, nil
	}
	var hex [4]byte
	if _, err := io.ReadFull(in, hex[:]); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = io.EOF
		}
		return 0, false, err
	}
	n, err := strconv.ParseUint(string(hex[:]), 16, 16)
	if err != nil {
		return 0, false, nil //nolint:nilerr // the submission's fault
	}
	return rune(n), true, nil
}
