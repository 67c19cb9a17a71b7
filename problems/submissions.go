package problems

import (
	"path"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/strictyaml"
)

// SubmissionsFile is the path in a package of what says more of its submissions
// than their directories.
const SubmissionsFile = "submissions/submissions.yaml"

// crash is what the format calls RTE: it has no words of its own for running
// out of memory or printing without end.
var crash = []judge.Verdict{judge.RTE, judge.MLE, judge.OLE}

// The expectations of the usual directories. Those for memory, output and
// compilation are Docket's own.
func defaultExpectations(f Format) map[string]Expectation {
	ac, wa, tle := judge.AC, judge.WA, judge.TLE
	d := map[string]Expectation{
		"accepted":              {Permitted: []judge.Verdict{ac}},
		"rejected":              {Required: []judge.Verdict{judge.RTE, judge.MLE, judge.OLE, tle, wa}},
		"wrong_answer":          {Permitted: []judge.Verdict{ac, wa}, Required: []judge.Verdict{wa}},
		"time_limit_exceeded":   {Permitted: []judge.Verdict{ac, tle}, Required: []judge.Verdict{tle}},
		"run_time_error":        {Permitted: slices.Concat([]judge.Verdict{ac}, crash), Required: crash},
		"brute_force":           {Permitted: slices.Concat([]judge.Verdict{ac, tle}, crash), Required: slices.Concat([]judge.Verdict{tle}, crash)},
		"memory_limit_exceeded": {Permitted: []judge.Verdict{ac, judge.MLE}, Required: []judge.Verdict{judge.MLE}},
		"output_limit_exceeded": {Permitted: []judge.Verdict{ac, judge.OLE}, Required: []judge.Verdict{judge.OLE}},
		"compile_error":         {Permitted: []judge.Verdict{judge.CE}, Required: []judge.Verdict{judge.CE}},
	}
	if f == FormatLegacy {
		d["time_limit_exceeded"] = Expectation{Permitted: []judge.Verdict{ac, wa, tle}, Required: []judge.Verdict{tle}}
		d["run_time_error"] = Expectation{Required: crash}
	}
	return d
}

// rule is an entry of submissions.yaml.
type rule struct {
	pattern  string
	language string
	model    bool
	expect   []Expectation
}

func (l *loader) submissions() {
	defaults := defaultExpectations(l.pkg.Format)
	rules := l.rules(defaults)
	accepted := false
	for _, dir := range l.tree.names("submissions") {
		d := path.Join("submissions", dir)
		if !l.tree.isDir(d) {
			if d != SubmissionsFile && !strings.HasPrefix(strings.ToLower(dir), "readme") {
				l.warn("%s is left out: submissions lie in directories named for what is expected of them", d)
			}
			continue
		}
		if dir == "partially_accepted" {
			l.refuse(d, 0, "partially_accepted is for scoring problems, which are not supported")
			continue
		}
		for _, name := range l.tree.names(d) {
			if strings.HasPrefix(strings.ToLower(name), "readme") {
				continue
			}
			s := Submission{Name: path.Join(dir, name)}
			accepted = accepted || dir == "accepted"
			if e, ok := defaults[dir]; ok {
				s.Expect = append(s.Expect, e)
			}
			code := ""
			for _, r := range rules {
				if Matches(r.pattern, s.Name) {
					s.Model = s.Model || r.model
					s.Expect = append(s.Expect, r.expect...)
					code = max(code, r.language)
				}
			}
			if code != "" && languageOfCode(code) == "" {
				l.warn("submission %s is left out: its language is %s", s.Name, clip(code))
				continue
			}
			var why string
			if s.Language, s.Files, why = l.sources(path.Join(d, name)); why != "" {
				l.warn("submission %s is left out: it %s", s.Name, why)
				continue
			}
			for i := range s.Files {
				s.Files[i].Content = l.expand(s.Files[i].Content)
			}
			if len(s.Expect) == 0 {
				l.warn("nothing is expected of submission %s", s.Name)
			}
			l.pkg.Submissions = append(l.pkg.Submissions, s)
		}
	}
	if !accepted {
		l.refuse("submissions/accepted", 0, "is missing: a package needs an accepted submission")
	}
}

