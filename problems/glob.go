package problems

import (
	"path"
	"strings"
)

// maxBraces bounds what one pattern may stand for.
const maxBraces = 256

// Matches reports whether a pattern of submissions.yaml matches a
// path or one of the directories above it.
func Matches(pattern, name string) bool {
	for _, p := range expandBraces(pattern) {
		for n := name; n != "." && n != "/"; n = path.Dir(n) {
			if ok, err := path.Match(p, n); err == nil && ok {
				return true
			}
		}
	}
	return false
}

// expandBraces lists what {a,b} in a pattern stands for. It returns nil when
// the braces do not close or there are too many.
func expandBraces(pattern string) []string {
	open := strings.IndexByte(pattern, '{')
	if open < 0 {
		if strings.IndexByte(pattern, '}') >= 0 {
			return nil
		}
		return []string{pattern}
	}
	var parts []string
	depth, start, end := 0, open+1, -1
	for i := open; i < len(pattern) && end < 0; i++ {
		switch pattern[i] {
		case '{':
			depth++
		case ',':
			if depth == 1 {
				parts = append(parts, pattern[start:i])
				start = i + 1
			}
		case '}':
			if depth--; depth == 0 {
				parts = append(parts, pattern[start:i])
				end = i
			}
		}
	}
	if end < 0 || len(parts) > maxBraces {
		return nil
	}
	var out []string
	for _, part := range parts {
		more := expandBraces(pattern[:open] + part + pattern[end+1:])
		if more == nil || len(out)+len(more) > maxBraces {
			return nil
		}
		out = append(out, more...)
	}
	return out
}
