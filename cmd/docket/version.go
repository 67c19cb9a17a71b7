package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/docketjudge/docket/sandbox/wire"
)

// Set by the linker (see the Makefile); a plain go build leaves them empty.
var (
	version string // the last tag and what came after it
	commit  string // the full id, with -dirty when the tree had changes
)

// build says which docket this is.
type build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
	Protocol int    `json:"protocol"` // of the frames between worker and runner
}

func thisBuild() build {
	b := build{
		Version: version, Commit: commit, Go: runtime.Version(),
		Platform: runtime.GOOS + "/" + runtime.GOARCH, Protocol: int(wire.Version),
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		b.Version = cmp.Or(b.Version, info.Main.Version)
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				b.Commit = cmp.Or(b.Commit, setting.Value)
			}
		}
	}
	b.Version = cmp.Or(b.Version, "(devel)")
	b.Commit = cmp.Or(b.Commit, "unknown")
	return b
}

type versionCmd struct {
	JSON bool `help:"Print JSON." env:"-"`
}

func (c *versionCmd) Run(p *process) error {
	b := thisBuild()
	if c.JSON {
		return printJSON(p.stdout, b)
	}
	_, err := fmt.Fprintf(p.stdout, "docket %s\ncommit    %s\ngo        %s %s\nprotocol  %d\n",
		b.Version, b.Commit, b.Go, b.Platform, b.Protocol)
	return err
}

// printJSON prints what a program reads, indented for the person who looks over its shoulder.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
