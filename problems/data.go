package problems

import (
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/checker"
)

// settings are what a group's configuration says of its tests.
type settings struct {
	args         []string
	inputFlags   map[string][]string
	outputFlags  []string
	fullFeedback bool
	onReject     string

	path string // of the file that gave the output validator's flags
	line int
}

var configs = map[Format]string{Format2025: "test_group.yaml", FormatLegacy: "testdata.yaml"}

// Endings of the files that belong to a test, longest first.
var testEndings = []string{
	".in.statement", ".ans.statement", ".in.download", ".ans.download",
	".interaction", ".files", ".yaml", ".hint", ".desc", ".args",
	".ans", ".out", ".in", ".png", ".jpg", ".jpeg", ".svg",
}

func (l *loader) data() {
	if len(l.tree.names("data")) == 0 {
		l.refuse("data", 0, "is missing")
		return
	}
	for _, g := range l.generate {
		// A directory of which every test is generated is not in the tree.
		for dir := path.Dir("data/" + g.Test); !l.tree.isDir(dir); dir = path.Dir(dir) {
			l.tree.addDir(dir)
		}
	}
	base := settings{outputFlags: l.validFlags, path: "problem.yaml"}
	if l.legacy() {
		base = l.groupSettings("data", base)
	}
	for _, top := range []string{"sample", "secret"} {
		s := base
		s.fullFeedback = top == "sample"
		l.group("data/"+top, s, top == "sample", 0)
	}
	if !slices.ContainsFunc(l.pkg.Problem.Groups, func(g judge.Group) bool { return !g.Sample }) {
		l.refuse("data/secret", 0, "holds no tests")
	}
	for _, g := range l.generate {
		if !l.pkg.Tests[g.Test].Generated {
			l.refuse(DocketFile, l.genLine[g.Test], "test %s is not in a place where tests can be", g.Test)
		}
	}
	l.pkg.Generate = l.generate
}

// caseValidators are run on a client's own cases, as on a hidden test of no
// group.
func (l *loader) caseValidators(s settings) {
	for _, prog := range l.pkg.InputValidators {
		l.pkg.Problem.InputValidators = append(l.pkg.Problem.InputValidators,
			judge.InputValidator{Source: prog.Source, Args: FlagsFor(s.inputFlags, prog.Name)})
	}
}

// group reads a directory of tests and, where the format lets it, of groups.
func (l *loader) group(dir string, inherited settings, sample bool, depth int) {
	names := l.tree.names(dir)
	if len(names) == 0 {
		return
	}
	group := strings.TrimPrefix(dir, "data/")
	l.known[group] = true
	s := l.groupSettings(dir, inherited)
	if depth == 0 && !sample {
		l.caseValidators(s)
	}
	tests, subs := l.members(dir, names)

	if !l.legacy() {
		switch {
		case depth == 0 && sample && len(subs) > 0:
			l.refuse(path.Join(dir, subs[0]), 0, "samples cannot be divided into groups")
			return
		case depth == 0 && len(subs) > 0 && len(tests) > 0:
			l.refuse(dir, 0, "holds both tests and groups; it must hold either")
			return
		case depth > 0 && len(tests) == 0 && len(subs) == 0:
			l.refuse(dir, 0, "is a group without tests")
			return
		}
		if depth > 1 && l.tree.isFile(path.Join(dir, configs[l.pkg.Format])) {
			l.refuse(path.Join(dir, configs[l.pkg.Format]), 1, "groups cannot hold groups")
			return
		}
	}
	for _, name := range tests {
		if slices.Contains(subs, name) {
			l.refuse(path.Join(dir, name), 0, "is both a test and a group")
		}
	}
	if depth > 8 {
		l.refuse(dir, 0, "is nested too deeply")
		return
	}

	var run *judge.Group
	var last settings
	for _, name := range merged(tests, subs) {
		if slices.Contains(subs, name) {
			run = nil
			l.group(path.Join(dir, name), s, sample, depth+1)
			continue
		}
		test, set, ok := l.test(dir, name, s, sample)
		if !ok {
			continue
		}
		if run == nil || !slices.Equal(set.outputFlags, last.outputFlags) {
			l.pkg.Problem.Groups = append(l.pkg.Problem.Groups, l.newGroup(group, sample, set))
			run = &l.pkg.Problem.Groups[len(l.pkg.Problem.Groups)-1]
			last = set
		}
		run.Tests = append(run.Tests, test)
	}
}

func (l *loader) newGroup(name string, sample bool, s settings) judge.Group {
	stop := s.onReject != "continue"
	if l.onReject != "" {
		stop = l.onReject == "break"
	}
	g := judge.Group{Name: name, Sample: sample, BreakOnReject: stop, Flags: s.outputFlags}
	if l.pkg.Problem.Validation.Validator == nil {
		newChecker := checker.New
		if l.sig != nil {
			newChecker = func(flags []string) (judge.Checker, error) { return caseChecker(l.sig, flags) }
		}
		c, err := newChecker(s.outputFlags)
		if err != nil {
			l.refuse(s.path, s.line, "%s", err)
			return g
		}
		g.Checker = c
	}
	return g
}

