package problems

import (
	"path"
	"slices"
	"strings"

	"github.com/docketjudge/docket/problems/strictyaml"
)

var (
	groupKeys2025 = []string{"max_score", "score_aggregation", "static_validation_score", "require_pass", "args",
		"input_validator_args", "static_validator_args", "output_validator_args", "input_visualizer_args",
		"output_visualizer_args", "full_feedback"}
	testKeys2025 = []string{"args", "input_validator_args", "output_validator_args", "input_visualizer_args",
		"output_visualizer_args", "full_feedback", "hint", "description"}
	groupKeysLegacy = []string{"on_reject", "grading", "grader_flags", "input_validator_flags",
		"output_validator_flags", "accept_score", "reject_score", "range"}
)

// groupSettings applies a group's configuration to what it inherits. In the
// legacy format the nearest file counts as a whole; in 2025-09, where the
// text is silent about groups below secret/, a key that is absent is
// inherited.
func (l *loader) groupSettings(dir string, s settings) settings {
	p := path.Join(dir, configs[l.pkg.Format])
	root, ok := l.yaml(p, true)
	if !ok {
		return s
	}
	if l.legacy() {
		return l.legacySettings(root.Mapping(p, groupKeysLegacy...), s)
	}
	m := root.Mapping(p, groupKeys2025...)
	for _, key := range []string{"max_score", "score_aggregation", "require_pass"} {
		if m.Has(key) {
			m.Fail(key, "%s is for scoring problems, which are not supported", key)
		}
	}
	for _, key := range []string{"static_validation_score", "static_validator_args"} {
		if m.Has(key) {
			m.Fail(key, "static validators are not supported")
		}
	}
	return l.overrides(m, s)
}

// testSettings applies the configuration of a single test.
func (l *loader) testSettings(test string, s settings, d *TestDetail) settings {
	root, ok := l.yaml(test+".yaml", true)
	if !ok {
		return s
	}
	m := root.Mapping(path.Base(test)+".yaml", testKeys2025...)
	d.Hint, d.Description = m.Text("hint"), m.Text("description")
	return l.overrides(m, s)
}

// overrides reads the keys that groups and tests have in common.
func (l *loader) overrides(m strictyaml.Mapping, s settings) settings {
	if m.Has("args") {
		s.args = m.Texts("args")
	}
	if m.Has("input_validator_args") {
		s.inputFlags = map[string][]string{}
		if v := m.Get("input_validator_args"); v.IsMap() {
			by := v.Mapping("input_validator_args")
			for _, name := range by.Keys {
				s.inputFlags[name] = by.Texts(name)
			}
		} else {
			s.inputFlags[""] = v.Texts("input_validator_args")
		}
	}
	if m.Has("output_validator_args") {
		s.outputFlags = m.Texts("output_validator_args")
		s.path, s.line = m.Path(), m.LineOf("output_validator_args")
	}
	s.fullFeedback = m.Flag("full_feedback", s.fullFeedback)
	return s
}

func (l *loader) legacySettings(m strictyaml.Mapping, inherited settings) settings {
	s := settings{fullFeedback: inherited.fullFeedback, outputFlags: l.validFlags, path: "problem.yaml"}
	s.onReject = m.Choice("on_reject", "break", "continue")
	if g := m.Text("grading"); g != "" && g != "default" {
		m.Fail("grading", "grading %q is not supported", clip(g))
	}
	if flags := strings.Fields(m.Text("grader_flags")); len(flags) > 0 && !slices.Equal(flags, []string{"first_error"}) {
		m.Fail("grader_flags", "grader_flags %q are not supported", clip(m.Text("grader_flags")))
	}
	for _, key := range []string{"accept_score", "reject_score", "range"} {
		if m.Has(key) {
			m.Fail(key, "%s is for scoring problems, which are not supported", key)
		}
	}
	if m.Has("input_validator_flags") {
		name, flags := legacyFlags(m, "input_validator_flags")
		s.inputFlags = map[string][]string{name: flags}
	}
	if m.Has("output_validator_flags") {
		name, flags := legacyFlags(m, "output_validator_flags")
		if name != "" && name != l.outName && name != strings.TrimSuffix(l.outName, path.Ext(l.outName)) {
			m.Fail("output_validator_flags", "output validator %q does not exist", clip(name))
		}
		s.outputFlags = slices.Concat(l.validFlags, flags)
		s.path, s.line = m.Path(), m.LineOf("output_validator_flags")
	}
	return s
}

// legacyFlags reads flags given as a string, or for a validator by its name.
func legacyFlags(m strictyaml.Mapping, key string) (name string, flags []string) {
	v := m.Get(key)
	if !v.IsMap() {
		return "", strings.Fields(m.Text(key))
	}
	by := v.Mapping(key, "name", "flags")
	return by.Text("name"), strings.Fields(by.Text("flags"))
}
