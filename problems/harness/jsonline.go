package harness

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

var errTooLong = errors.New("line too long")

// line reads up to the end of a line, which is not part of it. The last line
// needs no end.
func line(r *bufio.Reader, into []byte, most int) ([]byte, error) {
	for {
		part, err := r.ReadSlice('\n')
		if len(into)+len(part) > most {
			return into, errTooLong
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

// parse reads one JSON value with its numbers as they are written. What
// parsers disagree on, such as a key that stands twice, is no value.
func parse(text []byte) (any, error) {
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

// half finds an escape in JSON text that is half of a surrogate pair. Languages
// make different things of it.
func half(text []byte) bool {
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

// short is a value as messages show it.
func short(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "this value"
	}
	return clip(b, 60)
}

// clip shortens JSON text for people.
func clip(b []byte, most int) string {
	if len(b) <= most {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return strings.ToValidUTF8(string(b[:most]), "\uFFFD") + "..."
}
