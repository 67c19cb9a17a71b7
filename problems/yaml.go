package problems

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

// maxYAML bounds a metadata file, in bytes; real ones have a few dozen lines,
// and those with hundreds of generated tests a few hundred bytes for each.
const maxYAML = 128 << 10

// yamlError is one thing that is wrong with a file.
type yamlError struct {
	Path   string // as the caller of Parse named the file
	Line   int    // counted from 1; 0 when no line is to blame
	Reason string
}

func (e yamlError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", e.Path, e.Line, e.Reason)
	}
	return e.Path + ": " + e.Reason
}

// document is a YAML file that is read node by node, so that every refusal
// can name its line. Keys that nobody asked for are refused.
type document struct {
	path   string
	refuse func(yamlError)
}

// value is a node of a document. The zero node stands for an absent one.
type value struct {
	doc  *document
	node ast.Node
}

// mapping is a node with keys.
type mapping struct {
	doc  *document
	line int
	keys []string // in the order of the file
	vals map[string]value
	at   map[string]int      // the line of each key
	node map[string]ast.Node // each key itself
}

// parseYAML reads the only document of a file. It returns false, after a call
// of refuse, when the text is not YAML that we take. The methods of the value
// call refuse too, for everything that is not as they were asked to read it.
func parseYAML(path string, text []byte, refuse func(yamlError)) (value, bool) {
	doc := &document{path: path, refuse: refuse}
	switch {
	case len(text) > maxYAML:
		doc.fail(0, "larger than %d KiB", maxYAML>>10)
		return value{}, false
	case strings.HasPrefix(string(text), "\ufeff"):
		doc.fail(1, "begins with a byte order mark")
		return value{}, false
	}
	if line := tooBlank(text); line > 0 {
		doc.fail(line, "has more than %d empty lines in a row", maxYAMLBlank)
		return value{}, false
	}
	tokens := lexer.Tokenize(string(text))
	if line, reason := tooCostly(tokens); reason != "" {
		doc.fail(line, "%s", reason)
		return value{}, false
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			doc.fail(at.GetToken().Position.Line, "not YAML: %s", at.GetMessage())
		} else {
			doc.fail(0, "not YAML: %s", err)
		}
		return value{}, false
	}
	docs := slices.DeleteFunc(file.Docs, func(d *ast.DocumentNode) bool { return d.Body == nil })
	switch {
	case len(docs) == 0:
		return value{doc: doc}, true
	case len(docs) > 1:
		doc.fail(0, "holds %d documents instead of one", len(docs))
		return value{}, false
	}
	for _, kind := range []ast.NodeType{ast.AnchorType, ast.AliasType, ast.MergeKeyType} {
		if found := ast.Filter(kind, docs[0].Body); len(found) > 0 {
			doc.fail(found[0].GetToken().Position.Line, "anchors and aliases are not taken")
			return value{}, false
		}
	}
	return value{doc: doc, node: docs[0].Body}, true
}

func (d *document) fail(line int, format string, args ...any) {
	d.refuse(yamlError{Path: d.path, Line: line, Reason: fmt.Sprintf(format, args...)})
}

func (v value) present() bool {
	if v.node == nil {
		return false
	}
	_, null := v.node.(*ast.NullNode)
	return !null
}

func (v value) line() int {
	if v.node == nil || v.node.GetToken() == nil {
		return 0
	}
	// The token of a mapping is its first colon or brace.
	return v.node.GetToken().Position.Line
}

func (v value) fail(format string, args ...any) { v.doc.fail(v.line(), format, args...) }

// isMap tells a map from the other forms where several are taken.
func (v value) isMap() bool {
	switch v.node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

// mapping reads a node with keys. With allowed given, others are refused.
func (v value) mapping(what string, allowed ...string) mapping {
	m := mapping{doc: v.doc, line: v.line(), vals: map[string]value{}, at: map[string]int{}, node: map[string]ast.Node{}}
	if !v.present() {
		return m
	}
	var pairs []*ast.MappingValueNode
	switch n := v.node.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	default:
		v.fail("%s must be a map of keys to values", what)
		return m
	}
	for _, p := range pairs {
		line := p.Key.GetToken().Position.Line
		key, ok := scalar(p.Key)
		switch {
		case !ok:
			m.doc.fail(line, "%s has a key that is not a plain string", what)
		case len(allowed) > 0 && !slices.Contains(allowed, key):
			m.doc.fail(line, "unknown key %q in %s", clip(key), what)
		case m.at[key] > 0:
			m.doc.fail(line, "key %q is given twice in %s", clip(key), what)
		default:
			m.keys = append(m.keys, key)
			m.at[key] = line
			m.node[key] = p.Key
			m.vals[key] = value{doc: m.doc, node: p.Value}
		}
	}
	return m
}