// members divides the entries of a directory into tests and groups and
// refuses files that belong to neither.
func (l *loader) members(dir string, names []string) (tests, subs []string) {
	has := map[string]bool{}
	generated := map[string]bool{}
	for _, g := range l.generate {
		if path.Dir("data/"+g.Test) == dir {
			has[path.Base(g.Test)], generated[path.Base(g.Test)] = true, true
		}
	}
	for _, name := range names {
		p := path.Join(dir, name)
		switch {
		case strings.HasSuffix(name, ".files"):
			l.refuse(p, 0, "files beside the standard input are not supported")
		case l.tree.isDir(p):
			subs = append(subs, name)
		case strings.HasSuffix(name, ".in"):
			base := strings.TrimSuffix(name, ".in")
			if generated[base] {
				l.refuse(DocketFile, l.genLine[strings.TrimPrefix(path.Join(dir, base), "data/")],
					"test %s is generated, but %s is there too", base, p)
			}
			has[base] = true
		}
	}
	for _, name := range names {
		p := path.Join(dir, name)
		if name == configs[l.pkg.Format] || l.tree.isDir(p) {
			continue
		}
		if name == "test_group.yaml" || name == "testdata.yaml" {
			l.refuse(p, 0, "is of another version of the format; this package's groups have %s", configs[l.pkg.Format])
			continue
		}
		base, ending := splitTest(name)
		switch {
		case ending == "":
			l.warn("%s is left out: its ending has no meaning", p)
		case !has[base] && ending == ".interaction" && l.legacy():
			// A sample that is only shown.
		case !has[base]:
			l.refuse(p, 0, "belongs to no test: %s.in is missing", base)
		}
	}
	tests = slices.SortedFunc(maps.Keys(has), compareNatural)
	return tests, subs
}

// splitTest divides a file name into its test's name and the ending.
func splitTest(name string) (base, ending string) {
	for _, e := range testEndings {
		if base, ok := strings.CutSuffix(name, e); ok && base != "" {
			return base, e
		}
	}
	return name, ""
}

// merged puts tests and groups into the order in which they are judged.
func merged(tests, subs []string) []string {
	all := slices.Concat(tests, subs)
	slices.SortFunc(all, compareNatural)
	return slices.Compact(all)
}

// test reads one test. It returns false when the test was refused.
func (l *loader) test(dir, name string, s settings, sample bool) (judge.Test, settings, bool) {
	p := path.Join(dir, name)
	full := strings.TrimPrefix(p, "data/")
	l.known[full] = true
	t := judge.Test{Name: full, Sample: sample}
	var detail TestDetail
	if l.genLine[full] > 0 {
		detail.Generated, t.Disclosure = true, l.generatedDisclosure
		t.Input = judge.Data{Open: func() (io.ReadCloser, error) { return nil, errNotMade(full) }}
		t.Answer = t.Input
		if l.tree.isFile(p + ".ans") {
			l.refuse(DocketFile, l.genLine[full], "test %s is generated, but %s.ans is there too", full, p)
		}
	} else {
		t.Input, t.Answer = l.tree.data(p+".in"), l.tree.data(p+".ans")
		if !l.tree.isFile(p + ".ans") {
			detail.NoAnswer = true
			if !l.draft || l.pkg.Interactive {
				l.refuse(p+".in", 0, "has no answer: %s.ans is missing", path.Base(p))
				return t, s, false
			}
		}
	}
	s = l.testSettings(p, s, &detail)
	if l.tree.isFile(p + ".args") {
		s.args = strings.Fields(l.text(p+".args", maxNote))
	}
	if l.tree.isFile(p + ".hint") {
		detail.Hint = l.text(p+".hint", maxNote)
	}
	if l.tree.isFile(p + ".desc") {
		detail.Description = l.text(p+".desc", maxNote)
	}
	t.Args, t.Hint = s.args, detail.Hint
	detail.InputFlags, detail.FullFeedback = s.inputFlags, s.fullFeedback
	l.pkg.Tests[full] = detail
	if sample {
		l.sample(p, detail)
	}
	return t, s, true
}

// invalidInputs reads the inputs that the validators must refuse.
func (l *loader) invalidInputs() {
	const dir = "data/invalid_input"
	if !l.tree.isDir(dir) {
		return
	}
	base := l.groupSettings(dir, settings{})
	for _, p := range l.tree.under(dir) {
		name, ok := strings.CutSuffix(p, ".in")
		if !ok {
			continue
		}
		s := l.testSettings(name, base, &TestDetail{})
		l.pkg.InvalidInputs = append(l.pkg.InvalidInputs, InvalidInput{
			Name: strings.TrimPrefix(name, "data/"), Input: l.tree.data(p), InputFlags: s.inputFlags})
	}
}
