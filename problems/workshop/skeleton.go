package workshop

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/docketjudge/docket/judge"
)

// skeletons has a directory for each kind of package.
//
//go:embed all:skeleton
var skeletons embed.FS

// WriteSkeleton writes a package that is complete and small, to be made into
// another one: dir/slug, which must not exist. The kind is what it asks for:
// function, class or program.
func WriteSkeleton(dir, kind string, slug judge.Slug) (string, error) {
	kinds, err := skeletons.ReadDir("skeleton")
	if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(kinds, func(d fs.DirEntry) bool { return d.Name() == kind }) {
		return "", fmt.Errorf("there is no skeleton of kind %q", kind)
	}
	tree, err := fs.Sub(skeletons, "skeleton/"+kind)
	if err != nil {
		return "", err
	}
	if !judge.ValidSlug(string(slug)) {
		return "", fmt.Errorf("%q is not a slug: 1 to 64 lower-case letters, digits and inner dashes", slug)
	}
	root := filepath.Join(dir, string(slug))
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // a package is for everybody to read
		return "", err
	}
	if err := os.Mkdir(root, 0o755); err != nil { //nolint:gosec // the same
		if errors.Is(err, fs.ErrExist) {
			return "", fmt.Errorf("%q is there already", root)
		}
		return "", err
	}
	words := strings.NewReplacer("@NAME@", title(slug), "@UUID@", uuid.NewString())
	return root, fs.WalkDir(tree, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(root, filepath.FromSlash(p))
		if d.IsDir() {
			return os.MkdirAll(to, 0o755) //nolint:gosec // the same
		}
		text, err := fs.ReadFile(tree, p)
		if err != nil {
			return err
		}
		return os.WriteFile(to, []byte(words.Replace(string(text))), 0o644) //nolint:gosec // the same
	})
}

// title is a name to begin with.
func title(slug judge.Slug) string {
	s := strings.ReplaceAll(string(slug), "-", " ")
	return strings.ToUpper(s[:1]) + s[1:]
}
