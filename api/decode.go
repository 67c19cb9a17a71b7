package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"
)

// decode reads a request body into v, a pointer to a struct. It is stricter
// than encoding/json: the body must be UTF-8 and no string may hold half of a
// surrogate pair, since that would be replaced; a field must be spelt as in the
// document, may not be given twice and may not be null, and nothing may
// follow. Errors name the field, or the byte, counted from 1.
func decode(body []byte, v any) error {
	if !utf8.Valid(body) {
		return judge.Invalid("", "The body must be UTF-8, and is not at byte %d.", invalidByte(body)+1)
	}
	if err := json.Unmarshal(body, v); err != nil {
		return explain(err)
	}
	if i := judge.LoneSurrogate(body); i >= 0 {
		w := walker{rest: body}
		return judge.Invalid(w.find(len(body)-i, nil).String(), "holds half of a surrogate pair, which no text can: %s (byte %d)", body[i:i+6], i+1)
	}
	w := walker{rest: body}
	return w.value(shapeOf(reflect.TypeOf(v).Elem()), nil)
}

// invalidByte is where the first byte is that is not UTF-8.
func invalidByte(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// explain names the place of an encoding/json error in the client's terms.
func explain(err error) error {
	var (
		syntax *json.SyntaxError
		typ    *json.UnmarshalTypeError
	)
	switch {
	case errors.As(err, &typ):
		return judge.Invalid(typ.Field, "must be %s, not %s", jsonKind(typ.Type), typ.Value)
	case errors.As(err, &syntax):
		return judge.Invalid("", "The body is not valid JSON: %s (byte %d).", syntax, syntax.Offset)
	}
	return &judge.Error{Code: judge.CodeInvalid, Message: "The body is not valid JSON.", Err: err}
}

func jsonKind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Slice, reflect.Array:
		return "an array"
	case reflect.Struct, reflect.Map:
		return "an object"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	}
	return "a " + t.Kind().String()
}

// shape is which names a value may hold. A nil shape holds anything.
type shape struct {
	fields map[string]*shape // of an object
	elem   *shape            // of an array
	opaque bool              // not looked into: nulls are the client's own
}

var shapes sync.Map // reflect.Type to *shape

func shapeOf(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		sh, _ := s.(*shape)
		return sh
	}
	s := makeShape(t)
	shapes.Store(t, s)
	return s
}

func makeShape(t reflect.Type) *shape {
	switch {
	case t == reflect.TypeFor[json.RawMessage]():
		return nil
	case t == reflect.TypeFor[caseJSON]():
		return &shape{opaque: true}
	case t.Kind() == reflect.Pointer:
		return makeShape(t.Elem())
	case t.Kind() == reflect.Slice:
		return &shape{elem: makeShape(t.Elem())}
	case t.Kind() == reflect.Struct:
		s := &shape{fields: make(map[string]*shape)}
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			s.fields[name] = makeShape(t.Field(i).Type)
		}
		return s
	}
	return nil
}

// walker goes over JSON that is known to be valid and compares it with a
// shape.
type walker struct{ rest []byte }

// path is where the walker is, linked from the inside out so that nothing is
// built unless something is wrong.
type path struct {
	up    *path
	name  string
	index int
}

func (p *path) String() string {
	switch {
	case p == nil:
		return ""
	case p.name == "":
		return p.up.String() + "[" + strconv.Itoa(p.index) + "]"
	case p.up == nil:
		return p.name
	}
	return p.up.String() + "." + p.name
}

func (w *walker) space() {
	i := 0
	for i < len(w.rest) && (w.rest[i] == ' ' || w.rest[i] == '\n' || w.rest[i] == '\t' || w.rest[i] == '\r') {
		i++
	}
	w.rest = w.rest[i:]
}

// value takes one value off the input.
func (w *walker) value(s *shape, at *path) error {
	w.space()
	if s != nil && s.opaque && w.rest[0] != 'n' {
		w.skip()
		return nil
	}
	switch w.rest[0] {
	case '{':
		return w.object(s, at)
	case '[':
		return w.array(s, at)
	case '"':
		w.str()
		return nil
	}
	if w.rest[0] == 'n' {
		return judge.Invalid(at.String(), "must not be null; leave it out instead")
	}
	end := bytes.IndexAny(w.rest, ",]} \n\t\r")
	if end < 0 {
		end = len(w.rest)
	}
	w.rest = w.rest[end:]
	return nil
}

