package images

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"strings"
	"time"

	"github.com/docker/docker/api/types/build"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// toolchainFile is where every image says which toolchain it holds.
const toolchainFile = "/docket/toolchain"

// Build makes the images of the set that the engine lacks. What the engine
// says meanwhile goes to progress, a line at a time, each beginning with the
// image's name.
func (s *Set) Build(ctx context.Context, cli *client.Client, progress io.Writer) error {
	for _, i := range s.Images() {
		st, err := s.status(ctx, cli, i)
		if err != nil {
			return fmt.Errorf("building image %s: %w", i.Name, err)
		}
		if st.Present {
			continue
		}
		began := time.Now()
		out := &lines{w: progress, prefix: string(i.Name)}
		if err := s.build(ctx, cli, i, out); err != nil {
			return fmt.Errorf("building image %s: %w", i.Name, err)
		}
		if st, err = s.status(ctx, cli, i); err != nil {
			return fmt.Errorf("building image %s: %w", i.Name, err)
		}
		if !st.Present {
			return fmt.Errorf("building image %s: the engine built it but has no %s", i.Name, i.Ref)
		}
		out.say("%s is ready: %s, %s, after %.1f s", i.Ref, st.Toolchain, st.Size, time.Since(began).Seconds())
	}
	return nil
}

func (s *Set) build(ctx context.Context, cli *client.Client, i Image, out *lines) error {
	r := s.recipes[i.Name]
	entries := r.entries
	settings := ""
	switch i.Name {
	case GoBuild, GoRun:
		var more []entry
		var err error
		if more, settings, err = goEntries(ctx, i.Name, out); err != nil {
			return err
		}
		entries = append(entries[:len(entries):len(entries)], more...)
	default:
		if err := Base(ctx, cli, out.w); err != nil {
			return err
		}
	}
	labels := map[string]string{LabelImage: string(i.Name), LabelDigest: i.Digest}
	id, err := engineBuild(ctx, cli, entries, build.ImageBuildOptions{Target: r.target, Labels: labels}, out)
	if err != nil {
		return err
	}
	// Which version the package manager chose is known only now, so the label
	// that tells it is put on top, and the name last of all: an interrupted
	// build leaves nothing that could be taken for the image.
	toolchain, err := readToolchain(ctx, cli, id)
	if err != nil {
		return err
	}
	labels = maps.Clone(labels)
	labels[LabelToolchain] = toolchain
	if settings != "" {
		labels[labelGoSettings] = settings
	}
	_, err = engineBuild(ctx, cli, []entry{{name: "Dockerfile", mode: 0o644, data: []byte("FROM " + id + "\n")}},
		build.ImageBuildOptions{Tags: []string{i.Ref}, Labels: labels}, &lines{w: io.Discard})
	return err
}

// goEntries is what the host's Go adds to an image, and for go-build the
// settings that it knows.
func goEntries(ctx context.Context, n Name, out *lines) (entries []entry, settings string, err error) {
	t, err := findGo(ctx)
	if err != nil {
		return nil, "", err
	}
	if n == GoRun {
		entries, err = t.runEntries()
		return entries, "", err
	}
	out.say("compiling the standard library of %s", t.version)
	if settings, err = t.settings(); err != nil {
		return nil, "", err
	}
	entries, err = t.buildEntries(ctx)
	return entries, settings, err
}

// engineBuild has the engine build a context and returns the image's id.
func engineBuild(ctx context.Context, cli *client.Client, entries []entry, o build.ImageBuildOptions, out *lines) (string, error) {
	r, w := io.Pipe()
	go func() { w.CloseWithError(writeContext(w, entries)) }()
	defer r.Close() //nolint:errcheck // stops the writer when the engine gave up early

	o.Version, o.Remove, o.ForceRemove = build.BuilderV1, true, true
	resp, err := cli.ImageBuild(ctx, r, o)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close() //nolint:errcheck // read to its end
	id, err := follow(resp.Body, out)
	if err == nil && id == "" {
		err = errors.New("the engine named no image")
	}
	return id, err
}

// follow copies the engine's account of what it does, and returns the id of
// the image that it names.
func follow(r io.Reader, out *lines) (id string, err error) {
	for d := json.NewDecoder(r); ; {
		var m struct {
			Stream string `json:"stream"`
			Status string `json:"status"`
			Error  string `json:"error"`
			Aux    struct {
				ID string `json:"ID"`
			} `json:"aux"`
		}
		switch err := d.Decode(&m); {
		case errors.Is(err, io.EOF):
			return id, nil
		case err != nil:
			return "", fmt.Errorf("reading the engine's answer: %w", err)
		case m.Error != "":
			return "", fmt.Errorf("%s%s", m.Error, out.tail())
		}
		if m.Aux.ID != "" {
			id = m.Aux.ID
		}
		out.write(m.Stream)
		if m.Status != "" {
			out.write(m.Status + "\n")
		}
	}
}

// readToolchain reads an image's toolchain file without starting anything.
func readToolchain(ctx context.Context, cli *client.Client, id string) (string, error) {
	c, err := cli.ContainerCreate(ctx, &container.Config{Image: id, Cmd: []string{"/docket/runner"}}, nil, nil, nil, "")
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", toolchainFile, err)
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer cancel()
		_ = cli.ContainerRemove(ctx, c.ID, container.RemoveOptions{Force: true}) // it never ran
	}()
	body, _, err := cli.CopyFromContainer(ctx, c.ID, toolchainFile)
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", toolchainFile, err)
	}
	defer body.Close() //nolint:errcheck // only read
	tr := tar.NewReader(body)
	if _, err := tr.Next(); err != nil {
		return "", fmt.Errorf("reading %s: %w", toolchainFile, err)
	}
	b, err := io.ReadAll(io.LimitReader(tr, 256))
	name := strings.TrimSpace(string(b))
	if err == nil && name == "" {
		err = errors.New("it is empty")
	}
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", toolchainFile, err)
	}
	return name, nil
}

// colours are what commands in a build put around their standard error.
var colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// lines hands text on in whole lines with a prefix, and remembers the last
// few for an error's sake.
type lines struct {
	w      io.Writer
	prefix string
	part   bytes.Buffer
	last   []string
}

func (l *lines) say(format string, args ...any) { l.write(fmt.Sprintf(format, args...) + "\n") }

func (l *lines) write(s string) {
	l.part.WriteString(s)
	for {
		line, rest, ok := strings.Cut(l.part.String(), "\n")
		if !ok {
			return
		}
		l.part.Reset()
		l.part.WriteString(rest)
		line = colours.ReplaceAllString(line, "")
		line = strings.TrimRight(line[strings.LastIndexByte(strings.TrimRight(line, "\r"), '\r')+1:], "\r ")
		if line == "" {
			continue
		}
		if l.last = append(l.last, line); len(l.last) > 12 {
			l.last = l.last[1:]
		}
		fmt.Fprintf(l.w, "%-10s | %s\n", l.prefix, line) //nolint:errcheck // progress is for show
	}
}

// tail is what was said last, as lines after an error.
func (l *lines) tail() string {
	if len(l.last) == 0 {
		return ""
	}
	return "; it said last:\n  " + strings.Join(l.last, "\n  ")
}
