package problems

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
)

// What validators may use when the package does not say. The memory is the
// format's: decoding JSON takes up to some 50 bytes for each that a submission
// may print, in Python.
const (
	validatorCPU    = 10 * time.Second
	validatorMemory = 2 * judge.GiB
)

// maxConstant bounds what a few bytes of a text may stand for, in bytes.
const maxConstant = 256

var licenses = []string{"unknown", "public domain", "cc0", "cc by", "cc by-sa", "educational", "permission"}

var (
	uuidForm     = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	constantForm = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)
)

var (
	keys2025 = []string{"problem_format_version", "type", "name", "uuid", "version", "credits", "source",
		"license", "rights_owner", "embargo_until", "limits", "keywords", "languages", "allow_file_writing", "constants"}
	limits2025 = []string{"time_multipliers", "time_limit", "time_resolution", "memory", "output", "code",
		"compilation_time", "compilation_memory", "validation_time", "validation_memory", "validation_output",
		"validation_passes"}
)

// metadata reads problem.yaml. It returns false when nothing more can be
// said about the package.
func (l *loader) metadata() bool {
	const file = "problem.yaml"
	if !l.tree.isFile(file) {
		l.refuse(file, 0, "is missing")
		return false
	}
	root, ok := l.yaml(file, false)
	if !ok {
		return false
	}
	// The version decides which keys there are.
	version := root.mapping("problem.yaml").text("problem_format_version")
	l.refusals = nil // what is wrong with the map is found again below
	switch version {
	case string(Format2025):
		l.pkg.Format = Format2025
		l.metadata2025(root.mapping("problem.yaml", keys2025...))
	case "", string(FormatLegacy), "legacy-icpc":
		l.pkg.Format = FormatLegacy
		l.metadataLegacy(root.mapping("problem.yaml", keysLegacy...))
	default:
		root.mapping("problem.yaml").fail("problem_format_version",
			"problem_format_version is %q; 2025-09 and legacy are read", clip(version))
		return false
	}
	return true
}

func (l *loader) metadata2025(m mapping) {
	p := l.pkg
	for _, key := range []string{"name", "uuid"} {
		if !m.has(key) {
			m.fail(key, "%s is missing", key)
		}
	}
	l.types(m)
	if v := m.get("name"); v.isMap() {
		names := v.mapping("name")
		for _, lang := range names.keys {
			p.Names[lang] = names.text(lang)
		}
	} else if s := m.text("name"); s != "" {
		p.Names["en"] = s
	}
	for lang, name := range p.Names {
		if strings.TrimSpace(name) == "" {
			m.fail("name", "the name in %q is empty", clip(lang))
		}
	}
	l.uuid(m)
	p.Version = m.text("version")
	l.credits(m)
	l.license(m)
	l.embargo(m)
	l.source(m)
	p.Problem.Keywords = m.texts("keywords")
	l.languages(m, "languages")
	// Boxes always let programs write in a small directory of their own.
	m.flag("allow_file_writing", false)
	l.readConstants(m)

	lim := m.get("limits").mapping("limits", limits2025...)
	l.limits(lim)
	mult := lim.get("time_multipliers").mapping("time_multipliers", "ac_to_time_limit", "time_limit_to_tle")
	for _, key := range mult.keys {
		if mult.positive(key) < 1 {
			mult.fail(key, "%s must be at least 1", key)
		}
	}
	lim.positive("time_resolution")
	if lim.has("validation_passes") {
		lim.fail("validation_passes", "validation_passes is for problems of several passes, which are not supported")
	}
}

// embargo reads the day or moment before which nobody may see the problem.
func (l *loader) embargo(m mapping) {
	s := m.text("embargo_until")
	if s == "" {
		return
	}
	for _, form := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(form, s); err == nil {
			l.pkg.Embargo = at
			return
		}
	}
	m.fail("embargo_until", "embargo_until is %q, neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ", clip(s))
}

// source reads the contests or courses that the problem comes from.
func (l *loader) source(m mapping) {
	for _, src := range m.get("source").list() {
		if !src.isMap() {
			l.pkg.Sources = append(l.pkg.Sources, Origin{Name: strings.Join(src.texts("source"), "")})
			continue
		}
		s := src.mapping("source", "name", "url")
		if !s.has("name") {
			s.fail("name", "a source needs a name")
		}
		l.pkg.Sources = append(l.pkg.Sources, Origin{Name: s.text("name"), URL: s.text("url")})
	}
}

// readConstants reads what {{name}} stands for in texts and programs.
func (l *loader) readConstants(m mapping) {
	consts := m.get("constants").mapping("constants")
	for _, name := range consts.keys {
		if !constantForm.MatchString(name) {
			consts.fail(name, "constant %q is not a name of letters, digits and underscores", clip(name))
			continue
		}
		if l.constants == nil {
			l.constants = map[string]string{}
		}
		text := consts.text(name)
		if len(text) > maxConstant {
			consts.fail(name, "constant %s has more than %d bytes", clip(name), maxConstant)
			continue
		}
		l.constants[name] = text
	}
}