func (m mapping) get(key string) value {
	v, ok := m.vals[key]
	if !ok {
		return value{doc: m.doc}
	}
	return v
}

// has reports whether the key is there, even without a value.
func (m mapping) has(key string) bool { return m.at[key] > 0 }

// lineOf is the line of a key, or 0 when it is not there.
func (m mapping) lineOf(key string) int { return m.at[key] }

// firstLine is the line of the first key, or 0 when there is none.
func (m mapping) firstLine() int {
	if len(m.at) == 0 {
		return 0
	}
	return slices.Min(slices.Collect(maps.Values(m.at)))
}

// path is that of the file.
func (m mapping) path() string { return m.doc.path }

// failAt refuses something for a line.
func (m mapping) failAt(line int, format string, args ...any) { m.doc.fail(line, format, args...) }

func (m mapping) fail(key, format string, args ...any) {
	line := m.at[key]
	if line == 0 {
		line = m.line
	}
	m.doc.fail(line, format, args...)
}

// text reads a scalar as a string, or "" when it is absent.
func (m mapping) text(key string) string {
	v := m.get(key)
	if !v.present() {
		return ""
	}
	s, ok := scalar(v.node)
	if !ok {
		m.fail(key, "%s must be a string", key)
	}
	return s
}

// choice reads one of several words; the first is the default.
func (m mapping) choice(key string, words ...string) string {
	s := m.text(key)
	if s == "" {
		return words[0]
	}
	if !slices.Contains(words, s) {
		m.fail(key, "%s is %q, which is not one of %s", key, clip(s), strings.Join(words, ", "))
		return words[0]
	}
	return s
}

// texts reads a string or a sequence of strings.
func (m mapping) texts(key string) []string {
	return m.get(key).texts(key)
}

func (v value) texts(what string) []string {
	if !v.present() {
		return nil
	}
	seq, ok := v.node.(*ast.SequenceNode)
	if !ok {
		s, ok := scalar(v.node)
		if !ok {
			v.fail("%s must be a string or a list of strings", what)
			return nil
		}
		return []string{s}
	}
	out := make([]string, 0, len(seq.Values))
	for _, n := range seq.Values {
		s, ok := scalar(n)
		if !ok {
			value{doc: v.doc, node: n}.fail("%s must hold strings only", what)
			return nil
		}
		out = append(out, s)
	}
	return out
}

// list reads a sequence, or a single item as a list of one.
func (v value) list() []value {
	if !v.present() {
		return nil
	}
	seq, ok := v.node.(*ast.SequenceNode)
	if !ok {
		return []value{v}
	}
	out := make([]value, len(seq.Values))
	for i, n := range seq.Values {
		out[i] = value{doc: v.doc, node: n}
	}
	return out
}

// positive reads a number above zero, or 0 when it is absent.
func (m mapping) positive(key string) float64 {
	v := m.get(key)
	if !v.present() {
		return 0
	}
	s, _ := scalar(v.node)
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f > 0 && f < 1e9) {
		m.fail(key, "%s must be a number above zero", key)
		return 0
	}
	return f
}

// count reads a whole number above zero, or 0 when it is absent.
func (m mapping) count(key string) int64 {
	v := m.get(key)
	if !v.present() {
		return 0
	}
	s, _ := scalar(v.node)
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 || n > 1e9 {
		m.fail(key, "%s must be a whole number above zero", key)
		return 0
	}
	return n
}

// percent reads a share such as 4%.
func (m mapping) percent(key string) float64 {
	n, err := strconv.ParseUint(strings.TrimSuffix(m.text(key), "%"), 10, 16)
	if err != nil || !strings.HasSuffix(m.text(key), "%") {
		m.fail(key, "%s must be a whole number of percent, such as 4%%", key)
	}
	return float64(n) / 100
}

// flag reads true or false; absent is the default given.
func (m mapping) flag(key string, absent bool) bool {
	v := m.get(key)
	if !v.present() {
		return absent
	}
	b, ok := v.node.(*ast.BoolNode)
	if !ok {
		m.fail(key, "%s must be true or false", key)
		return absent
	}
	return b.Value
}

// scalar is the text of a node that holds one value.
func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	case *ast.MappingKeyNode:
		return scalar(n.Value)
	}
	return "", false
}

// clip shortens outside text for use in a message.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}
