package problems

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/signature"
	"github.com/docketjudge/docket/problems/strictyaml"
)

// Load reads the package at the root of a file system: a directory, an
// embedded tree or a zip archive. The slug is the problem's name in Docket;
// the format has no place for it but the name of the directory. A package
// that cannot be used is refused with a [BrokenError].
//
// The file system must stay usable for as long as the package is, because
// tests are read where they lie.
func Load(fsys fs.FS, slug judge.Slug) (*Package, error) {
	return load(fsys, slug, false)
}

func load(fsys fs.FS, slug judge.Slug, draft bool) (*Package, error) {
	l := &loader{slug: slug, draft: draft, pkg: &Package{
		Problem:    &judge.Problem{Slug: slug, LanguageLimits: map[judge.Language]judge.Limits{}},
		Names:      map[string]string{},
		Statements: map[string]Statement{},
		Tests:      map[string]TestDetail{},
	}, known: map[string]bool{}}
	if !judge.ValidSlug(string(slug)) {
		l.refuse(".", 0, "%q is not a slug: 1 to 64 lower-case letters, digits and inner dashes", clip(string(slug)))
		return nil, l.broken()
	}
	var err error
	if l.tree, err = readTree(fsys, l.add); err != nil {
		l.refuse(".", 0, "cannot be read: %s", err)
	}
	if len(l.refusals) > 0 {
		return nil, l.broken()
	}
	l.load()
	l.pkg.Files = slices.Sorted(maps.Keys(l.tree.files))
	if len(l.refusals) > 0 {
		return nil, l.broken()
	}
	if l.pkg.Problem.Revision, err = l.tree.digest(); err != nil {
		return nil, fmt.Errorf("loading problem %s: %w", slug, err)
	}
	return l.pkg, nil
}

// LoadDir reads the package in a directory; its slug is the directory's
// name. Links that lead out of the directory are refused.
func LoadDir(dir string) (*Package, error) { return loadDir(dir, false) }

// LoadDraft reads the package in a directory while an author writes it. The
// answers of committed inputs and the digests of generated ones may be missing:
// a forge makes them, and nothing can be judged before.
func LoadDraft(dir string) (*Package, error) { return loadDir(dir, true) }

func loadDir(dir string, draft bool) (*Package, error) {
	abs, err := absolute(dir)
	if err != nil {
		return nil, err
	}
	// The root stays open with the package, whose tests are read through it.
	root, err := os.OpenRoot(abs)
	if err != nil {
		return nil, fmt.Errorf("loading problem: %w", err)
	}
	pkg, err := load(dirFS{root, "."}, judge.Slug(path.Base(abs)), draft)
	if err != nil {
		_ = root.Close()
	}
	return pkg, err
}

// loader gathers a package and all that is wrong with it.
type loader struct {
	slug     judge.Slug
	draft    bool // answers and digests that a forge is going to make may be missing
	tree     *tree
	pkg      *Package
	refusals []Refusal

	sig                 *signature.Signature // of a function problem
	constants           map[string]string
	known               map[string]bool  // the names of all tests and groups
	outName             string           // of the output validator, legacy
	validFlags          []string         // problem.yaml's flags for the output validator, legacy
	onReject            string           // docket.yaml's, or ""
	generate            []Generation     // in the order of docket.yaml
	generatedDisclosure judge.Disclosure // of generated tests, or "" for that of all
	genLine             map[string]int   // where docket.yaml names a generated test
	reference           string
	refLine             int
	outLine             int // where docket.yaml names what exports leave out
}

func (l *loader) refuse(path string, line int, format string, args ...any) {
	if len(l.refusals) < 50 {
		l.refusals = append(l.refusals, Refusal{Path: path, Line: line, Reason: fmt.Sprintf(format, args...)})
	}
}

func (l *loader) add(r Refusal) { l.refuse(r.Path, r.Line, "%s", r.Reason) }

func (l *loader) warn(format string, args ...any) {
	l.pkg.Warnings = append(l.pkg.Warnings, fmt.Sprintf(format, args...))
}

func (l *loader) broken() error {
	return &BrokenError{Slug: l.slug, Refusals: l.refusals}
}

func (l *loader) load() {
	if !l.metadata() {
		return
	}
	l.unsupported()
	l.docketYAML()
	l.outputValidator()
	l.inputValidators()
	l.signature()
	l.data()
	l.invalidInputs()
	l.submissions()
	l.chooseReference()
	l.leftOut()
	l.statements()
	l.editorials()
}

// legacy reports whether the package is of the older format.
func (l *loader) legacy() bool { return l.pkg.Format == FormatLegacy }

// unsupported refuses what would change how a submission is judged, and what
// Docket does not do.
func (l *loader) unsupported() {
	for dir, what := range map[string]string{
		"include":          "files added to every submission (include/) are not supported",
		"static_validator": "static validators are not supported",
		"graders":          "graders are not supported",
	} {
		if l.tree.isDir(dir) {
			l.refuse(dir, 0, "%s", what)
		}
	}
	for _, p := range l.tree.odd {
		top, _, _ := strings.Cut(p, "/")
		if top == "data" || top == "submissions" || strings.HasSuffix(top, "validator") || strings.HasSuffix(top, "validators") {
			if !strings.HasPrefix(path.Base(p), ".") {
				l.warn("%s is left out: its name has characters that the format does not take", p)
			}
		}
	}
}

// yaml parses a file of the package. It returns false when there is none or
// it was refused.
func (l *loader) yaml(p string, constants bool) (strictyaml.Value, bool) {
	if !l.tree.isFile(p) {
		return strictyaml.Value{}, false
	}
	text, err := l.tree.read(p, strictyaml.MaxSize)
	if err != nil {
		l.refuse(p, 0, "%s", err)
		return strictyaml.Value{}, false
	}
	if constants {
		text = []byte(l.expand(string(text)))
	}
	return strictyaml.Parse(p, text, func(e strictyaml.Error) { l.add(Refusal(e)) })
}

// text reads a small text file, or refuses it.
func (l *loader) text(p string, most judge.Bytes) string {
	b, err := l.tree.read(p, most)
	switch {
	case err != nil:
		l.refuse(p, 0, "%s", err)
	case !utf8.Valid(b):
		l.refuse(p, 0, "is not UTF-8 text")
	default:
		return string(b)
	}
	return ""
}

// expand puts the package's constants in the places of {{name}}.
func (l *loader) expand(s string) string {
	if len(l.constants) == 0 || !strings.Contains(s, "{{") {
		return s
	}
	pairs := make([]string, 0, 2*len(l.constants))
	for name, val := range l.constants {
		pairs = append(pairs, "{{"+name+"}}", val)
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// absolute is a directory's path in a form whose last part is its name.
func absolute(dir string) (string, error) {
	if path.IsAbs(dir) {
		return path.Clean(dir), nil
	}
	wd, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("loading problem: %w", err)
	}
	return path.Join(wd, dir), nil
}
