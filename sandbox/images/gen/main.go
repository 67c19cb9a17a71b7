// Command gen builds the runner into the directory that package images embeds
// it from. Run it with `go generate ./sandbox/images` before docket is built;
// the same sources and the same Go give the same bytes.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

func main() {
	if err := generate(); err != nil {
		fmt.Fprintln(os.Stderr, "gen: building the runner:", err)
		os.Exit(1)
	}
}

// generate runs in the directory of package images, as go generate does.
func generate() error {
	out, err := filepath.Abs(filepath.Join("bin", "runner"))
	if err != nil {
		return err
	}
	if _, err := os.Stat("recipe.go"); err != nil {
		return fmt.Errorf("run it as `go generate ./sandbox/images`: %w", err)
	}
	// Under another name first: a build that was interrupted must not leave
	// half a runner.
	made := out + ".new"
	cmd := exec.CommandContext(context.Background(), "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", made, "../runner")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOOS=linux", "GOARCH="+runtime.GOARCH)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return err
	}
	return os.Rename(made, out)
}
