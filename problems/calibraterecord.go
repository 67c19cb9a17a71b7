package problems

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
)

// CalibrationRecord says where the limits of a package come from.
type CalibrationRecord struct {
	Date  string // 2006-01-02
	Host  string // its CPU, in the vendor's words
	Cores int
	Runs  int // of each submission
	// Languages are those that were measured.
	Languages map[judge.Language]CalibrationFigures
}

// CalibrationFigures are a language's part of a record. Times are processor
// times on the reference host.
type CalibrationFigures struct {
	Toolchain       string
	HostRatio       float64 // by which measured times were divided
	TimeLimit       time.Duration
	SlowestAccepted time.Duration
	FastestTooSlow  time.Duration // at least; 0 when there is none
	// Spread is how far the runs of the slowest accepted submission lay apart,
	// as a share of their median. Nil when the record does not say.
	Spread *float64
}

// calibrated reads the record of docket.yaml.
func (l *loader) calibrated(v value) {
	m := v.mapping("calibrated", "date", "host", "cores", "runs", "languages")
	r := &CalibrationRecord{Date: m.text("date"), Host: m.text("host"), Cores: int(m.count("cores")), Runs: int(m.count("runs")),
		Languages: map[judge.Language]CalibrationFigures{}}
	if _, err := time.Parse(time.DateOnly, r.Date); err != nil {
		m.fail("date", "date of calibrated must be a day such as 2026-01-31")
	}
	if r.Host == "" || r.Cores == 0 || r.Runs == 0 {
		v.fail("calibrated must say host, cores and runs")
	}
	langs := m.get("languages").mapping("languages of calibrated", "go", "java", "python")
	for _, key := range langs.keys {
		one := langs.get(key).mapping("calibrated "+key, "toolchain", "host_ratio", "time_limit", "slowest_accepted", "spread", "fastest_too_slow")
		f := CalibrationFigures{
			Toolchain: one.text("toolchain"), HostRatio: one.positive("host_ratio"), TimeLimit: seconds(one.positive("time_limit")),
			SlowestAccepted: seconds(one.positive("slowest_accepted")), FastestTooSlow: seconds(one.positive("fastest_too_slow")),
		}
		if one.has("spread") {
			f.Spread = new(one.percent("spread"))
		}
		lang := judge.Language(key)
		if f.Toolchain == "" || f.HostRatio == 0 || f.TimeLimit == 0 || f.SlowestAccepted == 0 {
			langs.fail(key, "calibrated %s must say toolchain, host_ratio, time_limit and slowest_accepted", key)
		} else if present := l.pkg.Problem.LimitsFor(lang).CPU; f.TimeLimit != present {
			l.warn("%s: %s was calibrated for %s and its limit is %s", docketFile, lang.Name(), f.TimeLimit, present)
		}
		r.Languages[lang] = f
	}
	l.pkg.Calibrated = r
}

// text is the record as docket.yaml has it.
func (r *CalibrationRecord) text() string {
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
func WriteCalibration(dir string, r *CalibrationRecord) error {
	pkg, err := LoadDir(dir)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, docketFile)
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
	// The proof of it is that the package says what it should.
	if pkg, err = LoadDir(dir); err == nil {
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
	limits := root.get("limits")
	entry := fmt.Sprintf("%s: {time_limit: %s}", l, limit)
	if !limits.present() {
		if root.has("limits") {
			return nil, errLimitsNotInPlace
		}
		return withLine(text, "limits:\n  "+entry+"\n"), nil
	}
	one := limits.mapping("limits").get(string(l))
	switch {
	case !one.present():
		return added(text, limits, entry)
	case !one.mapping("").has("time_limit"):
		return added(text, one, "time_limit: "+limit)
	}
	at := one.mapping("").get("time_limit").place()
	return applied(text, []edit{{at.line, at.column, at.width, limit}}), nil
}

// added puts an entry before the first one of a mapping.
func added(text []byte, v value, entry string) ([]byte, error) {
	e, ok := v.before(entry)
	if !ok {
		return nil, errLimitsNotInPlace
	}
	return applied(text, []edit{e}), nil
}

// rootOf reads the text of a docket.yaml as a mapping.
func rootOf(text []byte) (mapping, error) {
	var refused []yamlError
	root, ok := parseYAML(docketFile, text, func(e yamlError) { refused = append(refused, e) })
	if ok {
		m := root.mapping(docketFile)
		if root.isFlow() {
			return m, errLimitsNotInPlace
		}
		if len(refused) == 0 {
			return m, nil
		}
	}
	return mapping{}, refused[0]
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
func setRecord(text []byte, r *CalibrationRecord) ([]byte, error) {
	root, err := rootOf(text)
	if err != nil {
		return nil, err
	}
	if !root.has("calibrated") {
		return withLine(text, r.text()), nil
	}
	lines := strings.SplitAfter(string(text), "\n")
	from := root.lineOf("calibrated") - 1
	to := from + 1
	for to < len(lines) && strings.HasPrefix(lines[to], " ") {
		to++
	}
	return []byte(strings.Join(slices.Concat(lines[:from], []string{r.text()}, lines[to:]), "")), nil
}
