package strictyaml

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

// MaxSize bounds a metadata file, in bytes; real ones have a few dozen lines,
// and those with hundreds of generated tests a few hundred bytes for each.
const MaxSize = 128 << 10

// Error is one thing that is wrong with a file.
type Error struct {
	Path   string // as the caller of Parse named the file
	Line   int    // counted from 1; 0 when no line is to blame
	Reason string
}

func (e Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", e.Path, e.Line, e.Reason)
	}
	return e.Path + ": " + e.Reason
}

// document is a YAML file that is read node by node, so that every refusal
// can name its line. Keys that nobody asked for are refused.
type document struct {
	path   string
	refuse func(Error)
}

// Parse reads the only document of a file. It returns false, after a call
// of refuse, when the text is not YAML that we take. The methods of the value
// call refuse too, for everything that is not as they were asked to read it.
func Parse(path string, text []byte, refuse func(Error)) (Value, bool) {
	doc := &document{path: path, refuse: refuse}
	switch {
	case len(text) > MaxSize:
		doc.fail(0, "larger than %.1f KiB", float64(MaxSize)/1024)
		return Value{}, false
	case strings.HasPrefix(string(text), "\ufeff"):
		doc.fail(1, "begins with a byte order mark")
		return Value{}, false
	}
	if line := tooBlank(text); line > 0 {
		doc.fail(line, "has more than %d empty lines in a row", maxBlank)
		return Value{}, false
	}
	tokens := lexer.Tokenize(string(text))
	if line, reason := tooCostly(tokens); reason != "" {
		doc.fail(line, "%s", reason)
		return Value{}, false
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			doc.fail(at.GetToken().Position.Line, "not YAML: %s", at.GetMessage())
		} else {
			doc.fail(0, "not YAML: %s", err)
		}
		return Value{}, false
	}
	docs := slices.DeleteFunc(file.Docs, func(d *ast.DocumentNode) bool { return d.Body == nil })
	switch {
	case len(docs) == 0:
		return Value{doc: doc}, true
	case len(docs) > 1:
		doc.fail(0, "holds %d documents instead of one", len(docs))
		return Value{}, false
	}
	for _, kind := range []ast.NodeType{ast.AnchorType, ast.AliasType, ast.MergeKeyType} {
		if found := ast.Filter(kind, docs[0].Body); len(found) > 0 {
			doc.fail(found[0].GetToken().Position.Line, "anchors and aliases are not taken")
			return Value{}, false
		}
	}
	return Value{doc: doc, node: docs[0].Body}, true
}

func (d *document) fail(line int, format string, args ...any) {
	d.refuse(Error{Path: d.path, Line: line, Reason: fmt.Sprintf(format, args...)})
}

// clip shortens outside text for use in a message.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}
