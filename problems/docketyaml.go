package problems

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/strictyaml"
)

// DocketFile is the path in a package of what the ICPC format has no place for.
const DocketFile = "docket.yaml"

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// docketYAML reads what the ICPC format has no place for.
func (l *loader) docketYAML() {
	root, ok := l.yaml(DocketFile, false)
	if !ok {
		return
	}
	m := root.Mapping(DocketFile, "difficulty", "disclosure", "disclosure_generated", "on_reject", "languages", "limits", "reference", "generate", "calibrated", "mutate", "export")
	p := l.pkg
	if m.Has("difficulty") {
		p.Problem.Difficulty = m.Choice("difficulty", "easy", "medium", "hard")
	}
	p.Problem.Disclosure = disclosure(m, "disclosure")
	if m.Has("disclosure_generated") {
		l.generatedDisclosure = disclosure(m, "disclosure_generated")
	}
	if m.Has("on_reject") {
		l.onReject = m.Choice("on_reject", "break", "continue")
	}
	if m.Has("languages") {
		if !l.legacy() {
			m.Fail("languages", "languages belong into problem.yaml")
		}
		l.languages(m, "languages")
	}

	limits := m.Get("limits").Mapping("limits", "go", "java", "python")
	for _, key := range limits.Keys {
		one := limits.Get(key).Mapping("the limits of "+key, "time_limit", "memory", "output")
		lim := p.Problem.Limits
		if d := Seconds(one.Positive("time_limit")); d > 0 {
			lim.CPU, lim.Wall = d, 0
		}
		if n := one.Count("memory"); n > 0 {
			lim.Memory = judge.Bytes(n) * judge.MiB
		}
		if n := one.Count("output"); n > 0 {
			lim.Output = judge.Bytes(n) * judge.MiB
		}
		checkLimits(one, lim, "")
		p.Problem.LanguageLimits[judge.Language(key)] = lim
	}

	l.reference, l.refLine = m.Text("reference"), m.LineOf("reference")
	if m.Has("generate") {
		l.generated(m)
	}
	if m.Has("calibrated") {
		l.calibrated(m.Get("calibrated"))
	}
	if m.Has("mutate") {
		l.mutations(m.Get("mutate"))
	}
	if m.Has("export") {
		e := m.Get("export").Mapping("export", "leave_out")
		l.pkg.LeftOut, l.outLine = e.Texts("leave_out"), e.LineOf("leave_out")
	}
}

// disclosure reads a policy, whose default is the verdict.
func disclosure(m strictyaml.Mapping, key string) judge.Disclosure {
	return judge.Disclosure(m.Choice(key, string(judge.DiscloseVerdict), string(judge.DiscloseNone),
		string(judge.DiscloseReason), string(judge.DiscloseFirstFailingCase)))
}

func (l *loader) generated(m strictyaml.Mapping) {
	if l.pkg.Interactive {
		m.Fail("generate", "tests of an interactive problem cannot be generated: there is no program that makes their answers")
		return
	}
	l.genLine = map[string]int{}
	for _, v := range m.Get("generate").List() {
		g := v.Mapping("an entry of generate", "name", "generator", "args", "sha256", "answer_sha256")
		line := v.Line()
		if at := g.FirstLine(); at > 0 {
			line = at
		}
		fail := func(key, format string, args ...any) {
			if g.Has(key) {
				g.Fail(key, format, args...)
			} else {
				g.FailAt(line, format, args...)
			}
		}
		name := g.Text("name")
		switch {
		case !strings.HasPrefix(name, "secret/") || path.Clean(name) != name || !allTaken(name):
			fail("name", "name is %q; it must be that of a test below secret/", clip(name))
			continue
		case l.genLine[name] > 0:
			fail("name", "test %s is generated twice", name)
			continue
		}
		l.genLine[name] = g.LineOf("name")
		gen := Generation{Test: name, Args: g.Texts("args")}
		for key, d := range map[string]*Digest{"sha256": &gen.Input, "answer_sha256": &gen.Answer} {
			*d = Digest(g.Text(key))
			switch {
			case *d == "" && l.draft:
				*d = Unpinned
			case !digestForm.MatchString(string(*d)):
				fail(key, "%s of %s must be 64 lower-case hexadecimal digits, which docket problems generate --pin writes", key, name)
			}
		}
		file := g.Text("generator")
		prog, why := l.program(path.Join("generators", file))
		switch {
		case file == "" || strings.Contains(file, "/"):
			fail("generator", "generator of %s must name a program in generators/", name)
		case why != "":
			fail("generator", "generators/%s %s", clip(file), why)
		}
		gen.Program = prog
		l.generate = append(l.generate, gen)
	}
}

// allTaken reports whether every part of a path is a name of the format.
func allTaken(p string) bool {
	for _, part := range strings.Split(p, "/") {
		if !takenName(part) {
			return false
		}
	}
	return true
}

// Seconds translates the format's unit of time.
func Seconds(s float64) time.Duration {
	return time.Duration(s * float64(time.Second)).Round(time.Millisecond)
}

// parseSeconds reads a number of seconds, or returns 0.
func parseSeconds(s string) time.Duration {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f > 0 && f < 1e6) {
		return 0
	}
	return Seconds(f)
}
