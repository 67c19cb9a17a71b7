package problems

import (
	"path"
	"slices"
	"strings"
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
		return l.legacySettings(root.mapping(p, groupKeysLegacy...), s)
	}
	m := root.mapping(p, groupKeys2025...)
	for _, key := range []string{"max_score", "score_aggregation", "require_pass"} {
		if m.has(key) {
			m.fail(key, "%s is for scoring problems, which are not supported", key)
		}
	}
	for _, key := range []string{"static_validation_score", "static_validator_args"} {
		if m.has(key) {
			m.fail(key, "static validators are not supported")
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
	m := root.mapping(path.Base(test)+".yaml", testKeys2025...)
	d.Hint, d.Description = m.text("hint"), m.text("description")
	return l.overrides(m, s)
}

// overrides reads the keys that groups and tests have in common.
func (l *loader) overrides(m mapping, s settings) settings {
	if m.has("args") {
		s.args = m.texts("args")
	}
	if m.has("input_validator_args") {
		s.inputFlags = map[string][]string{}
		if v := m.get("input_validator_args"); v.isMap() {
			by := v.mapping("input_validator_args")
			for _, name := range by.keys {
				s.inputFlags[name] = by.texts(name)
			}
		} else {
			s.inputFlags[""] = v.texts("input_validator_args")
		}
	}
	if m.has("output_validator_args") {
		s.outputFlags = m.texts("output_validator_args")
		s.path, s.line = m.path(), m.lineOf("output_validator_args")
	}
	s.fullFeedback = m.flag("full_feedback", s.fullFeedback)
	return s
}

func (l *loader) legacySettings(m mapping, inherited settings) settings {
	s := settings{fullFeedback: inherited.fullFeedback, outputFlags: l.validFlags, path: "problem.yaml"}
	s.onReject = m.choice("on_reject", "break", "continue")
	if g := m.text("grading"); g != "" && g != "default" {
		m.fail("grading", "grading %q is not supported", clip(g))
	}
	if flags := strings.Fields(m.text("grader_flags")); len(flags) > 0 && !slices.Equal(flags, []string{"first_error"}) {
		m.fail("grader_flags", "grader_flags %q are not supported", clip(m.text("grader_flags")))
	}
	for _, key := range []string{"accept_score", "reject_score", "range"} {
		if m.has(key) {
			m.fail(key, "%s is for scoring problems, which are not supported", key)
		}
	}
	if m.has("input_validator_flags") {
		name, flags := legacyFlags(m, "input_validator_flags")
		s.inputFlags = map[string][]string{name: flags}
	}
	if m.has("output_validator_flags") {
		name, flags := legacyFlags(m, "output_validator_flags")
		if name != "" && name != l.outName && name != strings.TrimSuffix(l.outName, path.Ext(l.outName)) {
			m.fail("output_validator_flags", "output validator %q does not exist", clip(name))
		}
		s.outputFlags = slices.Concat(l.validFlags, flags)
		s.path, s.line = m.path(), m.lineOf("output_validator_flags")
	}
	return s
}

// legacyFlags reads flags given as a string, or for a validator by its name.
func legacyFlags(m mapping, key string) (name string, flags []string) {
	v := m.get(key)
	if !v.isMap() {
		return "", strings.Fields(m.text(key))
	}
	by := v.mapping(key, "name", "flags")
	return by.text("name"), strings.Fields(by.text("flags"))
}
