package main

import "unicode/utf8"

// The interpreter speaks JSON: flat objects of numbers, truth values and
// strings, which need no general reader. Package encoding/json would add as
// much to the runner as everything else together.

// appendJSON writes s as a JSON string. Bytes that are no UTF-8 become what
// Python makes of them in a path, a lone surrogate.
func appendJSON(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < 0x20:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c < utf8.RuneSelf:
			b = append(b, c)
		default:
			if r, n := utf8.DecodeRuneInString(s[i:]); r != utf8.RuneError || n > 1 {
				b = append(b, s[i:i+n]...)
				i += n
				continue
			}
			b = append(b, '\\', 'u', 'd', 'c', hex[c>>4], hex[c&15])
		}
		i++
	}
	return append(b, '"')
}

// jsonValue finds the value of a member of a flat object.
func jsonValue(b []byte, name string) ([]byte, bool) {
	i := skipBlanks(b, 0)
	if i >= len(b) || b[i] != '{' {
		return nil, false
	}
	for i = skipBlanks(b, i+1); i < len(b) && b[i] == '"'; i = skipBlanks(b, i+1) {
		end := stringEnd(b, i)
		if end < 0 {
			return nil, false
		}
		key := b[i+1 : end-1]
		if i = skipBlanks(b, end); i >= len(b) || b[i] != ':' {
			return nil, false
		}
		i = skipBlanks(b, i+1)
		start := i
		if i < len(b) && b[i] == '"' {
			if i = stringEnd(b, i); i < 0 {
				return nil, false
			}
		} else {
			for i < len(b) && b[i] != ',' && b[i] != '}' && b[i] != ' ' {
				i++
			}
		}
		if string(key) == name {
			return b[start:i], i > start
		}
		if i = skipBlanks(b, i); i >= len(b) || b[i] != ',' {
			return nil, false
		}
	}
	return nil, false
}

func skipBlanks(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// stringEnd is the index after the string that begins at i, or -1.
func stringEnd(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

func jsonNumber(b []byte, name string) (int64, bool) {
	v, ok := jsonValue(b, name)
	if !ok {
		return 0, false
	}
	n, rest := number(v)
	return n, len(rest) == 0 && v[0] >= '0' && v[0] <= '9'
}

func jsonTrue(b []byte, name string) bool {
	v, _ := jsonValue(b, name)
	return string(v) == "true"
}

// jsonString is the value of a string member, its escapes left as they are:
// it goes into messages for people.
func jsonString(b []byte, name string) (string, bool) {
	v, ok := jsonValue(b, name)
	if !ok || len(v) < 2 || v[0] != '"' {
		return "", false
	}
	return string(v[1 : len(v)-1]), true
}
