package judge

import (
	"path"
	"slices"
	"strings"
)

// Language is one of the languages that Docket judges.
type Language string

// The languages, as they are spelled in the API.
const (
	Go     Language = "go"
	Java   Language = "java"
	Python Language = "python"
)

// Languages lists every language in the order in which people see them.
func Languages() []Language { return []Language{Go, Java, Python} }

// Valid reports whether l is a language that Docket knows.
func (l Language) Valid() bool { return slices.Contains(Languages(), l) }

// Name is the language's name for people.
func (l Language) Name() string {
	switch l {
	case Go:
		return "Go"
	case Java:
		return "Java"
	case Python:
		return "Python"
	}
	return string(l)
}

// Extension is the ending of the language's source files, with its dot.
func (l Language) Extension() string {
	switch l {
	case Go:
		return ".go"
	case Java:
		return ".java"
	case Python:
		return ".py"
	}
	return ""
}

// MainFile is the name given to a submission's only file when the client
// sends just its text, and the file that starts a Python submission of
// several files.
func (l Language) MainFile() string {
	switch l {
	case Go:
		return "main.go"
	case Java:
		return "Main.java"
	case Python:
		return "main.py"
	}
	return "main"
}

// LanguageOf guesses a language from a file's extension. It returns false
// when no language uses it.
func LanguageOf(file string) (Language, bool) {
	ext := strings.ToLower(path.Ext(file))
	for _, l := range Languages() {
		if l.Extension() == ext {
			return l, true
		}
	}
	return "", false
}
