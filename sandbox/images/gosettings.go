package images

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/version"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// GoSettings are the settings of GODEBUG that a Go toolchain knows.
type GoSettings struct {
	Toolchain string // "go1.26.1"
	Known     map[string]GoSetting
	// Removed holds the names that an earlier Go knew, with the minor version
	// of the Go that dropped each: 24 is Go 1.24.
	Removed map[string]int
}

// GoSetting is one setting whose default may have changed.
type GoSetting struct {
	Changed int    // the minor version that changed it, or 0
	Old     string // its value before that
}

// Check says what is wrong with a setting of a //go:debug line, or "".
func (s GoSettings) Check(key, value string) string {
	switch {
	case strings.ContainsAny(key, " \t,"):
		return fmt.Sprintf("a space or a comma in the name %q", key)
	case strings.ContainsAny(value, " \t,"):
		return fmt.Sprintf("a space or a comma in the value %q: a line has one key=value", value)
	case key == "default" && !version.IsValid(value):
		return "the value of default must be a version of Go, such as go1.21"
	case key == "default" && version.Compare(value, s.Toolchain) > 0:
		return fmt.Sprintf("default=%s is newer than the toolchain, which is %s", value, s.Toolchain)
	case key == "default":
		return ""
	}
	if _, ok := s.Known[key]; ok {
		return ""
	}
	if minor, ok := s.Removed[key]; ok {
		return fmt.Sprintf("Go 1.%d removed the setting %q", minor, key)
	}
	return fmt.Sprintf("there is no setting %q", key)
}

// Default joins the settings of a program's //go:debug lines into what its
// runtime takes for GODEBUG. The setting "default" stands for what changed
// since that version of Go; the others go before it.
func (s GoSettings) Default(lines map[string]string) string {
	all := map[string]string{}
	if v, ok := lines["default"]; ok {
		_, minor, _ := strings.Cut(version.Lang(v), ".")
		n, err := strconv.Atoi(minor)
		for name, k := range s.Known {
			if err == nil && n < k.Changed {
				all[name] = k.Old
			}
		}
	}
	maps.Copy(all, lines)
	delete(all, "default")
	var pairs []string
	for _, key := range slices.Sorted(maps.Keys(all)) {
		pairs = append(pairs, key+"="+all[key])
	}
	return strings.Join(pairs, ",")
}

// GoSettings are those of the toolchain that compiles submissions, once Check,
// Load or Build has seen its image. The image says them in a label: Docket
// itself may have been built with another Go.
func (s *Set) GoSettings() (GoSettings, error) {
	var all GoSettings
	if err := json.Unmarshal([]byte(s.goSettings), &all); err != nil {
		return all, fmt.Errorf("reading the label %s of image %s: %w", labelGoSettings, s.images[GoBuild].Ref, err)
	}
	return all, nil
}

// settings reads the toolchain's own table, as the text of a label.
func (t goToolchain) settings() (string, error) {
	file := filepath.Join(t.root, "src", "internal", "godebugs", "table.go")
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		return "", fmt.Errorf("reading the settings of GODEBUG: %w", err)
	}
	s := GoSettings{Toolchain: strings.Fields(t.version)[0], Known: map[string]GoSetting{}, Removed: map[string]int{}}
	for _, row := range tableRows(parsed, "All") {
		changed, _ := strconv.Atoi(row["Changed"]) // most have none
		s.Known[row["Name"]] = GoSetting{Changed: changed, Old: row["Old"]}
	}
	for _, row := range tableRows(parsed, "Removed") {
		s.Removed[row["Name"]], _ = strconv.Atoi(row["Removed"])
	}
	if _, ok := s.Known["panicnil"]; !ok {
		return "", fmt.Errorf("reading the settings of GODEBUG: %s has another form than expected", file)
	}
	label, err := json.Marshal(s)
	return string(label), err
}

// tableRows are the elements of a variable that is a slice of structs, each
// with its constant fields as text.
func tableRows(f *ast.File, name string) (rows []map[string]string) {
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Names[0].Name != name || len(spec.Values) != 1 {
			return true
		}
		table, ok := spec.Values[0].(*ast.CompositeLit)
		if !ok {
			return false
		}
		for _, e := range table.Elts {
			if lit, ok := e.(*ast.CompositeLit); ok {
				rows = append(rows, rowOf(lit))
			}
		}
		return false
	})
	return rows
}

func rowOf(lit *ast.CompositeLit) map[string]string {
	row := map[string]string{}
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		key, isName := kv.Key.(*ast.Ident)
		value, isBasic := kv.Value.(*ast.BasicLit)
		if !isName || !isBasic {
			continue
		}
		text := value.Value
		if s, err := strconv.Unquote(text); err == nil && value.Kind == token.STRING {
			text = s
		}
		row[key.Name] = text
	}
	return row
}
