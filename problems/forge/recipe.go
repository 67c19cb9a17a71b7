package forge

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// A file with the right digest is not enough: the generator that made the file may
// have changed since, and only a host without the file would notice. So the forge
// also notes what each file was made from, and makes a file anew when that has
// changed.

// recipe names all of the package that a piece of data was made from.
func recipe(lang judge.Language, files []judge.File, args []string, input problems.Digest) (problems.Digest, error) {
	text, err := json.Marshal(struct {
		Language judge.Language
		Files    []judge.File
		Args     []string
		Input    problems.Digest
	}{lang, files, args, input})
	if err != nil {
		return "", fmt.Errorf("naming what it is made from: %w", err)
	}
	sum := sha256.Sum256(text)
	return problems.Digest(hex.EncodeToString(sum[:])), nil
}

// recipes of a generated test: those of its input and of its answer. The driver
// of a function problem is no part of either, since every version of it comes to
// the same answers.
func recipes(p *problems.Package, g problems.Generation, input problems.Digest) (in, answer problems.Digest, err error) {
	if in, err = recipe(g.Program.Source.Language, g.Program.Source.Files, g.Args, ""); err != nil {
		return "", "", err
	}
	var ref problems.Submission // a package without one is told so when it is run
	if p.Reference != nil {
		ref = *p.Reference
	}
	answer, err = recipe(ref.Language, ref.Files, testArgs(p, g.Test), input)
	return in, answer, err
}

func (f *Forge) recipePath(r problems.Digest) string {
	return filepath.Join(f.dir, "recipes", string(r))
}

// madeBy reports whether a recipe was seen to make data of a digest. Without a
// sandbox there is no finding out.
func (f *Forge) madeBy(r, d problems.Digest) bool {
	if f.sb == nil {
		return true
	}
	made, err := os.ReadFile(f.recipePath(r))
	return err == nil && problems.Digest(made) == d
}

// note remembers what a recipe made.
func (f *Forge) note(r, d problems.Digest) error {
	if err := os.MkdirAll(filepath.Dir(f.recipePath(r)), 0o750); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(f.dir, ".making-*")
	if err != nil {
		return err
	}
	_, err = tmp.WriteString(string(d))
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), f.recipePath(r))
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
		return fmt.Errorf("remembering what was made: %w", err)
	}
	return nil
}
