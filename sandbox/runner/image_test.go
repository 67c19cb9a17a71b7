//go:build !quick

package main

import (
	"archive/tar"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/docker/docker/api/types/image"
	"github.com/docker/docker/client"
	"go.uber.org/goleak"
)

// built is what the tests of a box share: the runner and the programs, built
// as they are shipped, in an image of nothing else.
var built struct {
	sync.Once
	docker *client.Client
	image  string
	probe  []byte
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if err := discard(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// discard removes the image and checks that the tests' ends of the
// connections have let go.
func discard() error {
	if built.docker == nil {
		return nil
	}
	if built.image != "" {
		if _, err := built.docker.ImageRemove(context.Background(), built.image, image.RemoveOptions{Force: true}); err != nil {
			return fmt.Errorf("removing the test image: %w", err)
		}
	}
	if err := built.docker.Close(); err != nil {
		return err
	}
	return goleak.Find()
}

func prepare() error {
	dir, err := os.MkdirTemp("", "runner")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binaries := map[string][]byte{}
	for name, pkg := range map[string]string{
		"runner": ".", "probe": "./testdata/probe", "forker": "./testdata/forker", "server": "./testdata/server",
	} {
		cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w -X main.build=under-test", "-o", filepath.Join(dir, name), pkg)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("building %s: %w: %s", pkg, err, out)
		}
		if binaries[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	built.probe = binaries["probe"]
	var rootfs bytes.Buffer
	w := tar.NewWriter(&rootfs)
	// A tmpfs takes the mode of the directory that it is mounted on.
	for d, mode := range map[string]int64{"docket": 0o755, "box": 0o755, "work": 0o1777, "tmp": 0o1777} {
		if err := w.WriteHeader(&tar.Header{Name: d, Typeflag: tar.TypeDir, Mode: mode}); err != nil {
			return err
		}
	}
	for _, name := range []string{"runner", "probe", "forker", "server"} {
		if err := w.WriteHeader(&tar.Header{Name: "docket/" + name, Mode: 0o755, Size: int64(len(binaries[name]))}); err != nil {
			return err
		}
		if _, err := w.Write(binaries[name]); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	if built.docker, err = client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation()); err != nil {
		return err
	}
	ref := fmt.Sprintf("docket-runner-test:%d", os.Getpid())
	body, err := built.docker.ImageImport(context.Background(), image.ImportSource{Source: &rootfs, SourceName: "-"}, ref, image.ImportOptions{})
	if err != nil {
		return err
	}
	defer body.Close()
	if _, err := io.Copy(io.Discard, body); err != nil {
		return err
	}
	built.image = ref
	return nil
}
