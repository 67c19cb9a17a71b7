package workshop

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/strictyaml"
)

// recordText is a record as docket.yaml has it.
func recordText(r *problems.CalibrationRecord) string {
	var b strings.Builder
	fmt.Fprintf(&b, "calibrated: # by docket problems calibrate; times in seconds on the reference host\n"+
		"  date: %q\n  host: %q\n  cores: %d\n  runs: %d\n  languages:\n", r.Date, r.Host, r.Cores, r.Runs)
	for _, l := range judge.Languages() {
		f, ok := r.Languages[l]
		if !ok {
			continue
		}
		fmt.Fprintf(&b, "    %s: {toolchain: %q, host_ratio: %.2f, time_limit: %s, slowest_accepted: %s",
			l, f.Toolchain, f.HostRatio, inSeconds(f.TimeLimit), inSeconds(max(f.SlowestAccepted, time.Millisecond)))
		if f.Spread != nil {
			fmt.Fprintf(&b, ", spread: %.0f%%", 100**f.Spread)
		}
		if f.FastestTooSlow > 0 {
			fmt.Fprintf(&b, ", fastest_too_slow: %s", inSeconds(f.FastestTooSlow))
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// inSeconds writes a time in the format's unit, to the millisecond.
func inSeconds(d time.Duration) string {
	text := strconv.FormatFloat(d.Seconds(), 'f', 3, 64)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}

// WriteCalibration puts the limits of a record, and the record itself, into
// the docket.yaml of a package's directory. Limits that are in force already
// are not repeated; every other byte of the file stays as it is.
func WriteCalibration(dir string, r *problems.CalibrationRecord) error {
	pkg, err := problems.LoadDir(dir)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, problems.DocketFile)
	before, err := os.ReadFile(path) //nolint:gosec // the author's own file
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("writing limits: %w", err)
	}
	change := map[judge.Language]time.Duration{}
	for l, f := range r.Languages {
		if pkg.Problem.LimitsFor(l).CPU != f.TimeLimit {
			change[l] = f.TimeLimit
		}
	}
	after, err := setLimits(before, change)
	if err == nil {
		after, err = setRecord(after, r)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := replaceFile(path, after); err != nil {
		return fmt.Errorf("writing limits: %w", err)
	}
	// Read the package back: the edit counts only if the loader now sees the new
	// limits.
	if pkg, err = problems.LoadDir(dir); err == nil {
		for l, f := range r.Languages {
			if pkg.Problem.LimitsFor(l).CPU != f.TimeLimit || pkg.Calibrated == nil || pkg.Calibrated.Languages[l].TimeLimit != f.TimeLimit {
				err = fmt.Errorf("%s: %w", path, errLimitsNotInPlace)
			}
		}
	}
	if err != nil {
		return errors.Join(err, replaceFile(path, before))
	}
	return nil
}

// replaceFile writes a file as a whole or not at all.
func replaceFile(path string, content []byte) error {
	tmp := path + ".new"
	if err := os.WriteFile(tmp, content, 0o644); err != nil { //nolint:gosec // like its neighbours in a repository
		return err
	}
	return os.Rename(tmp, path)
}

// errLimitsNotInPlace is why limits cannot be written.
var errLimitsNotInPlace = errors.New("is written in a way in which limits cannot be put in place; give limits a line of its own for each language, such as \"  java: {time_limit: 3}\"")

// setLimits writes time limits into the text of a docket.yaml.
func setLimits(text []byte, want map[judge.Language]time.Duration) ([]byte, error) {
	for _, l := range judge.Languages() { // one after the other, as each moves the next
		if limit, ok := want[l]; ok {
			out, err := setLimit(text, l, inSeconds(limit))
			if err != nil {
				return nil, err
			}
			text = out
		}
	}
	return text, nil
}

func setLimit(text []byte, l judge.Language, limit string) ([]byte, error) {
	root, err := rootOf(text)
	if err != nil {
		return nil, err
	}
	limits := root.Get("limits")
	entry := fmt.Sprintf("%s: {time_limit: %s}", l, limit)
	if !limits.Present() {
		if root.Has("limits") {
			return nil, errLimitsNotInPlace
		}
		return withLine(text, "limits:\n  "+entry+"\n"), nil
	}
	one := limits.Mapping("limits").Get(string(l))
	switch {
	case !one.Present():
		return added(text, limits, entry)
	case !one.Mapping("").Has("time_limit"):
		return added(text, one, "time_limit: "+limit)
	}
	at := one.Mapping("").Get("time_limit").Place()
	return strictyaml.Apply(text, []strictyaml.Edit{{Line: at.Line, Column: at.Column, Remove: at.Width, Text: limit}}), nil
}

// added puts an entry before the first one of a mapping.
func added(text []byte, v strictyaml.Value, entry string) ([]byte, error) {
	e, ok := v.Before(entry)
	if !ok {
		return nil, errLimitsNotInPlace
	}
	return strictyaml.Apply(text, []strictyaml.Edit{e}), nil
}

// rootOf reads the text of a docket.yaml as a mapping.
func rootOf(text []byte) (strictyaml.Mapping, error) {
	var refused []strictyaml.Error
	root, ok := strictyaml.Parse(problems.DocketFile, text, func(e strictyaml.Error) { refused = append(refused, e) })
	if ok {
		m := root.Mapping(problems.DocketFile)
		if root.IsFlow() {
			return m, errLimitsNotInPlace
		}
		if len(refused) == 0 {
			return m, nil
		}
	}
	return strictyaml.Mapping{}, refused[0]
}

// withLine adds lines at the end of a text.
func withLine(text []byte, lines string) []byte {
	out := string(text)
	if out != "" && !strings.HasSuffix(out, "\n") {
		out += "\n"
	}
	return []byte(out + lines)
}

// setRecord puts a record in the place of the one that is there, or at the
// end.
func setRecord(text []byte, r *problems.CalibrationRecord) ([]byte, error) {
	root, err := rootOf(text)
	if err != nil {
		return nil, err
	}
	if !root.Has("calibrated") {
		return withLine(text, recordText(r)), nil
	}
	lines := strings.SplitAfter(string(text), "\n")
	from := root.LineOf("calibrated") - 1
	to := from + 1
	for to < len(lines) && strings.HasPrefix(lines[to], " ") {
		to++
	}
	return []byte(strings.Join(slices.Concat(lines[:from], []string{recordText(r)}, lines[to:]), "")), nil
}
