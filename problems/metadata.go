package problems

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/strictyaml"
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
	version := root.Mapping("problem.yaml").Text("problem_format_version")
	l.refusals = nil // what is wrong with the map is found again below
	switch version {
	case string(Format2025):
		l.pkg.Format = Format2025
		l.metadata2025(root.Mapping("problem.yaml", keys2025...))
	case "", string(FormatLegacy), "legacy-icpc":
		l.pkg.Format = FormatLegacy
		l.metadataLegacy(root.Mapping("problem.yaml", keysLegacy...))
	default:
		root.Mapping("problem.yaml").Fail("problem_format_version",
			"problem_format_version is %q; 2025-09 and legacy are read", clip(version))
		return false
	}
	return true
}

func (l *loader) metadata2025(m strictyaml.Mapping) {
	p := l.pkg
	for _, key := range []string{"name", "uuid"} {
		if !m.Has(key) {
			m.Fail(key, "%s is missing", key)
		}
	}
	l.types(m)
	if v := m.Get("name"); v.IsMap() {
		names := v.Mapping("name")
		for _, lang := range names.Keys {
			p.Names[lang] = names.Text(lang)
		}
	} else if s := m.Text("name"); s != "" {
		p.Names["en"] = s
	}
	for lang, name := range p.Names {
		if strings.TrimSpace(name) == "" {
			m.Fail("name", "the name in %q is empty", clip(lang))
		}
	}
	l.uuid(m)
	p.Version = m.Text("version")
	l.credits(m)
	l.license(m)
	l.embargo(m)
	l.source(m)
	p.Problem.Keywords = m.Texts("keywords")
	l.languages(m, "languages")
	// Boxes always let programs write in a small directory of their own.
	m.Flag("allow_file_writing", false)
	l.readConstants(m)

	lim := m.Get("limits").Mapping("limits", limits2025...)
	l.limits(lim)
	mult := lim.Get("time_multipliers").Mapping("time_multipliers", "ac_to_time_limit", "time_limit_to_tle")
	for _, key := range mult.Keys {
		if mult.Positive(key) < 1 {
			mult.Fail(key, "%s must be at least 1", key)
		}
	}
	lim.Positive("time_resolution")
	if lim.Has("validation_passes") {
		lim.Fail("validation_passes", "validation_passes is for problems of several passes, which are not supported")
	}
}

// embargo reads the day or moment before which nobody may see the problem.
func (l *loader) embargo(m strictyaml.Mapping) {
	s := m.Text("embargo_until")
	if s == "" {
		return
	}
	for _, form := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(form, s); err == nil {
			l.pkg.Embargo = at
			return
		}
	}
	m.Fail("embargo_until", "embargo_until is %q, neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ", clip(s))
}

// source reads the contests or courses that the problem comes from.
func (l *loader) source(m strictyaml.Mapping) {
	for _, src := range m.Get("source").List() {
		if !src.IsMap() {
			l.pkg.Sources = append(l.pkg.Sources, Origin{Name: strings.Join(src.Texts("source"), "")})
			continue
		}
		s := src.Mapping("source", "name", "url")
		if !s.Has("name") {
			s.Fail("name", "a source needs a name")
		}
		l.pkg.Sources = append(l.pkg.Sources, Origin{Name: s.Text("name"), URL: s.Text("url")})
	}
}

// readConstants reads what {{name}} stands for in texts and programs.
func (l *loader) readConstants(m strictyaml.Mapping) {
	consts := m.Get("constants").Mapping("constants")
	for _, name := range consts.Keys {
		if !constantForm.MatchString(name) {
			consts.Fail(name, "constant %q is not a name of letters, digits and underscores", clip(name))
			continue
		}
		if l.constants == nil {
			l.constants = map[string]string{}
		}
		text := consts.Text(name)
		if len(text) > maxConstant {
			consts.Fail(name, "constant %s has more than %d bytes", clip(name), maxConstant)
			continue
		}
		l.constants[name] = text
	}
}

