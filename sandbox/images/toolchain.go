package images

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/version"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// minGo is the oldest Go that submissions may be compiled with.
const minGo = "go1.26"

// How the standard library is compiled. Debug information would only be read
// and dropped by every link; the rest keeps the settings of whoever builds
// the images out of them.
var (
	stdlibFlags = []string{"-trimpath", "-gcflags=all=-dwarf=false"}
	stdlibEnv   = []string{
		"CGO_ENABLED=0", "GOFLAGS=", "GOENV=off", "GOTOOLCHAIN=local", "GOWORK=off", "GOEXPERIMENT=", "GODEBUG=",
		"GOOS=linux", "GOARCH=" + runtime.GOARCH, "GOAMD64=v1", "GOARM64=v8.0", "GO111MODULE=on",
	}
)

// goToolchain is the Go installed on this host.
type goToolchain struct {
	version string // "go1.26.1"
	root    string
	tools   string // the directory of compile and link
}

// findGo asks the host's go command about itself.
func findGo(ctx context.Context) (goToolchain, error) {
	out, err := goCommand(ctx, "env", "GOVERSION", "GOROOT", "GOTOOLDIR")
	if errors.Is(err, exec.ErrNotFound) {
		return goToolchain{}, fmt.Errorf("the image %s needs a Go toolchain: install %s or newer: %w", GoBuild, minGo, err)
	}
	if err != nil {
		return goToolchain{}, err
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 3 {
		return goToolchain{}, fmt.Errorf("go env: unexpected answer %q", out)
	}
	t := goToolchain{version: lines[0], root: lines[1], tools: lines[2]}
	if version.Compare(t.version, minGo) < 0 {
		return goToolchain{}, fmt.Errorf("the image %s needs %s or newer, but the go command is %s: install a newer Go and put it first on the PATH", GoBuild, minGo, t.version)
	}
	return t, nil
}

// goVersion is the version that submissions are compiled with: that of this
// host's Go, or where there is none, as on a host that only runs a worker,
// that of the Go which built Docket.
func goVersion(ctx context.Context) (string, error) {
	t, err := findGo(ctx)
	if errors.Is(err, exec.ErrNotFound) {
		return strings.Fields(runtime.Version())[0], nil
	}
	return t.version, err
}

func goCommand(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = os.TempDir() // outside of any module
	cmd.Env = append(os.Environ(), stdlibEnv...)
	if _, err := os.UserCacheDir(); err != nil && os.Getenv("GOCACHE") == "" {
		cmd.Env = append(cmd.Env, "GOCACHE="+filepath.Join(os.TempDir(), "docket-go-cache"))
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w: %s", args[0], err, strings.TrimSpace(stderr.String()))
	}
	return string(out), nil
}

// public reports whether a submission may import a package of the standard
// library. Besides what the go command itself keeps from programs (internal
// and vendored packages), these are refused: embed, which reads files of the
// build box; plugin and runtime/cgo, which need a C toolchain; runtime/race.
// unsafe is the compiler's own and allowed: a program can do nothing with it
// that its box does not contain.
func public(importPath string) bool {
	switch importPath {
	case "embed", "plugin", "runtime/cgo", "runtime/race", "main":
		return false
	}
	for part := range strings.SplitSeq(importPath, "/") {
		if part == "internal" || part == "vendor" || part == "cmd" {
			return false
		}
	}
	return true
}

// archive is a compiled package of the standard library.
type archive struct {
	importPath string
	file       string
}

// archives compiles the public part of the standard library and all that it
// depends on, or finds it compiled in Go's build cache.
func (t goToolchain) archives(ctx context.Context) ([]archive, error) {
	out, err := goCommand(ctx, "list", "std")
	if err != nil {
		return nil, err
	}
	wanted := slices.DeleteFunc(strings.Fields(out), func(p string) bool { return !public(p) || p == "unsafe" })
	args := append([]string{"list", "-export", "-deps", "-f", "{{if .Export}}{{.ImportPath}} {{.Export}}{{end}}"}, stdlibFlags...)
	out, err = goCommand(ctx, append(args, wanted...)...)
	if err != nil {
		return nil, err
	}
	var all []archive
	for line := range strings.Lines(out) {
		p, file, ok := strings.Cut(strings.TrimSpace(line), " ")
		if ok {
			all = append(all, archive{p, file})
		}
	}
	if len(all) < len(wanted) {
		return nil, fmt.Errorf("go list: %d archives for %d packages", len(all), len(wanted))
	}
	return all, nil
}

// Where the toolchain lies in its image.
const (
	goDir           = "/docket/go"
	goImports       = goDir + "/importcfg"        // what submissions may import
	goDriverImports = goDir + "/importcfg.driver" // what the driver of a function problem may
	goLinkImports   = goDir + "/importcfg.link"   // what the linker needs
)

// buildEntries is the toolchain as files of the go-build image.
func (t goToolchain) buildEntries(ctx context.Context) ([]entry, error) {
	std, err := t.archives(ctx)
	if err != nil {
		return nil, fmt.Errorf("compiling the standard library: %w", err)
	}
	var imports, drivers, links bytes.Buffer
	entries := []entry{
		{name: "root" + goDir + "/compile", mode: 0o755, from: filepath.Join(t.tools, "compile")},
		{name: "root" + goDir + "/link", mode: 0o755, from: filepath.Join(t.tools, "link")},
		t.mark(),
	}
	for _, a := range std {
		file := goDir + "/pkg/" + a.importPath + ".a"
		entries = append(entries, entry{name: "root" + file, mode: 0o644, from: a.file})
		fmt.Fprintf(&links, "packagefile %s=%s\n", a.importPath, file)
		if public(a.importPath) {
			fmt.Fprintf(&imports, "packagefile %s=%s\n", a.importPath, file)
		}
	}
	stack := packageLine(GoStack)
	imports.WriteString(stack)
	links.WriteString(stack)
	drivers.Write(imports.Bytes())
	drivers.WriteString(driverImports())
	links.WriteString(driverImports())
	return append(entries,
		entry{name: "root" + goImports, mode: 0o644, data: imports.Bytes()},
		entry{name: "root" + goDriverImports, mode: 0o644, data: drivers.Bytes()},
		entry{name: "root" + goLinkImports, mode: 0o644, data: links.Bytes()},
	), nil
}

// driverImports are the lines of an importcfg for what is compiled by a build
// itself.
func driverImports() string {
	lines := fmt.Sprintf("packagefile %s=%s\n", GoSolution, GoPackage{Path: GoSolution}.Object())
	for _, p := range goDriverPackages {
		lines += packageLine(p)
	}
	return lines
}

// packageLine is the line of an importcfg for a package that the worker puts
// into the box.
func packageLine(importPath string) string {
	return fmt.Sprintf("packagefile %s=%s\n", importPath, GoPackage{Path: importPath}.Archive())
}

// runEntries is what a program compiled by the toolchain finds at run time:
// the time zones.
func (t goToolchain) runEntries() ([]entry, error) {
	zones, err := zip.OpenReader(filepath.Join(t.root, "lib", "time", "zoneinfo.zip"))
	if err != nil {
		return nil, fmt.Errorf("reading time zones: %w", err)
	}
	defer zones.Close() //nolint:errcheck // only read
	entries := []entry{t.mark()}
	for _, f := range zones.File {
		if f.FileInfo().IsDir() {
			continue
		}
		b, err := unzip(f)
		if err != nil {
			return nil, fmt.Errorf("reading time zone %s: %w", f.Name, err)
		}
		entries = append(entries, entry{name: "root/usr/share/zoneinfo/" + f.Name, mode: 0o644, data: b})
	}
	return entries, nil
}

func unzip(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // only read
	return io.ReadAll(r)
}

// mark is the file that tells a toolchain's version.
func (t goToolchain) mark() entry {
	return entry{name: "root" + toolchainFile, mode: 0o644, data: []byte(t.version + "\n")}
}
