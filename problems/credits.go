package problems

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
