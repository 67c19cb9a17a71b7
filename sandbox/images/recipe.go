package images

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The directories of the images, and the runner where it has been built. That
// of python has tests beside the files of its image.
//
//go:embed all:bin go-build go-run java python/Dockerfile python/zygote.py
var embedded embed.FS

// runnerFile is where `go generate` puts the runner.
const runnerFile = "bin/runner"

// errNoRunner says how to get a docket that can make images.
var errNoRunner = errors.New("this docket was built without its runner: run `go generate ./sandbox/images`, then build it again (make does both)")

// runner is the program that is PID 1 in every box.
func runner() ([]byte, error) {
	b, err := embedded.ReadFile(runnerFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNoRunner
	}
	return b, err
}

// entry is one file or directory of a build context.
type entry struct {
	name string // relative; a directory's ends in a slash
	mode int64
	data []byte
	from string // instead of data: a file of this host
	link string // instead of data: where a symbolic link leads
}

// recipe is what one image is built from: its Dockerfile and all that goes
// with it. The toolchain of Go is added when it is built; identity stands for
// it.
type recipe struct {
	entries  []entry
	target   string // the stage of the Dockerfile
	identity []string
}

// recipeFor collects the embedded files of an image.
func recipeFor(n Name, runner []byte, goVersion string) (recipe, error) {
	var r recipe
	dir := string(n)
	if n == JavaBuild || n == JavaRun {
		dir, r.target = "java", dir
	}
	err := fs.WalkDir(embedded, dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return nil
		}
		b, err := embedded.ReadFile(p)
		r.entries = append(r.entries, entry{name: strings.TrimPrefix(p, dir+"/"), mode: 0o644, data: b})
		return err
	})
	if err != nil {
		return recipe{}, fmt.Errorf("reading embedded files: %w", err)
	}
	r.entries = append(r.entries, entry{name: "runner", mode: 0o755, data: runner})
	if n == GoBuild || n == GoRun {
		r.entries = append(r.entries, bareRoot()...)
		r.identity = append([]string{goVersion}, stdlibEnv...)
		r.identity = append(r.identity, stdlibFlags...)
		r.identity = append(r.identity, driverImports(), packageLine(GoStack), labelGoSettings)
	}
	return r, nil
}

// bareRoot is what an image without a distribution needs.
func bareRoot() []entry {
	return []entry{
		{name: "root/", mode: 0o755},
		{name: "root/box/", mode: 0o755},
		{name: "root/docket/", mode: 0o755},
		{name: "root/etc/", mode: 0o755},
		{name: "root/etc/group", mode: 0o644, data: []byte("root:x:0:\nnogroup:x:65534:\n")},
		{name: "root/etc/passwd", mode: 0o777, link: PasswdFile},
		{name: "root/tmp/", mode: 0o1777},
		{name: "root/work/", mode: 0o1777},
	}
}

// digest is the identity of all that goes into an image.
func (r recipe) digest() string {
	h := sha256.New()
	part := func(b []byte) {
		_, _ = fmt.Fprintf(h, "%d:", len(b)) // a hash takes everything
		h.Write(b)
	}
	for _, s := range append([]string{"1", r.target}, r.identity...) {
		part([]byte(s))
	}
	for _, e := range sorted(r.entries) {
		part([]byte(e.name))
		part([]byte(strconv.FormatInt(e.mode, 8)))
		part(e.data)
		part([]byte(e.link))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func sorted(entries []entry) []entry {
	return slices.SortedFunc(slices.Values(entries), func(a, b entry) int { return strings.Compare(a.name, b.name) })
}

// writeContext writes a build context. The same entries give the same bytes,
// so that the engine's build cache knows them again.
func writeContext(w io.Writer, entries []entry) error {
	tw := tar.NewWriter(w)
	for _, e := range sorted(entries) {
		if err := writeEntry(tw, e); err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
	}
	return tw.Close()
}

func writeEntry(tw *tar.Writer, e entry) error {
	h := &tar.Header{Name: path.Clean(e.name), Mode: e.mode, Size: int64(len(e.data)), ModTime: time.Unix(0, 0), Typeflag: tar.TypeReg}
	if strings.HasSuffix(e.name, "/") {
		h.Name, h.Typeflag = h.Name+"/", tar.TypeDir
	}
	var content io.Reader = bytes.NewReader(e.data)
	if e.link != "" {
		h.Typeflag, h.Linkname = tar.TypeSymlink, e.link
	}
	if e.from != "" {
		f, err := os.Open(e.from)
		if err != nil {
			return err
		}
		defer f.Close() //nolint:errcheck // only read
		info, err := f.Stat()
		if err != nil {
			return err
		}
		h.Size, content = info.Size(), f
	}
	if err := tw.WriteHeader(h); err != nil {
		return err
	}
	_, err := io.CopyN(tw, content, h.Size)
	return err
}
