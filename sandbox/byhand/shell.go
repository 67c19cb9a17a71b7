// Package byhand runs toolchains the way a person would: in a plain container
// with a shell. It is what `docket bench` measures the sandbox against, and
// nothing else uses it. Only sources that Docket itself wrote run here: these
// containers keep nobody in.
package byhand

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
	"github.com/docker/docker/pkg/stdcopy"
)

// Shell is a shell in a container that waits for scripts.
type Shell struct {
	cli  *client.Client
	id   string
	in   io.WriteCloser
	out  *bufio.Reader
	n    int
	stop func()
}

// Start makes a container and starts its shell.
func (h *Host) Start(ctx context.Context) (*Shell, error) {
	cli := h.cli
	made, err := cli.ContainerCreate(ctx, &container.Config{
		Image: h.image, Cmd: []string{"/bin/sh"}, WorkingDir: "/root",
		AttachStdin: true, AttachStdout: true, AttachStderr: true, OpenStdin: true, StdinOnce: true,
	}, &container.HostConfig{AutoRemove: true, NetworkMode: "none", LogConfig: container.LogConfig{Type: "none"}}, nil, nil, "")
	if err != nil {
		return nil, fmt.Errorf("starting shell: %w", err)
	}
	conn, err := cli.ContainerAttach(ctx, made.ID, container.AttachOptions{Stream: true, Stdin: true, Stdout: true, Stderr: true})
	if err != nil {
		return nil, fmt.Errorf("attaching to shell: %w", err)
	}
	if err := cli.ContainerStart(ctx, made.ID, container.StartOptions{}); err != nil {
		conn.Close()
		return nil, fmt.Errorf("starting shell: %w", err)
	}
	r, w := io.Pipe()
	go func() {
		_, err := stdcopy.StdCopy(w, w, conn.Reader)
		_ = w.CloseWithError(err)
	}()
	return &Shell{cli: cli, id: made.ID, in: conn.Conn, out: bufio.NewReader(r), stop: conn.Close}, nil
}

// Run gives the shell a script and returns what it printed and how long that
// took, from the last byte sent to the end of the script.
func (s *Shell) Run(script string) (output string, took time.Duration, err error) {
	s.n++
	mark := fmt.Sprintf("--done-%d--", s.n)
	begin := time.Now()
	if _, err := fmt.Fprintf(s.in, "%s\necho \"%s$?\"\n", script, mark); err != nil {
		return "", 0, fmt.Errorf("giving the shell a script: %w", err)
	}
	var b strings.Builder
	for {
		line, err := s.out.ReadString('\n')
		if err != nil {
			return b.String(), 0, fmt.Errorf("reading from the shell: %w", err)
		}
		before, code, done := strings.Cut(line, mark)
		b.WriteString(before)
		if !done {
			continue
		}
		if code = strings.TrimSpace(code); code != "0" {
			return b.String(), 0, fmt.Errorf("the script ended with %s: %s", code, b.String())
		}
		return b.String(), time.Since(begin), nil
	}
}

// Close ends the shell and removes its container.
func (s *Shell) Close() {
	s.stop()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	_ = s.cli.ContainerRemove(ctx, s.id, container.RemoveOptions{Force: true}) // it removes itself
}