// rules reads submissions.yaml. Keys that name a directory of defaults change
// the defaults instead of adding to them.
func (l *loader) rules(defaults map[string]Expectation) []rule {
	root, ok := l.yaml(SubmissionsFile, false)
	if !ok {
		return nil
	}
	known := []string{"language", "entrypoint", "authors", "model_solution", "permitted", "required",
		"score", "message", "use_for_time_limit"}
	var rules []rule
	m := root.Mapping(SubmissionsFile)
	for _, pattern := range m.Keys {
		if !l.pattern(m, pattern) {
			continue
		}
		v := m.Get(pattern)
		r := rule{pattern: pattern}
		entry := v.Mapping(pattern)
		own := l.expectation(entry, "")
		if d, ok := defaults[pattern]; ok {
			if entry.Has("permitted") {
				d.Permitted = own.Permitted
			}
			if entry.Has("required") {
				d.Required = own.Required
			}
			defaults[pattern] = d
		} else if entry.Has("permitted") || entry.Has("required") {
			r.expect = append(r.expect, own)
		}
		r.language = entry.Text("language")
		r.model = entry.Flag("model_solution", false)
		if entry.Has("entrypoint") {
			l.warn("%s: entrypoint of %s is ignored; Docket finds the entry point itself", SubmissionsFile, pattern)
		}
		for _, key := range entry.Keys {
			if slices.Contains(known, key) {
				continue
			}
			if !strings.HasPrefix(key, "sample") && !strings.HasPrefix(key, "secret") && !strings.HasPrefix(key, "{") && !strings.HasPrefix(key, "*") {
				entry.Fail(key, "unknown key %q in %s", clip(key), clip(pattern))
				continue
			}
			if !l.pattern(entry, key) {
				continue
			}
			if !l.matchesAny(key) {
				entry.Fail(key, "no test or group is named %s", clip(key))
			}
			sub := entry.Get(key).Mapping(key, "permitted", "required", "score", "message", "use_for_time_limit")
			r.expect = append(r.expect, l.expectation(sub, key))
		}
		rules = append(rules, r)
	}
	return rules
}

// pattern refuses globs that the format does not have.
func (l *loader) pattern(m strictyaml.Mapping, p string) bool {
	switch {
	case strings.ContainsAny(p, `[]?\`) || strings.Contains(p, "**"):
		m.Fail(p, "pattern %s: only * and {a,b} are wildcards", clip(p))
	case expandBraces(p) == nil:
		m.Fail(p, "pattern %s: its braces do not close, or stand for too much", clip(p))
	default:
		return true
	}
	return false
}

func (l *loader) matchesAny(pattern string) bool {
	for name := range l.known {
		if Matches(pattern, name) {
			return true
		}
	}
	return false
}

func (l *loader) expectation(m strictyaml.Mapping, tests string) Expectation {
	if m.Has("score") {
		m.Fail("score", "score is for scoring problems, which are not supported")
	}
	if m.Has("message") {
		l.warn("%s: the message is not looked for; reports do not quote validators on hidden tests", SubmissionsFile)
	}
	return Expectation{Tests: tests, Permitted: l.verdicts(m, "permitted"), Required: l.verdicts(m, "required")}
}

// verdicts reads a list of verdicts. RTE stands for every crash, unless MLE
// or OLE is beside it.
func (l *loader) verdicts(m strictyaml.Mapping, key string) []judge.Verdict {
	if !m.Has(key) {
		return nil
	}
	out := []judge.Verdict{}
	names := m.Texts(key)
	precise := slices.Contains(names, string(judge.MLE)) || slices.Contains(names, string(judge.OLE))
	for _, name := range names {
		v := judge.Verdict(name)
		switch {
		case v == judge.JE || !v.Valid():
			m.Fail(key, "%s holds %q, which is not one of AC, WA, TLE, RTE, MLE, OLE, CE", key, clip(name))
		case v == judge.RTE && !precise:
			out = append(out, crash...)
		default:
			out = append(out, v)
		}
	}
	return out
}

// chooseReference finds the submission that makes answers.
func (l *loader) chooseReference() {
	fail := func(format string, args ...any) { l.refuse(DocketFile, l.refLine, format, args...) }
	var best *Submission
	for i := range l.pkg.Submissions {
		s := &l.pkg.Submissions[i]
		if l.reference != "" {
			if s.Name == l.reference {
				best = s
			}
			continue
		}
		if strings.HasPrefix(s.Name, "accepted/") && (best == nil || s.Model && !best.Model) {
			best = s
		}
	}
	switch {
	case best == nil && l.reference != "":
		fail("reference %s is not a submission that can be run", clip(l.reference))
	case best != nil && !strings.HasPrefix(best.Name, "accepted/"):
		fail("reference %s is not below accepted/", clip(l.reference))
	case best == nil && len(l.generate) > 0:
		l.refuse(DocketFile, 0, "generated tests need an accepted submission in Go, Java or Python")
	}
	l.pkg.Reference = best
	if best != nil {
		l.pkg.Problem.Reference = &judge.Reference{Language: best.Language, Files: best.Files}
	}
}

// leftOut checks the names of the submissions that exports leave out.
func (l *loader) leftOut() {
	fail := func(format string, args ...any) { l.refuse(DocketFile, l.outLine, format, args...) }
	if len(l.pkg.LeftOut) > 0 && l.pkg.Problem.Relay == nil {
		fail("leave_out is for classes with tokens: of others every submission is judged the same elsewhere")
		return
	}
	for _, name := range l.pkg.LeftOut {
		switch {
		case !slices.ContainsFunc(l.pkg.Submissions, func(s Submission) bool { return s.Name == name }):
			fail("%s, which exports leave out, is not a submission that can be run", clip(name))
		case strings.HasPrefix(name, "accepted/"):
			fail("%s is accepted, so exports cannot leave it out", clip(name))
		}
	}
}
