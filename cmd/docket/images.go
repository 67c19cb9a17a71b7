package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/docketjudge/docket/sandbox/engine"
)

// imagesCmd is about the language images that boxes are started from.
type imagesCmd struct {
	Build imagesBuildCmd `cmd:"" help:"Build the language images that the engine lacks."`
	List  imagesListCmd  `cmd:"" help:"List the images that this build of docket needs."`
	Prune imagesPruneCmd `cmd:"" help:"Remove the images that other builds of docket left."`
}

type imagesBuildCmd struct {
	Verbose bool `short:"v" help:"Print everything that the engine says, also on a terminal." env:"-"`
}

func (*imagesBuildCmd) Help() string {
	return `An image is named by what it is made of: those that are there already are left
alone, and another build of docket may need others. The first time takes some
minutes. Where no registry answers, the base image is made with mmdebstrap, which
needs root.`
}

// Run builds, and says what is there now.
func (c *imagesBuildCmd) Run(ctx context.Context, p *process) error {
	line := newStatusLine(p)
	line.terminal = line.terminal && !c.Verbose
	out := &lastLine{line: line}
	err := engine.BuildImages(ctx, out)
	out.line.clear()
	if err != nil {
		return err
	}
	return printImages(ctx, p)
}

// lastLine shows the newest line of a long text on a statusLine.
type lastLine struct {
	line statusLine
	part []byte
}

// Write shows the lines in b; its error is always nil.
func (l *lastLine) Write(b []byte) (int, error) {
	l.part = append(l.part, b...)
	for {
		line, rest, ok := bytes.Cut(l.part, []byte("\n"))
		if !ok {
			return len(b), nil
		}
		l.line.say("", "", printableLine(string(line)))
		l.part = rest
	}
}

type imagesListCmd struct {
	JSON bool `help:"Print JSON." env:"-"`
}

// listedImage is what --json prints of an image.
type listedImage struct {
	Name      string `json:"name"`
	Ref       string `json:"ref"`
	Present   bool   `json:"present"`
	ID        string `json:"id,omitempty"`
	SizeBytes int64  `json:"size_bytes,omitempty"`
	Toolchain string `json:"toolchain,omitempty"`
}

// Run lists; a missing image is exit code 1.
func (c *imagesListCmd) Run(ctx context.Context, p *process) error {
	if !c.JSON {
		return printImages(ctx, p)
	}
	all, err := engine.Images(ctx)
	if err != nil {
		return err
	}
	out := make([]listedImage, 0, len(all))
	missing := false
	for _, s := range all {
		out = append(out, listedImage{string(s.Name), s.Ref, s.Present, s.ID, int64(s.Size), s.Toolchain})
		missing = missing || !s.Present
	}
	if err := printJSON(p.stdout, map[string]any{"images": out}); err != nil {
		return err
	}
	if missing {
		return &exitError{code: exitNo}
	}
	return nil
}

func printImages(ctx context.Context, p *process) error {
	all, err := engine.Images(ctx)
	if err != nil {
		return err
	}
	t := newTable("image", "", ">size", "toolchain", "name on the engine")
	missing := 0
	for _, s := range all {
		if s.Present {
			t.row(string(s.Name), "ready", s.Size.String(), s.Toolchain, s.Ref)
			t.painted(1, green)
			continue
		}
		missing++
		t.row(string(s.Name), "missing", "", "", s.Ref)
		t.painted(1, red)
	}
	if err := t.print(p.stdout, colourful(p)); err != nil {
		return err
	}
	if missing > 0 {
		_, _ = fmt.Fprintf(p.stderr, "docket: %s missing: run `docket images build`\n", plural(missing, "image"))
		return &exitError{code: exitNo}
	}
	return nil
}

type imagesPruneCmd struct{}

func (*imagesPruneCmd) Help() string {
	return `An image that a container still uses stays, and so do all that this build of
docket needs. Workers of another build that share the engine would miss theirs at
their next start.`
}

// Run removes, and says what, also where not all of it could be removed.
func (*imagesPruneCmd) Run(ctx context.Context, p *process) error {
	removed, err := engine.PruneImages(ctx)
	for _, ref := range removed {
		_, _ = fmt.Fprintf(p.stdout, "removed %s\n", ref)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s removed\n", plural(len(removed), "image"))
	return err
}