// types reads what kind of problem it is.
func (l *loader) types(m strictyaml.Mapping) {
	seen := map[string]bool{}
	for _, t := range m.Texts("type") {
		if seen[t] {
			m.Fail("type", "type %q is given twice", t)
		}
		seen[t] = true
		switch t {
		case "pass-fail":
		case "interactive":
			l.pkg.Interactive = true
		case "scoring", "multi-pass", "submit-answer":
			m.Fail("type", "problems of type %s are not supported", t)
		default:
			m.Fail("type", "type %q is not one of pass-fail, scoring, multi-pass, interactive, submit-answer", clip(t))
		}
	}
	if seen["pass-fail"] && seen["scoring"] {
		m.Fail("type", "a problem is either pass-fail or scoring")
	}
}

// limits reads what both versions say alike.
func (l *loader) limits(m strictyaml.Mapping) {
	p := l.pkg.Problem
	p.Limits.CPU = Seconds(m.Positive("time_limit"))
	p.Limits.Memory = judge.Bytes(m.Count("memory")) * judge.MiB
	p.Limits.Output = judge.Bytes(m.Count("output")) * judge.MiB
	p.Validation.Limits = judge.Limits{CPU: validatorCPU, Memory: validatorMemory}
	if n := m.Count("validation_time"); n > 0 {
		p.Validation.Limits.CPU = Seconds(float64(n))
	}
	if n := m.Count("validation_memory"); n > 0 {
		p.Validation.Limits.Memory = judge.Bytes(n) * judge.MiB
	}
	p.Validation.Limits.Output = judge.Bytes(m.Count("validation_output")) * judge.MiB
	checkLimits(m, p.Limits, "")
	checkLimits(m, p.Validation.Limits, "validation_")
	// Compilers are bounded by the sandbox for all problems alike.
	for _, key := range []string{"code", "compilation_time", "compilation_memory"} {
		m.Count(key)
	}
}

// checkLimits refuses limits that are out of bounds and names their keys.
func checkLimits(m strictyaml.Mapping, lim judge.Limits, prefix string) {
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
		m.Fail(key, "%s is %s; at most %s are taken", key, lim.CPU, judge.MaxCPU)
	case "limits.memory_kib":
		m.Fail(prefix+"memory", "%smemory is %s; it must be between %s and %s", prefix, lim.Memory, judge.MinMemory, judge.MaxMemory)
	default:
		m.Fail(prefix+"output", "%soutput is %s; at most %s are taken", prefix, lim.Output, judge.MaxOutput)
	}
}

// license reads what may be done with the problem, and by whose leave.
func (l *loader) license(m strictyaml.Mapping) {
	l.pkg.License = m.Choice("license", licenses...)
	l.pkg.RightsOwner = m.Text("rights_owner")
	switch {
	case l.pkg.License == "public domain" && m.Has("rights_owner"):
		m.Fail("rights_owner", "a problem in the public domain has no rights_owner")
	case l.pkg.License != "unknown" && l.pkg.License != "public domain" &&
		l.pkg.RightsOwner == "" && len(l.pkg.Credits.Authors) == 0 && !m.Has("source"):
		m.Fail("license", "license %s needs a rights_owner, an author or a source", l.pkg.License)
	}
}

func (l *loader) uuid(m strictyaml.Mapping) {
	l.pkg.UUID = strings.ToLower(m.Text("uuid"))
	if m.Has("uuid") && !uuidForm.MatchString(l.pkg.UUID) {
		m.Fail("uuid", "uuid is %q, which is not a UUID", clip(m.Text("uuid")))
	}
}

// languages reads which languages a problem may be solved in.
func (l *loader) languages(m strictyaml.Mapping, key string) {
	codes := m.Texts(key)
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
		m.Fail(key, "none of the languages is go, java or python3")
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
