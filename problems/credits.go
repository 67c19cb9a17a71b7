package problems

// credits reads who made the problem.
func (l *loader) credits(m mapping) {
	c := &l.pkg.Credits
	v := m.get("credits")
	if !v.isMap() {
		c.Authors = persons(v)
		return
	}
	cm := v.mapping("credits", "authors", "contributors", "testers", "translators", "packagers", "acknowledgements")
	c.Authors = persons(cm.get("authors"))
	c.Contributors = persons(cm.get("contributors"))
	c.Testers = persons(cm.get("testers"))
	c.Packagers = persons(cm.get("packagers"))
	c.Acknowledgements = persons(cm.get("acknowledgements"))
	tr := cm.get("translators").mapping("translators")
	for _, lang := range tr.keys {
		if c.Translators == nil {
			c.Translators = map[string][]string{}
		}
		c.Translators[lang] = persons(tr.get(lang))
	}
}

// persons reads one person or several, each a string or a map.
func persons(v value) []string {
	var out []string
	for _, one := range v.list() {
		if !one.isMap() {
			out = append(out, one.texts("a person")...)
			continue
		}
		p := one.mapping("a person", "name", "email", "orcid", "kattis")
		name := p.text("name")
		if name == "" {
			p.fail("name", "a person needs a name")
		}
		if mail := p.text("email"); mail != "" {
			name += " <" + mail + ">"
		}
		out = append(out, name)
	}
	return out
}
