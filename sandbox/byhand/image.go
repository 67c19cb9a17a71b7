package byhand

import (
	"archive/tar"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/build"
	"github.com/docker/docker/client"
)

// dockerfile makes an image with whole toolchains, as a person would install
// them.
const dockerfile = `FROM debian:trixie-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends openjdk-25-jdk-headless python3 \
 && rm -rf /var/lib/apt/lists/*
COPY go /usr/local/go
ENV PATH=/usr/local/go/bin:/usr/bin:/bin HOME=/root GOFLAGS=-mod=mod GOTOOLCHAIN=local CGO_ENABLED=0
RUN mkdir -p /w && cd /w && printf 'package main\nimport ("bufio";"fmt";"os")\nfunc main(){fmt.Fprintln(bufio.NewWriter(os.Stdout))}\n' > main.go \
 && go build -o /dev/null main.go && rm -r /w
`

// Host is an engine that has the image of whole toolchains.
type Host struct {
	cli   *client.Client
	image string
}

// Open finds the engine that the environment names and builds the image
// unless it is there. Progress is told of what takes long.
func Open(ctx context.Context, progress io.Writer) (*Host, error) {
	cli, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		return nil, fmt.Errorf("opening the engine: %w", err)
	}
	image, err := ensure(ctx, cli, progress)
	if err != nil {
		return nil, err
	}
	return &Host{cli: cli, image: image}, nil
}

// ensure builds the image unless the engine has it, and returns its name.
func ensure(ctx context.Context, cli *client.Client, progress io.Writer) (string, error) {
	goroot, version, err := toolchain(ctx)
	if err != nil {
		return "", fmt.Errorf("image of toolchains: %w", err)
	}
	sum := sha256.Sum256([]byte(dockerfile + version))
	name := "docket/by-hand:" + hex.EncodeToString(sum[:8])
	_, err = cli.ImageInspect(ctx, name)
	if err == nil {
		return name, nil
	}
	if !errdefs.IsNotFound(err) {
		return "", fmt.Errorf("image of toolchains: %w", err)
	}
	_, _ = fmt.Fprintf(progress, "building %s (whole toolchains, once) ...\n", name)
	r, w := io.Pipe()
	go func() { _ = w.CloseWithError(buildContext(w, goroot)) }()
	resp, err := cli.ImageBuild(ctx, r, build.ImageBuildOptions{Tags: []string{name}, Remove: true, Version: build.BuilderV1})
	if err != nil {
		return "", fmt.Errorf("image of toolchains: %w", err)
	}
	defer resp.Body.Close() //nolint:errcheck // only read
	if err := follow(resp.Body); err != nil {
		return "", fmt.Errorf("image of toolchains: %w", err)
	}
	return name, nil
}

// toolchain finds the host's Go, whose compiler the images use too.
func toolchain(ctx context.Context) (goroot, version string, err error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOROOT", "GOVERSION").Output()
	if err != nil {
		return "", "", fmt.Errorf("asking go for its root: %w", err)
	}
	fields := strings.Fields(string(out))
	if len(fields) != 2 {
		return "", "", fmt.Errorf("asking go for its root: got %q", out)
	}
	return fields[0], fields[1], nil
}

// follow reads the engine's account of a build up to its end.
func follow(r io.Reader) error {
	dec := json.NewDecoder(bufio.NewReader(r))
	for {
		var m struct {
			Error string `json:"error"`
		}
		if err := dec.Decode(&m); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("reading the engine's account: %w", err)
		}
		if m.Error != "" {
			return errors.New(m.Error)
		}
	}
}

// buildContext writes the Dockerfile and what a build with go needs of its
// root.
func buildContext(w io.Writer, goroot string) error {
	t := tar.NewWriter(w)
	if err := t.WriteHeader(&tar.Header{Name: "Dockerfile", Mode: 0o644, Size: int64(len(dockerfile))}); err != nil {
		return err
	}
	if _, err := io.WriteString(t, dockerfile); err != nil {
		return err
	}
	root, err := filepath.EvalSymlinks(goroot)
	if err != nil {
		return err
	}
	for _, part := range []string{"VERSION", "go.env", "bin", "pkg/tool", "pkg/include", "src"} {
		if err := addTree(t, root, part); err != nil {
			return err
		}
	}
	return t.Close()
}

func addTree(t *tar.Writer, root, part string) error {
	return filepath.WalkDir(filepath.Join(root, part), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		return addFile(t, path, "go/"+filepath.ToSlash(rel), d)
	})
}

func addFile(t *tar.Writer, path, name string, d fs.DirEntry) error {
	info, err := d.Info()
	if err != nil {
		return err
	}
	h, err := tar.FileInfoHeader(info, "")
	if err != nil {
		return err
	}
	h.Name = name
	if err := t.WriteHeader(h); err != nil {
		return err
	}
	f, err := os.Open(path) //nolint:gosec // a file of the host's own Go
	if err != nil {
		return err
	}
	_, err = io.Copy(t, f)
	return errors.Join(err, f.Close())
}
