package sandbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
)

// compileGo compiles one package of these files and of others that lie in the
// box already.
func (b *box) compileGo(ctx context.Context, p images.GoPackage, files []judge.File, others ...string) (judge.Result, string, error) {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name
	}
	names = append(names, others...)
	if err := b.putSources(p.Dir, files); err != nil {
		return judge.Result{}, "", err
	}
	argv, env := images.GoCompile(p, names)
	return b.tool(ctx, argv, env, p.Dir)
}

// goDriverParts divides a driver into the packages that do not know the
// solution, in the order in which they depend on each other, and the program.
func goDriverParts(files []judge.File) (packages map[string][]judge.File, order []string, program []judge.File) {
	packages = map[string][]judge.File{}
	for _, f := range files {
		dir, name := path.Split(f.Name)
		if dir == "" {
			program = append(program, f)
			continue
		}
		dir = strings.TrimSuffix(dir, "/")
		if packages[dir] == nil {
			order = append(order, dir)
		}
		packages[dir] = append(packages[dir], judge.File{Name: name, Content: f.Content})
	}
	return packages, order, program
}

// compileGoDriver compiles everything but links nothing: the driver's
// packages, the solution, and the program that joins them. It returns false
// with the outcome when the solution is at fault.
func (s *slot) compileGoDriver(ctx context.Context, b *box, program images.GoPackage, src judge.Source) (judge.Build, bool, error) {
	packages, order, main := goDriverParts(src.Driver)
	for _, importPath := range order {
		p := images.GoPackage{Path: importPath, Dir: path.Join(goDriver, importPath), Driver: true}
		if err := s.archiveGo(ctx, b, p, packages[importPath]); err != nil {
			return judge.Build{}, false, err
		}
	}
	// The solution cannot import the driver, whatever it might do with it.
	r, out, err := b.compileGo(ctx, images.GoPackage{Path: images.GoSolution, Dir: goSrc}, src.Files)
	if err != nil || r.ExitCode != 0 || toolFate(r) != "" {
		return failedBuild(r, goWords(out)), false, err
	}
	r, out, err = b.compileGo(ctx, program, main)
	if err != nil || r.ExitCode != 0 || toolFate(r) != "" {
		return failedBuild(r, src.Mismatch+"\n"+driverWords(goWords(out), main)), false, err
	}
	return judge.Build{}, true, nil
}

// archiveGo puts a compiled package of a driver in its place. Those are the
// same for every submission, so they are compiled once.
func (s *slot) archiveGo(ctx context.Context, b *box, p images.GoPackage, files []judge.File) error {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%s\n%s\n", s.docker.set.Image(goBuild.name), p.Path)
	for _, f := range files {
		_, _ = fmt.Fprintf(h, "%d:%s%d:%s", len(f.Name), f.Name, len(f.Content), f.Content)
	}
	key := "go-package:" + hex.EncodeToString(h.Sum(nil))
	if a, ok := s.docker.cache.get(key); ok {
		return b.put(p.Archive(), a.Data, false)
	}
	r, out, err := b.compileGo(ctx, p, files)
	if err != nil {
		return err
	}
	if r.ExitCode != 0 || toolFate(r) != "" {
		return fmt.Errorf("the driver's package %s does not compile: %s %s", p.Path, toolFate(r), goWords(out))
	}
	data, err := b.get(p.Object(), maxArtifact)
	if err != nil {
		return err
	}
	s.docker.cache.put(judge.Artifact{Language: judge.Go, Key: key, Data: data})
	return b.put(p.Archive(), data, false)
}

// driverWords drops the places in a driver's files from what a compiler says:
// its author never saw them.
func driverWords(words string, driver []judge.File) string {
	var lines []string
	for line := range strings.Lines(words) {
		for _, f := range driver {
			if rest, ok := strings.CutPrefix(line, f.Name+":"); ok {
				line = strings.TrimLeft(rest, "0123456789: ")
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "")
}
