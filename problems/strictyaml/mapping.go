package strictyaml

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Mapping is a node with keys.
type Mapping struct {
	doc  *document
	line int
	Keys []string // in the order of the file
	vals map[string]Value
	at   map[string]int      // the line of each key
	node map[string]ast.Node // each key itself
}

// Get is the value of a key, or one that is absent.
func (m Mapping) Get(key string) Value {
	v, ok := m.vals[key]
	if !ok {
		return Value{doc: m.doc}
	}
	return v
}

// Has reports whether the key is there, even without a value.
func (m Mapping) Has(key string) bool { return m.at[key] > 0 }

// LineOf is the line of a key, or 0 when it is not there.
func (m Mapping) LineOf(key string) int { return m.at[key] }

// FirstLine is the line of the first key, or 0 when there is none.
func (m Mapping) FirstLine() int {
	if len(m.at) == 0 {
		return 0
	}
	return slices.Min(slices.Collect(maps.Values(m.at)))
}

// Path is that of the file, as the caller of Parse named it.
func (m Mapping) Path() string { return m.doc.path }

// FailAt calls refuse for a line of the file.
func (m Mapping) FailAt(line int, format string, args ...any) { m.doc.fail(line, format, args...) }

// Fail calls refuse for the line of a key, or of the map when it has no such key.
func (m Mapping) Fail(key, format string, args ...any) {
	line := m.at[key]
	if line == 0 {
		line = m.line
	}
	m.doc.fail(line, format, args...)
}

// Text reads a scalar as a string, or "" when it is absent.
func (m Mapping) Text(key string) string {
	v := m.Get(key)
	if !v.Present() {
		return ""
	}
	s, ok := scalar(v.node)
	if !ok {
		m.Fail(key, "%s must be a string", key)
	}
	return s
}

// Choice reads one of several words; the first is the default.
func (m Mapping) Choice(key string, words ...string) string {
	s := m.Text(key)
	if s == "" {
		return words[0]
	}
	if !slices.Contains(words, s) {
		m.Fail(key, "%s is %q, which is not one of %s", key, clip(s), strings.Join(words, ", "))
		return words[0]
	}
	return s
}

// Texts reads a string or a sequence of strings.
func (m Mapping) Texts(key string) []string {
	return m.Get(key).Texts(key)
}

// Positive reads a number above zero and below a thousand million, or 0 when it is absent.
func (m Mapping) Positive(key string) float64 {
	v := m.Get(key)
	if !v.Present() {
		return 0
	}
	s, _ := scalar(v.node)
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f > 0 && f < 1e9) {
		m.Fail(key, "%s must be a number above zero", key)
		return 0
	}
	return f
}

// Count reads a whole number from 1 to a thousand million, or 0 when it is absent.
func (m Mapping) Count(key string) int64 {
	v := m.Get(key)
	if !v.Present() {
		return 0
	}
	s, _ := scalar(v.node)
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 || n > 1e9 {
		m.Fail(key, "%s must be a whole number above zero", key)
		return 0
	}
	return n
}

// Percent reads a share such as 4% as a fraction of 1.
func (m Mapping) Percent(key string) float64 {
	n, err := strconv.ParseUint(strings.TrimSuffix(m.Text(key), "%"), 10, 16)
	if err != nil || !strings.HasSuffix(m.Text(key), "%") {
		m.Fail(key, "%s must be a whole number of percent, such as 4%%", key)
	}
	return float64(n) / 100
}

// Flag reads true or false; absent is the default given.
func (m Mapping) Flag(key string, absent bool) bool {
	v := m.Get(key)
	if !v.Present() {
		return absent
	}
	b, ok := v.node.(*ast.BoolNode)
	if !ok {
		m.Fail(key, "%s must be true or false", key)
		return absent
	}
	return b.Value
}
