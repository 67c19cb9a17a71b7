package problems

import (
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
)

var (
	statementForm = regexp.MustCompile(`^problem(?:\.([a-z]{2,3}(?:-[A-Z]{2})?))?\.(md|tex|pdf)$`)
	editorialForm = regexp.MustCompile(`^solution(?:\.([a-z]{2,3}(?:-[A-Z]{2})?))?\.(?:md|tex|pdf)$`)
	texName       = regexp.MustCompile(`(?m)^%%\s*plainproblemname:\s*(.+?)\s*$|\\problemname\{([^{}]*)\}`)
)

// statements reads the texts of a problem. Markdown is preferred where a
// language has several files; a PDF cannot be shown and is left out.
func (l *loader) statements() {
	dir := "statement"
	if l.legacy() && !l.tree.isDir(dir) {
		dir = "problem_statement"
	}
	langs := map[string]bool{}
	for _, name := range l.tree.names(dir) {
		m := statementForm.FindStringSubmatch(name)
		p := path.Join(dir, name)
		if m == nil {
			if strings.HasPrefix(name, "problem.") {
				l.refuse(p, 0, "must be named problem.<language>.md, .tex or .pdf")
			}
			continue
		}
		lang, form := m[1], m[2]
		if lang == "" {
			if !l.legacy() {
				l.refuse(p, 0, "must name its language: problem.en.%s", form)
				continue
			}
			lang = "en"
		}
		langs[lang] = true
		if form == "pdf" {
			l.warn("%s is not shown: it is a PDF", p)
			continue
		}
		if have, ok := l.pkg.Statements[lang]; ok && have.Format == "md" {
			continue
		}
		text := l.text(p, maxStatement)
		if strings.TrimSpace(text) == "" {
			l.refuse(p, 0, "is empty")
		}
		l.pkg.Statements[lang] = Statement{Text: l.expand(text), Format: form}
	}
	if len(langs) == 0 {
		l.refuse(dir, 0, "holds no problem.<language>.md")
		return
	}
	l.names(dir, langs)

	p := l.pkg.Problem
	main := mainLanguage(l.pkg.Statements)
	s := l.pkg.Statements[main]
	if s.Format == "md" {
		s.Text = l.withSamples(path.Join(dir, "problem."+main+".md"), s.Text)
	}
	p.Statement = s.Text
	if p.Title = l.pkg.Names[main]; p.Title == "" {
		p.Title = string(l.slug)
	}
}

// editorials lists the explanations for authors and teachers, which Docket
// keeps but does not show.
func (l *loader) editorials() {
	for _, name := range l.tree.names("solution") {
		m := editorialForm.FindStringSubmatch(name)
		switch {
		case m == nil:
		case m[1] == "":
			l.pkg.Editorials = append(l.pkg.Editorials, "en")
		default:
			l.pkg.Editorials = append(l.pkg.Editorials, m[1])
		}
	}
}

// names compares the languages of the names with those of the statements.
func (l *loader) names(dir string, langs map[string]bool) {
	if l.legacy() {
		if l.pkg.Names["en"] != "" {
			return
		}
		delete(l.pkg.Names, "en")
		for lang, s := range l.pkg.Statements {
			if m := texName.FindStringSubmatch(s.Text); m != nil {
				l.pkg.Names[lang] = m[1] + m[2]
			}
		}
		return
	}
	for _, lang := range slices.Sorted(maps.Keys(langs)) {
		if _, ok := l.pkg.Names[lang]; !ok {
			l.refuse("problem.yaml", 0, "there is a statement in %s, but no name", lang)
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(l.pkg.Names)) {
		if !langs[lang] {
			l.refuse("problem.yaml", 0, "there is a name in %s, but no %s/problem.%s.md", lang, dir, lang)
		}
	}
}

// mainLanguage prefers English.
func mainLanguage(s map[string]Statement) string {
	if _, ok := s["en"]; ok {
		return "en"
	}
	langs := slices.Sorted(maps.Keys(s))
	if len(langs) == 0 {
		return ""
	}
	return langs[0]
}

// sample reads what the statement shows of a sample.
func (l *loader) sample(test string, d TestDetail) {
	s := Sample{Name: strings.TrimPrefix(test, "data/"), Description: d.Description}
	first := func(endings ...string) string {
		for _, e := range endings {
			if l.tree.isFile(test + e) {
				return test + e
			}
		}
		return ""
	}
	if p := first(".interaction"); p != "" {
		for _, e := range []string{".in.statement", ".ans.statement", ".out"} {
			if l.tree.isFile(test + e) {
				l.refuse(test+e, 0, "cannot be beside %s.interaction", path.Base(test))
			}
		}
		s.Interaction, s.Truncated = l.shown(p)
		l.checkInteraction(p, s.Interaction)
	} else {
		if l.tree.isFile(test+".out") && l.tree.isFile(test+".ans.statement") {
			l.refuse(test+".out", 0, "cannot be beside %s.ans.statement", path.Base(test))
		}
		if l.pkg.Interactive && l.legacy() {
			l.refuse(test+".in", 0, "a sample of an interactive problem needs %s.interaction", path.Base(test))
			return
		}
		var cut bool
		s.Input, s.Truncated = l.shown(first(".in.statement", ".in"))
		s.Output, cut = l.shown(first(".ans.statement", ".out", ".ans"))
		s.Truncated = s.Truncated || cut
	}
	l.pkg.Samples = append(l.pkg.Samples, s)
}

// shown reads the beginning of a text.
func (l *loader) shown(p string) (string, bool) {
	if p == "" {
		return "", false // a draft's sample, whose answer is still to be made
	}
	f, err := l.tree.fsys.Open(p)
	if err != nil {
		l.refuse(p, 0, "%s", err)
		return "", false
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, int64(judge.MaxSample)))
	if err != nil {
		l.refuse(p, 0, "%s", err)
	}
	return strings.ToValidUTF8(string(text), "\uFFFD"), l.tree.files[p] > judge.MaxSample
}

func (l *loader) checkInteraction(p, text string) {
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		if line != "" && line[0] != '<' && line[0] != '>' {
			l.refuse(p, i+1, "a line must begin with < or >")
			return
		}
	}
}

var sampleTag = regexp.MustCompile(`\{\{(nextsample|remainingsamples)\}\}`)

// withSamples puts samples in the places that a statement has for them.
func (l *loader) withSamples(p, text string) string {
	samples := l.pkg.Samples
	var b strings.Builder
	next, done := 0, 0
	for _, m := range sampleTag.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(text[done:m[0]])
		done = m[1]
		last := len(samples)
		if text[m[2]:m[3]] == "nextsample" {
			if last = next + 1; last > len(samples) {
				l.refuse(p, 1+strings.Count(text[:m[0]], "\n"), "there are only %d samples to include", len(samples))
				break
			}
		}
		for ; next < last; next++ {
			b.WriteString(samples[next].Markdown(next + 1))
		}
	}
	b.WriteString(text[done:])
	return b.String()
}

// Markdown is how a statement shows the sample, the n-th from 1.
func (s Sample) Markdown(n int) string {
	var b strings.Builder
	block := func(title, text string) {
		fence := "```"
		for strings.Contains(text, fence) {
			fence += "`"
		}
		_, _ = fmt.Fprintf(&b, "**%s %d**\n\n%s\n%s\n%s\n\n", title, n, fence, strings.TrimSuffix(text, "\n"), fence)
	}
	if s.Interaction != "" {
		block("Sample interaction", s.Interaction)
		return b.String()
	}
	block("Sample input", s.Input)
	block("Sample output", s.Output)
	return b.String()
}