// str takes a string off the input and returns it with its quotes.
func (w *walker) str() []byte {
	i := 1
	for {
		j := bytes.IndexByte(w.rest[i:], '"')
		i += j + 1
		escapes := 0
		for k := i - 2; w.rest[k] == '\\'; k-- {
			escapes++
		}
		if escapes%2 == 0 {
			s := w.rest[:i]
			w.rest = w.rest[i:]
			return s
		}
	}
}

func (w *walker) array(s *shape, at *path) error {
	var elem *shape
	if s != nil {
		elem = s.elem
	}
	w.rest = w.rest[1:]
	for i := 0; ; i++ {
		w.space()
		if w.rest[0] == ']' {
			w.rest = w.rest[1:]
			return nil
		}
		if w.rest[0] == ',' {
			w.rest = w.rest[1:]
		}
		if err := w.value(elem, &path{up: at, index: i}); err != nil {
			return err
		}
	}
}

func (w *walker) object(s *shape, at *path) error {
	var buf [12]string
	seen := buf[:0]
	w.rest = w.rest[1:]
	for {
		w.space()
		if w.rest[0] == '}' {
			w.rest = w.rest[1:]
			return nil
		}
		if w.rest[0] == ',' {
			w.rest = w.rest[1:]
			w.space()
		}
		name, err := unquote(w.str())
		if err != nil {
			return err
		}
		var inner *shape
		here := &path{up: at, name: name}
		if s != nil {
			var known bool
			if inner, known = s.fields[name]; !known {
				return judge.Invalid((&path{up: at, name: clip(name)}).String(), "there is no such field")
			}
			for _, n := range seen {
				if n == name {
					return judge.Invalid(here.String(), "is given twice")
				}
			}
			seen = append(seen, name)
		}
		w.space()
		w.rest = w.rest[1:] // the colon
		w.space()
		if s != nil && inner == nil && w.rest[0] != 'n' || s == nil {
			// Anything may be inside; only its end matters.
			w.skip()
			continue
		}
		if err := w.value(inner, here); err != nil {
			return err
		}
	}
}

// find takes values off the input up to the one in which there are so many bytes
// to the input's end, and returns its path. In a name it is that of the object.
func (w *walker) find(left int, at *path) *path {
	w.space()
	opening := w.rest[0]
	if opening != '{' && opening != '[' {
		w.skip()
		return at
	}
	w.rest = w.rest[1:]
	for i := 0; ; i++ {
		w.space()
		if w.rest[0] == ',' {
			w.rest = w.rest[1:]
			w.space()
		}
		if w.rest[0] == '}' || w.rest[0] == ']' {
			w.rest = w.rest[1:]
			return at
		}
		inner := &path{up: at, index: i}
		if opening == '{' {
			name, err := unquote(w.str())
			if err != nil || len(w.rest) < left {
				return at
			}
			inner.name = clip(name)
			w.space()
			w.rest = w.rest[1:] // the colon
		}
		if found := w.find(left, inner); len(w.rest) < left {
			return found
		}
	}
}

// skip takes one value off the input without looking into it.
func (w *walker) skip() {
	depth := 0
	for {
		w.space()
		switch w.rest[0] {
		case '{', '[':
			depth++
			w.rest = w.rest[1:]
		case '}', ']':
			depth--
			w.rest = w.rest[1:]
		case ',', ':':
			w.rest = w.rest[1:]
			continue
		case '"':
			w.str()
		default:
			end := bytes.IndexAny(w.rest, ",]} \n\t\r")
			if end < 0 {
				end = len(w.rest)
			}
			w.rest = w.rest[end:]
		}
		if depth == 0 {
			return
		}
	}
}

func unquote(q []byte) (string, error) {
	if bytes.IndexByte(q, '\\') < 0 {
		return string(q[1 : len(q)-1]), nil
	}
	var s string
	if err := json.Unmarshal(q, &s); err != nil {
		return "", fmt.Errorf("reading a field name: %w", err)
	}
	return s, nil
}
