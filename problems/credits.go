package problems

import "github.com/docketjudge/docket/problems/strictyaml"

// credits reads who made the problem.
func (l *loader) credits(m strictyaml.Mapping) {
	c := &l.pkg.Credits
	v := m.Get("credits")
	if !v.IsMap() {
		c.Authors = persons(v)
		return
	}
	cm := v.Mapping("credits", "authors", "contributors", "testers", "translators", "packagers", "acknowledgements")
	c.Authors = persons(cm.Get("authors"))
	c.Contributors = persons(cm.Get("contributors"))
	c.Testers = persons(cm.Get("testers"))
	c.Packagers = persons(cm.Get("packagers"))
	c.Acknowledgements = persons(cm.Get("acknowledgements"))
	tr := cm.Get("translators").Mapping("translators")
	for _, lang := range tr.Keys {
		if c.Translators == nil {
			c.Translators = map[string][]string{}
		}
		c.Translators[lang] = persons(tr.Get(lang))
	}
}

// persons reads one person or several, each a string or a map.
func persons(v strictyaml.Value) []string {
	var out []string
	for _, one := range v.List() {
		if !one.IsMap() {
			out = append(out, one.Texts("a person")...)
			continue
		}
		p := one.Mapping("a person", "name", "email", "orcid", "kattis")
		name := p.Text("name")
		if name == "" {
			p.Fail("name", "a person needs a name")
		}
		if mail := p.Text("email"); mail != "" {
			name += " <" + mail + ">"
		}
		out = append(out, name)
	}
	return out
}
