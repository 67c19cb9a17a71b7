package problems

import (
	"regexp"
	"strings"

	"github.com/docketjudge/docket/judge"
)

var (
	keysLegacy = []string{"problem_format_version", "type", "name", "uuid", "author", "source", "source_url",
		"license", "rights_owner", "limits", "validation", "validator_flags", "grading", "keywords"}
	limitsLegacy = []string{"time_multiplier", "time_safety_margin", "time_limit", "memory", "output", "code",
		"compilation_time", "compilation_memory", "validation_time", "validation_memory", "validation_output"}
)

// betweenPersons is what separates the authors of this format.
var betweenPersons = regexp.MustCompile(`\s*,\s*|\s+and\s+`)

func (l *loader) metadataLegacy(m mapping) {
	p := l.pkg
	switch t := m.text("type"); t {
	case "", "pass-fail":
		if m.has("grading") {
			m.fail("grading", "grading is for scoring problems only")
		}
	case "scoring":
		m.fail("type", "problems of type scoring are not supported")
	default:
		m.fail("type", "type %q is not one of pass-fail, scoring", clip(t))
	}
	p.Names["en"] = m.text("name")
	l.uuid(m)
	for _, person := range betweenPersons.Split(m.text("author"), -1) {
		if person != "" {
			p.Credits.Authors = append(p.Credits.Authors, person)
		}
	}
	if s := m.text("source"); s != "" {
		p.Sources = []Origin{{Name: s, URL: m.text("source_url")}}
	} else if m.has("source_url") {
		m.fail("source_url", "source_url needs a source")
	}
	l.license(m)
	for _, words := range m.texts("keywords") {
		p.Problem.Keywords = append(p.Problem.Keywords, strings.Fields(words)...)
	}
	words := strings.Fields(m.text("validation"))
	for i, w := range words {
		switch {
		case i == 0 && (w == "default" || w == "custom"):
		case i > 0 && words[0] == "custom" && w == "interactive":
			p.Interactive = true
		case i > 0 && words[0] == "custom" && w == "score":
			m.fail("validation", "validators that give scores are not supported")
		default:
			m.fail("validation", "validation is %q; it must be default, or custom with interactive", clip(strings.Join(words, " ")))
		}
	}
	if len(words) > 0 && words[0] == "custom" && !l.tree.isDir("output_validators") {
		m.fail("validation", "validation is custom, but output_validators/ is missing")
	}
	l.validFlags = strings.Fields(m.text("validator_flags"))

	lim := m.get("limits").mapping("limits", limitsLegacy...)
	l.limits(lim)
	lim.positive("time_multiplier")
	lim.positive("time_safety_margin")
	// The time limit of this format is a file of its own where there is one.
	if b, err := l.tree.readHidden(".timelimit"); err == nil && p.Problem.Limits.CPU == 0 {
		p.Problem.Limits.CPU = parseSeconds(strings.TrimSpace(string(b)))
		if p.Problem.Limits.CPU == 0 {
			l.refuse(".timelimit", 1, "must be a number of seconds above zero")
		}
	}
	p.Problem.Languages = judge.Languages()
}
