package jsonline

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// ErrTooLong is that a line has more bytes than its reader wants.
var ErrTooLong = errors.New("line too long")

// Read appends what stands before the end of a line. The last line needs no end.
// After it the error is io.EOF. A line of more than so many bytes, its end among
// them, is ErrTooLong; it is not read to its end.
func Read(r *bufio.Reader, into []byte, most int) ([]byte, error) {
	for {
		part, err := r.ReadSlice('\n')
		if len(into)+len(part) > most {
			return into, ErrTooLong
		}
		into = append(into, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(into) > 0:
			return into, nil
		case err != nil:
			return into, err
		}
		return into[:len(into)-1], nil
	}
}

// Parse reads one JSON value with its numbers as they are written. What
// parsers disagree on, such as a key that stands twice, is no value.
func Parse(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	if d.InputOffset() < int64(len(bytes.TrimRight(text, " \t\r\n"))) {
		return nil, errors.New("not one JSON value")
	}
	if bytes.IndexByte(text, '{') >= 0 {
		d = json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		if err := uniqueKeys(d); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// uniqueKeys reads a valid value and reports a key that an object has twice.
func uniqueKeys(d *json.Decoder) error {
	begin, err := d.Token()
	if err != nil {
		return err
	}
	if begin != json.Delim('[') && begin != json.Delim('{') {
		return nil
	}
	keys := map[string]bool{}
	for d.More() {
		if begin == json.Delim('{') {
			token, err := d.Token()
			if err != nil {
				return err
			}
			key, _ := token.(string) // keys are strings
			if keys[key] {
				return fmt.Errorf("the key %q stands twice", key)
			}
			keys[key] = true
		}
		if err := uniqueKeys(d); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

// HalfPair reports whether an escape in JSON text is half of a surrogate pair.
// Languages make different things of it.
func HalfPair(text []byte) bool {
	unit := func(at int) rune {
		if at+6 > len(text) || text[at] != '\\' || text[at+1] != 'u' {
			return 0
		}
		n, err := strconv.ParseUint(string(text[at+2:at+6]), 16, 16)
		if err != nil {
			return 0
		}
		return rune(n)
	}
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		if r := unit(i); utf16.IsSurrogate(r) {
			if utf16.DecodeRune(r, unit(i+6)) == utf8.RuneError {
				return true
			}
			i += 6
		}
		i++ // what is escaped begins no escape
	}
	return false
}

// Short is a value as messages show it.
func Short(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "this value"
	}
	return Clip(b, 60)
}

// Clip shortens JSON text for people, to so many bytes and an ellipsis.
func Clip(b []byte, most int) string {
	if len(b) <= most {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return strings.ToValidUTF8(string(b[:most]), "\uFFFD") + "..."
}
