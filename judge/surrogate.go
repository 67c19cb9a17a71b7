package judge

import (
	"bytes"
	"strconv"
	"unicode/utf16"
)

// LoneSurrogate is where in a JSON text the first escape begins that is half of a
// surrogate pair without the other half, in a value or a key; -1 when there is
// none. No text holds such a half: decoders put something else in its place.
func LoneSurrogate(text []byte) int {
	for i := 0; ; {
		next := bytes.IndexByte(text[i:], '\\')
		if next < 0 {
			return -1
		}
		i += next
		r, ok := escapedRune(text[i:])
		switch {
		case !ok:
			i += min(2, len(text)-i)
		case !utf16.IsSurrogate(r):
			i += escapeLen
		default:
			low, _ := escapedRune(text[i+escapeLen:])
			if utf16.DecodeRune(r, low) == '\ufffd' {
				return i
			}
			i += 2 * escapeLen
		}
	}
}

const escapeLen = len(`\u0000`)

// escapedRune reads an escape by number at the beginning of b.
func escapedRune(b []byte) (rune, bool) {
	if len(b) < escapeLen || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:escapeLen]), 16, 16)
	return rune(n), err == nil
}
