package problems

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"
)

var python2 = regexp.MustCompile(`^#!.*python2`)

// program reads a program that is a single file or a directory. It returns
// why that is not one that Docket can run, in words that follow its path.
func (l *loader) program(p string) (Program, string) {
	if !l.tree.isFile(p) && !l.tree.isDir(p) {
		return Program{}, "is missing"
	}
	lang, files, why := l.sources(p)
	if why != "" {
		return Program{}, why
	}
	for i := range files {
		files[i].Content = l.expand(files[i].Content)
	}
	return Program{Name: path.Base(p), Source: judge.Source{Language: lang, Files: files}}, ""
}

// sources reads the source files of a program and tells its language.
func (l *loader) sources(p string) (judge.Language, []judge.File, string) {
	var lang judge.Language
	var files []judge.File
	var total judge.Bytes
	for _, f := range l.tree.under(p) {
		base := path.Base(f)
		if base == "build" || base == "run" {
			return "", nil, "is built by a script, which is not supported"
		}
		one, ok := judge.LanguageOf(f)
		if !ok {
			continue
		}
		if lang != "" && one != lang {
			return "", nil, fmt.Sprintf("mixes %s and %s", lang.Name(), one.Name())
		}
		lang = one
		if total += l.tree.files[f]; total > judge.MaxSourceBytes {
			return "", nil, fmt.Sprintf("is larger than %s", judge.MaxSourceBytes)
		}
		b, err := l.tree.read(f, judge.MaxSourceBytes)
		if err != nil {
			return "", nil, "cannot be read: " + err.Error()
		}
		if !utf8.Valid(b) {
			return "", nil, "is not UTF-8 text"
		}
		if lang == judge.Python && python2.Match(b) {
			return "", nil, "is written in Python 2"
		}
		name := strings.TrimPrefix(f, p+"/")
		if f == p {
			name = base
		}
		files = append(files, judge.File{Name: name, Content: string(b)})
	}
	if lang == "" {
		return "", nil, "is not written in Go, Java or Python"
	}
	entryPoint(lang, files)
	if err := judge.ValidateFiles(lang, files); err != nil {
		return "", nil, "cannot be compiled: " + err.Error()
	}
	return lang, files, ""
}

// entryPoint gives the file that starts a Python program of several files the
// name by which Docket knows it.
func entryPoint(lang judge.Language, files []judge.File) {
	if lang != judge.Python || len(files) < 2 {
		return
	}
	for _, f := range files {
		if f.Name == judge.Python.MainFile() {
			return
		}
	}
	for i, f := range files {
		if f.Name == "__main__.py" {
			files[i].Name = judge.Python.MainFile()
		}
	}
}

// outputValidator reads the program that judges outputs. It is the only one of its directory: its
// files themselves (2025-09), or one file or directory (legacy).
func (l *loader) outputValidator() {
	dir := "output_validator"
	if l.legacy() {
		dir = "output_validators"
	} else if l.tree.isDir("output_validators") {
		l.refuse("output_validators", 0, "belongs to the legacy format; 2025-09 has output_validator/")
		return
	}
	if l.pkg.Interactive && !l.tree.isDir(dir) {
		l.refuse(dir, 0, "is missing: an interactive problem needs an output validator")
		return
	}
	if !l.tree.isDir(dir) {
		return
	}
	p := dir
	if names := l.tree.names(dir); len(names) == 1 {
		p = path.Join(dir, names[0])
	} else if l.legacy() {
		l.refuse(dir, 0, "holds %d validators; exactly one is supported", len(names))
		return
	}
	prog, why := l.program(p)
	if why != "" {
		l.refuse(p, 0, "%s", why)
		return
	}
	l.outName = prog.Name
	l.pkg.Problem.Validation.Validator = &prog.Source
	l.pkg.Problem.Validation.Interactive = l.pkg.Interactive
}

func (l *loader) inputValidators() {
	dir := "input_validators"
	if l.legacy() && !l.tree.isDir(dir) {
		dir = "input_format_validators"
	}
	names := l.tree.names(dir)
	if len(names) == 0 {
		l.refuse("input_validators", 0, "is missing: a package needs an input validator")
		return
	}
	for _, name := range names {
		p := path.Join(dir, name)
		if strings.HasPrefix(strings.ToLower(name), "readme") {
			continue
		}
		prog, why := l.program(p)
		if why != "" {
			l.warn("input validator %s is not run: it %s", p, why)
			continue
		}
		l.pkg.InputValidators = append(l.pkg.InputValidators, prog)
	}
}
