package workshop

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/strictyaml"
)

// exportedLimits are what every solution that Docket accepts keeps to. The
// format has one limit for all languages, so it is the most that any has; what
// a JVM needs for itself counts as the program's elsewhere.
func exportedLimits(p *judge.Problem) judge.Limits {
	var most judge.Limits
	for _, lang := range p.Languages {
		l := p.LimitsFor(lang).WithDefaults().WithAllowance(lang)
		most.CPU, most.Memory, most.Output = max(most.CPU, l.CPU), max(most.Memory, l.Memory), max(most.Output, l.Output)
	}
	most.Memory = min(most.Memory, judge.MaxMemory)
	return most
}

// metadata writes problem.yaml with all limits that submissions are held to,
// also those that the package has in docket.yaml alone or not at all: another
// judge's defaults may be lower than Docket's.
func (x *exportRun) metadata() error {
	text, err := fs.ReadFile(x.fsys, "problem.yaml")
	if err != nil {
		return err
	}
	most := exportedLimits(x.pkg.Problem)
	for _, one := range []struct{ key, value string }{
		{"time_limit", inSeconds(most.CPU)},
		{"memory", inMiB(most.Memory)},
		{"output", inMiB(most.Output)},
	} {
		if text, err = withExportedLimit(text, one.key, one.value); err != nil {
			return err
		}
	}
	// Read the text back: the edit counts only if the parser now sees the limits.
	if got, err := limitsOf(text); err != nil || got != most {
		return errors.Join(errExportedLimits, err)
	}
	if x.pkg.Format == problems.FormatLegacy { // where the time limit has a file of its own
		if err := x.write(".timelimit", inSeconds(most.CPU)+"\n"); err != nil {
			return err
		}
	}
	return x.write("problem.yaml", string(text))
}

// errExportedLimits is why limits cannot be written.
var errExportedLimits = errors.New("problem.yaml is written in a way in which limits cannot be put in place; give each key of limits a line of its own")

// inMiB writes an amount in the format's unit, rounded up.
func inMiB(b judge.Bytes) string { return strconv.FormatInt(int64((b+judge.MiB-1)/judge.MiB), 10) }

// withExportedLimit puts a limit into the text of a problem.yaml.
func withExportedLimit(text []byte, key, limit string) ([]byte, error) {
	root, err := rootOf(text)
	if err != nil {
		return nil, errExportedLimits // it was loaded
	}
	entry := key + ": " + limit
	v := root.Get("limits")
	if !v.Present() {
		if line := root.LineOf("limits"); line > 0 { // with nothing behind it
			return strictyaml.Apply(text, []strictyaml.Edit{{Line: line, Column: strictyaml.EndOfLine, Text: "\n  " + entry}}), nil
		}
		return withLine(text, "limits:\n  "+entry+"\n"), nil
	}
	one := v.Mapping("limits").Get(key)
	if !v.Mapping("limits").Has(key) {
		if text, err = added(text, v, entry); err != nil {
			return nil, errExportedLimits
		}
		return text, nil
	}
	if !one.Present() {
		return nil, errExportedLimits
	}
	at := one.Place()
	return strictyaml.Apply(text, []strictyaml.Edit{{Line: at.Line, Column: at.Column, Remove: at.Width, Text: limit}}), nil
}

// limitsOf reads what a problem.yaml says of submissions.
func limitsOf(text []byte) (judge.Limits, error) {
	root, err := rootOf(text)
	if err != nil {
		return judge.Limits{}, err
	}
	m := root.Get("limits").Mapping("limits")
	return judge.Limits{
		CPU:    problems.Seconds(m.Positive("time_limit")),
		Memory: judge.Bytes(m.Count("memory")) * judge.MiB,
		Output: judge.Bytes(m.Count("output")) * judge.MiB,
	}, nil
}

// domjudge adds what DOMjudge reads beside the format: versions that do not
// look for the time limit in problem.yaml find it in domjudge-problem.ini, and
// submissions.json says where programs of several files begin.
func (x *exportRun) domjudge() error {
	ini := fmt.Sprintf("timelimit = %s\n", inSeconds(exportedLimits(x.pkg.Problem).CPU))
	if err := x.write("domjudge-problem.ini", ini); err != nil || len(x.begins) == 0 {
		return err
	}
	type entry struct {
		Begin string `json:"entry_point"`
	}
	entries := map[string]entry{}
	for dir, begin := range x.begins {
		entries[dir+"/"] = entry{begin}
	}
	text, err := json.MarshalIndent(entries, "", "  ")
	if err != nil {
		return err
	}
	return x.write("submissions.json", string(text)+"\n")
}
