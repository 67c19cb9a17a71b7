package problems

import (
	"regexp"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/strictyaml"
)

var (
	keysLegacy = []string{"problem_format_version", "type", "name", "uuid", "author", "source", "source_url",
		"license", "rights_owner", "limits", "validation", "validator_flags", "grading", "keywords"}
	limitsLegacy = []string{"time_multiplier", "time_safety_margin", "time_limit", "memory", "output", "code",
		"compilation_time", "compilation_memory", "validation_time", "validation_memory", "validation_output"}
)

// betweenPersons is what separates the authors of this format.
var betweenPersons = regexp.MustCompile(`\s*,\s*|\s+and\s+`)

func (l *loader) metadataLegacy(m strictyaml.Mapping) {
	p := l.pkg
	switch t := m.Text("type"); t {
	case "", "pass-fail":
		if m.Has("grading") {
			m.Fail("grading", "grading is for scoring problems only")
		}
	case "scoring":
		m.Fail("type", "problems of type scoring are not supported")
	default:
		m.Fail("type", "type %q is not one of pass-fail, scoring", clip(t))
	}
	p.Names["en"] = m.Text("name")
	l.uuid(m)
	for _, person := range betweenPersons.Split(m.Text("author"), -1) {
		if person != "" {
			p.Credits.Authors = append(p.Credits.Authors, person)
		}
	}
	if s := m.Text("source"); s != "" {
		p.Sources = []Origin{{Name: s, URL: m.Text("source_url")}}
	} else if m.Has("source_url") {
		m.Fail("source_url", "source_url needs a source")
	}
	l.license(m)
	for _, words := range m.Texts("keywords") {
		p.Problem.Keywords = append(p.Problem.Keywords, strings.Fields(words)...)
	}
	words := strings.Fields(m.Text("validation"))
	for i, w := range words {
		switch {
		case i == 0 && (w == "default" || w == "custom"):
		case i > 0 && words[0] == "custom" && w == "interactive":
			p.Interactive = true
		case i > 0 && words[0] == "custom" && w == "score":
			m.Fail("validation", "validators that give scores are not supported")
		default:
			m.Fail("validation", "validation is %q; it must be default, or custom with interactive", clip(strings.Join(words, " ")))
		}
	}
	if len(words) > 0 && words[0] == "custom" && !l.tree.isDir("output_validators") {
		m.Fail("validation", "validation is custom, but output_validators/ is missing")
	}
	l.validFlags = strings.Fields(m.Text("validator_flags"))

	lim := m.Get("limits").Mapping("limits", limitsLegacy...)
	l.limits(lim)
	lim.Positive("time_multiplier")
	lim.Positive("time_safety_margin")
	// The time limit of this format is a file of its own where there is one.
	if b, err := l.tree.readHidden(".timelimit"); err == nil && p.Problem.Limits.CPU == 0 {
		p.Problem.Limits.CPU = parseSeconds(strings.TrimSpace(string(b)))
		if p.Problem.Limits.CPU == 0 {
			l.refuse(".timelimit", 1, "must be a number of seconds above zero")
		}
	}
	p.Problem.Languages = judge.Languages()
}