// types reads what kind of problem it is.
func (l *loader) types(m mapping) {
	seen := map[string]bool{}
	for _, t := range m.texts("type") {
		if seen[t] {
			m.fail("type", "type %q is given twice", t)
		}
		seen[t] = true
		switch t {
		case "pass-fail":
		case "interactive":
			l.pkg.Interactive = true
		case "scoring", "multi-pass", "submit-answer":
			m.fail("type", "problems of type %s are not supported", t)
		default:
			m.fail("type", "type %q is not one of pass-fail, scoring, multi-pass, interactive, submit-answer", clip(t))
		}
	}
	if seen["pass-fail"] && seen["scoring"] {
		m.fail("type", "a problem is either pass-fail or scoring")
	}
}

// limits reads what both versions say alike.
func (l *loader) limits(m mapping) {
	p := l.pkg.Problem
	p.Limits.CPU = seconds(m.positive("time_limit"))
	p.Limits.Memory = judge.Bytes(m.count("memory")) * judge.MiB
	p.Limits.Output = judge.Bytes(m.count("output")) * judge.MiB
	p.Validation.Limits = judge.Limits{CPU: validatorCPU, Memory: validatorMemory}
	if n := m.count("validation_time"); n > 0 {
		p.Validation.Limits.CPU = seconds(float64(n))
	}
	if n := m.count("validation_memory"); n > 0 {
		p.Validation.Limits.Memory = judge.Bytes(n) * judge.MiB
	}
	p.Validation.Limits.Output = judge.Bytes(m.count("validation_output")) * judge.MiB
	checkLimits(m, p.Limits, "")
	checkLimits(m, p.Validation.Limits, "validation_")
	// Compilers are bounded by the sandbox for all problems alike.
	for _, key := range []string{"code", "compilation_time", "compilation_memory"} {
		m.count(key)
	}
}

// checkLimits refuses limits that are out of bounds and names their keys.
func checkLimits(m mapping, lim judge.Limits, prefix string) {
	var e *judge.Error
	if !errors.As(lim.Validate(), &e) {
		return
	}
	switch e.Field {
	case "limits.cpu_ms":
		key := "time_limit"
		if prefix != "" {
			key = prefix + "time"
		}
		m.fail(key, "%s is %s; at most %s are taken", key, lim.CPU, judge.MaxCPU)
	case "limits.memory_kib":
		m.fail(prefix+"memory", "%smemory is %s; it must be between %s and %s", prefix, lim.Memory, judge.MinMemory, judge.MaxMemory)
	default:
		m.fail(prefix+"output", "%soutput is %s; at most %s are taken", prefix, lim.Output, judge.MaxOutput)
	}
}

// license reads what may be done with the problem, and by whose leave.
func (l *loader) license(m mapping) {
	l.pkg.License = m.choice("license", licenses...)
	l.pkg.RightsOwner = m.text("rights_owner")
	switch {
	case l.pkg.License == "public domain" && m.has("rights_owner"):
		m.fail("rights_owner", "a problem in the public domain has no rights_owner")
	case l.pkg.License != "unknown" && l.pkg.License != "public domain" &&
		l.pkg.RightsOwner == "" && len(l.pkg.Credits.Authors) == 0 && !m.has("source"):
		m.fail("license", "license %s needs a rights_owner, an author or a source", l.pkg.License)
	}
}

func (l *loader) uuid(m mapping) {
	l.pkg.UUID = strings.ToLower(m.text("uuid"))
	if m.has("uuid") && !uuidForm.MatchString(l.pkg.UUID) {
		m.fail("uuid", "uuid is %q, which is not a UUID", clip(m.text("uuid")))
	}
}

// languages reads which languages a problem may be solved in.
func (l *loader) languages(m mapping, key string) {
	codes := m.texts(key)
	if len(codes) == 0 || slices.Equal(codes, []string{"all"}) {
		l.pkg.Problem.Languages = judge.Languages()
		return
	}
	var langs []judge.Language
	for _, lang := range judge.Languages() {
		if slices.ContainsFunc(codes, func(code string) bool { return languageOfCode(code) == lang }) {
			langs = append(langs, lang)
		}
	}
	if len(langs) == 0 {
		m.fail(key, "none of the languages is go, java or python3")
	}
	l.pkg.Problem.Languages = langs
}

// languageOfCode translates the format's code of a language, or returns "".
func languageOfCode(code string) judge.Language {
	switch code {
	case "go":
		return judge.Go
	case "java":
		return judge.Java
	case "python3", "python":
		return judge.Python
	}
	return ""
}
