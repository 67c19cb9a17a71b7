package images

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/image"
	"github.com/docker/docker/client"
)

// The base of the images that hold a distribution.
const (
	baseName  = "debian"
	baseSuite = "trixie"
	BaseRef   = baseName + ":" + baseSuite + "-slim"
)

// pullTimeout bounds the attempt to get the base from a registry: where none
// answers, the base is made from Debian's own packages.
const pullTimeout = 90 * time.Second

// Base sees to it that the engine has the base image: one that is there is
// taken as it is, else it is pulled, else it is made with mmdebstrap, which
// must run as root.
func Base(ctx context.Context, cli *client.Client, progress io.Writer) error {
	_, err := cli.ImageInspect(ctx, BaseRef)
	if err == nil {
		return nil
	}
	if !errdefs.IsNotFound(err) {
		return fmt.Errorf("looking for base image %s: %w", BaseRef, err)
	}
	out := &lines{w: progress, prefix: "base"}
	out.say("pulling %s", BaseRef)
	pulled := pullBase(ctx, cli, out)
	if pulled == nil {
		return nil
	}
	out.say("no registry gives it; making it from Debian's packages")
	if err := makeBase(ctx, cli, out); err != nil {
		return errors.Join(fmt.Errorf("making base image %s: %w", BaseRef, err), fmt.Errorf("pulling it: %w", pulled))
	}
	return nil
}

func pullBase(ctx context.Context, cli *client.Client, out *lines) error {
	ctx, cancel := context.WithTimeout(ctx, pullTimeout)
	defer cancel()
	body, err := cli.ImagePull(ctx, BaseRef, image.PullOptions{})
	if err != nil {
		return err
	}
	defer body.Close() //nolint:errcheck // read to its end
	if _, err := follow(body, out); err != nil {
		return err
	}
	_, err = cli.ImageInspect(ctx, BaseRef)
	return err
}

// makeBase streams a minimal Debian straight from mmdebstrap into the engine.
func makeBase(ctx context.Context, cli *client.Client, out *lines) error {
	tool, err := exec.LookPath("mmdebstrap")
	if err != nil {
		return fmt.Errorf("mmdebstrap is needed: apt-get install mmdebstrap: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // stops mmdebstrap when the engine gives up
	cmd := exec.CommandContext(ctx, tool, "--variant=minbase", "--format=tar", baseSuite, "-")
	var said bytes.Buffer
	cmd.Stderr = io.MultiWriter(&said, writerFunc(func(p []byte) { out.write(string(p)) }))
	tarball, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	// The image gets its name only when mmdebstrap succeeded: half a tarball
	// may still be a valid one.
	body, imported := cli.ImageImport(ctx, image.ImportSource{Source: tarball, SourceName: "-"}, "", image.ImportOptions{Message: "made by mmdebstrap"})
	id := ""
	if imported == nil {
		id, imported = followImport(body)
		body.Close() //nolint:errcheck // read to its end
	}
	if imported != nil {
		cancel()
	}
	if err := cmd.Wait(); err != nil && imported == nil {
		return fmt.Errorf("mmdebstrap: %w: %s", err, lastLines(said.String(), 5))
	}
	if imported != nil {
		return fmt.Errorf("importing: %w: %s", imported, lastLines(said.String(), 5))
	}
	return cli.ImageTag(ctx, id, BaseRef)
}

// followImport returns the id of an imported image, which the engine says as
// its last status.
func followImport(r io.Reader) (string, error) {
	var last string
	out := &lines{w: writerFunc(func(p []byte) { last = string(p) })}
	if _, err := follow(r, out); err != nil {
		return "", err
	}
	_, id, ok := strings.Cut(strings.TrimSpace(last), "| ")
	if !ok || !strings.HasPrefix(id, "sha256:") {
		return "", fmt.Errorf("the engine answered %q", last)
	}
	return id, nil
}

type writerFunc func([]byte)

func (f writerFunc) Write(p []byte) (int, error) {
	f(p)
	return len(p), nil
}

func lastLines(s string, n int) string {
	all := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(all[max(0, len(all)-n):], "\n")
}
