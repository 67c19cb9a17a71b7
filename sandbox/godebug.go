package sandbox

import (
	"fmt"
	"go/parser"
	"go/token"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// goSettings collects the //go:debug lines of a program, which the go command
// hands to the linker and the compiler does not look at. What is wrong with
// one is said in the user's words.
func (d *Docker) goSettings(src judge.Source) (settings, wrong string, err error) {
	lines := goDebugLines(src.Files)
	if len(lines) == 0 {
		return "", "", nil
	}
	known, err := d.set.GoSettings()
	if err != nil {
		return "", "", err
	}
	var said []string
	first := map[string]token.Position{}
	chosen := map[string]string{}
	for _, l := range lines {
		key, value, ok := strings.Cut(l.setting, "=")
		var complain string
		switch at, twice := first[key]; {
		case len(src.Driver) > 0:
			complain = "it counts in package main only, and a solution is of package solution; remove it"
		case !ok:
			complain = "it lacks its key=value"
		case twice:
			complain = fmt.Sprintf("%q has been set at %s", key, at)
		default:
			complain = known.Check(key, value)
		}
		if complain != "" {
			said = append(said, fmt.Sprintf("%s: invalid //go:debug line: %s", l.at, complain))
			continue
		}
		first[key], chosen[key] = l.at, value
	}
	if len(said) > 0 {
		return "", capWords(strings.Join(said, "\n")), nil
	}
	return known.Default(chosen), "", nil
}

// goDebugLine is one //go:debug line.
type goDebugLine struct {
	at      token.Position
	setting string // what follows, without the space around it
}

// goDebugLines finds the lines that stand before a package clause; later ones
// are comments. A file that cannot be parsed that far does not compile either.
func goDebugLines(files []judge.File) (lines []goDebugLine) {
	for _, f := range files {
		const word = "//go:debug"
		if !strings.Contains(f.Content, word) {
			continue
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, f.Name, f.Content, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			continue
		}
		for _, group := range parsed.Comments {
			if group.Pos() >= parsed.Package {
				break
			}
			for _, c := range group.List {
				rest, ok := strings.CutPrefix(c.Text, word)
				if ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
					lines = append(lines, goDebugLine{at: set.PositionFor(c.Slash, false), setting: strings.TrimSpace(rest)})
				}
			}
		}
	}
	return lines
}
