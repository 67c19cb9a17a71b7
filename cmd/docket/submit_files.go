package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// readProgram reads the sources that the arguments name and finds out their
// language. "-" is standard input. Errors are the caller's: exit code 2.
func readProgram(p *process, args []string, lang judge.Language) (judge.Language, []judge.File, error) {
	lang, err := languageOf(args, lang)
	if err != nil {
		return "", nil, err
	}
	names, err := programNames(args, lang)
	if err != nil {
		return "", nil, err
	}
	files := make([]judge.File, len(args))
	for i, arg := range args {
		text, err := readSource(p, arg)
		if err != nil {
			return "", nil, usageError("%w", err)
		}
		files[i] = judge.File{Name: names[i], Content: text}
	}
	return lang, files, checkProgram(args, lang, files)
}

// languageOf is the language that the files' extensions agree on, or the one
// that was asked for.
func languageOf(args []string, asked judge.Language) (judge.Language, error) {
	if asked != "" {
		if !asked.Valid() {
			return "", usageError("--lang: %q is not one of go, java, python", asked)
		}
		return asked, nil
	}
	var lang judge.Language
	for _, arg := range args {
		if arg == "-" {
			return "", usageError("a program on standard input needs its language: --lang go, java or python")
		}
		l, ok := judge.LanguageOf(filepath.ToSlash(arg))
		switch {
		case !ok:
			return "", usageError("%s: no language has the extension %q; name one with --lang go, java or python", arg, filepath.Ext(arg))
		case lang != "" && l != lang:
			return "", usageError("%s is %s, but %s is %s: a program is in one language", arg, l.Name(), args[0], lang.Name())
		}
		lang = l
	}
	return lang, nil
}

// programNames are the names under which the files are sent: their paths
// below the directory that they share. A single file that has a name which
// the judge would refuse gets the language's usual one.
func programNames(args []string, lang judge.Language) ([]string, error) {
	if len(args) == 1 {
		name := filepath.Base(args[0])
		if args[0] == "-" || judge.ValidateFiles(lang, []judge.File{{Name: name}}) != nil {
			name = lang.MainFile()
		}
		return []string{name}, nil
	}
	paths := make([]string, len(args))
	shared := ""
	for i, arg := range args {
		if arg == "-" {
			return nil, usageError("standard input can only be the whole program, not one of several files")
		}
		abs, err := filepath.Abs(arg)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", arg, err)
		}
		paths[i] = abs
		if i == 0 {
			shared = filepath.Dir(abs)
		}
		for !strings.HasPrefix(abs, strings.TrimSuffix(shared, "/")+"/") {
			shared = filepath.Dir(shared)
		}
	}
	names := make([]string, len(paths))
	for i, path := range paths {
		rel, err := filepath.Rel(shared, path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", args[i], err)
		}
		names[i] = filepath.ToSlash(rel)
	}
	return names, nil
}

func readSource(p *process, arg string) (string, error) {
	in := p.stdin
	name := "standard input"
	if arg != "-" {
		f, err := os.Open(arg) //nolint:gosec // the caller's own file
		if err != nil {
			return "", err
		}
		defer f.Close() //nolint:errcheck // only read
		in, name = f, arg
	}
	return readAtMost(in, name, judge.MaxSourceBytes)
}

// readAtMost reads a text whole.
func readAtMost(in io.Reader, name string, most judge.Bytes) (string, error) {
	b, err := io.ReadAll(io.LimitReader(in, int64(most)+1))
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", name, err)
	}
	if judge.Bytes(len(b)) > most {
		return "", fmt.Errorf("%s is too large: at most %s are taken", name, most)
	}
	return string(b), nil
}

// checkProgram finds what the server would refuse, and says it in terms of
// the arguments.
func checkProgram(args []string, lang judge.Language, files []judge.File) error {
	err := judge.ValidateFiles(lang, files)
	var wrong *judge.Error
	if !errors.As(err, &wrong) {
		return err
	}
	for i, arg := range args {
		if strings.HasPrefix(wrong.Field, fmt.Sprintf("files[%d].", i)) {
			if arg == "-" {
				arg = "standard input"
			}
			return usageError("%s: as a file of a %s program, its %s %s", arg, lang.Name(),
				strings.TrimPrefix(wrong.Field, fmt.Sprintf("files[%d].", i)), wrong.Message)
		}
	}
	return usageError("%s", wrong.Message)
}
