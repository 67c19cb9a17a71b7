package problems

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
)

const docketFile = "docket.yaml"

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// docketYAML reads what the ICPC format has no place for.
func (l *loader) docketYAML() {
	root, ok := l.yaml(docketFile, false)
	if !ok {
		return
	}
	m := root.mapping(docketFile, "difficulty", "disclosure", "on_reject", "languages", "limits", "reference", "generate", "calibrated", "mutate", "export")
	p := l.pkg
	if m.has("difficulty") {
		p.Problem.Difficulty = m.choice("difficulty", "easy", "medium", "hard")
	}
	p.Problem.Disclosure = judge.Disclosure(m.choice("disclosure", string(judge.DiscloseVerdict),
		string(judge.DiscloseNone), string(judge.DiscloseFirstFailingInput)))
	if m.has("on_reject") {
		l.onReject = m.choice("on_reject", "break", "continue")
	}
	if m.has("languages") {
		if !l.legacy() {
			m.fail("languages", "languages belong into problem.yaml")
		}
		l.languages(m, "languages")
	}

	limits := m.get("limits").mapping("limits", "go", "java", "python")
	for _, key := range limits.keys {
		one := limits.get(key).mapping("the limits of "+key, "time_limit", "memory", "output")
		lim := p.Problem.Limits
		if d := seconds(one.positive("time_limit")); d > 0 {
			lim.CPU, lim.Wall = d, 0
		}
		if n := one.count("memory"); n > 0 {
			lim.Memory = judge.Bytes(n) * judge.MiB
		}
		if n := one.count("output"); n > 0 {
			lim.Output = judge.Bytes(n) * judge.MiB
		}
		checkLimits(one, lim, "")
		p.Problem.LanguageLimits[judge.Language(key)] = lim
	}

	l.reference, l.refLine = m.text("reference"), m.lineOf("reference")
	if m.has("generate") {
		l.generated(m)
	}
	if m.has("calibrated") {
		l.calibrated(m.get("calibrated"))
	}
	if m.has("mutate") {
		l.mutations(m.get("mutate"))
	}
	if m.has("export") {
		e := m.get("export").mapping("export", "leave_out")
		l.pkg.LeftOut, l.outLine = e.texts("leave_out"), e.lineOf("leave_out")
	}
}

func (l *loader) generated(m mapping) {
	if l.pkg.Interactive {
		m.fail("generate", "tests of an interactive problem cannot be generated: there is no program that makes their answers")
		return
	}
	l.genLine = map[string]int{}
	for _, v := range m.get("generate").list() {
		g := v.mapping("an entry of generate", "name", "generator", "args", "sha256", "answer_sha256")
		line := v.line()
		if at := g.firstLine(); at > 0 {
			line = at
		}
		fail := func(key, format string, args ...any) {
			if g.has(key) {
				g.fail(key, format, args...)
			} else {
				g.failAt(line, format, args...)
			}
		}
		name := g.text("name")
		switch {
		case !strings.HasPrefix(name, "secret/") || path.Clean(name) != name || !allTaken(name):
			fail("name", "name is %q; it must be that of a test below secret/", clip(name))
			continue
		case l.genLine[name] > 0:
			fail("name", "test %s is generated twice", name)
			continue
		}
		l.genLine[name] = g.lineOf("name")
		gen := Generation{Test: name, Args: g.texts("args")}
		for key, d := range map[string]*Digest{"sha256": &gen.Input, "answer_sha256": &gen.Answer} {
			*d = Digest(g.text(key))
			switch {
			case *d == "" && l.draft:
				*d = unpinned
			case !digestForm.MatchString(string(*d)):
				fail(key, "%s of %s must be 64 lower-case hexadecimal digits, which docket problems generate --pin writes", key, name)
			}
		}
		file := g.text("generator")
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

// seconds translates the format's unit of time.
func seconds(s float64) time.Duration {
	return time.Duration(s * float64(time.Second)).Round(time.Millisecond)
}

// parseSeconds reads a number of seconds, or returns 0.
func parseSeconds(s string) time.Duration {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f > 0 && f < 1e6) {
		return 0
	}
	return seconds(f)
}
