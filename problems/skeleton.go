package problems

import (
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/docketjudge/docket/judge"
)

//go:embed all:skeleton
var skeletons embed.FS

// SkeletonKinds are the kinds of packages that [WriteSkeleton] knows.
var SkeletonKinds = []string{"function", "class", "program"}

// WriteSkeleton writes a package that is complete and small, to be made into
// another one: dir/slug, which must not exist.
func WriteSkeleton(dir, kind string, slug judge.Slug) (string, error) {
	if !judge.ValidSlug(string(slug)) {
		return "", fmt.Errorf("%q is not a slug: 1 to 64 lower-case letters, digits and inner dashes", slug)
	}
	root := filepath.Join(dir, string(slug))
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // a package is for everybody to read
		return "", err
	}
	if err := os.Mkdir(root, 0o755); err != nil { //nolint:gosec // the same
		if errors.Is(err, fs.ErrExist) {
			return "", fmt.Errorf("%s is there already", root)
		}
		return "", err
	}
	words := strings.NewReplacer("@NAME@", title(slug), "@UUID@", newUUID())
	tree, err := fs.Sub(skeletons, "skeleton/"+kind)
	if err != nil {
		return "", err
	}
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

// newUUID is a random one, of version 4.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // does not fail
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
