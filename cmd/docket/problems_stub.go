package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// problemsStubCmd writes what a solver of a function problem begins with.
type problemsStubCmd struct {
	clientFlags

	Problem judge.Slug     `help:"The problem, which may also be named without this." placeholder:"SLUG" env:"-"`
	Lang    judge.Language `required:"" help:"The language: go, java or python." placeholder:"LANG" predictor:"language" env:"-"`
	Output  string         `short:"o" help:"The file to write; - is standard output. Defaults to the name that the solution should have." placeholder:"FILE" predictor:"file" env:"-"`
	Force   bool           `short:"f" help:"Overwrite a file that is there." env:"-"`
	Name    judge.Slug     `arg:"" optional:"" name:"slug" help:"The problem."`
}

func (*problemsStubCmd) Help() string {
	return `Examples:
  docket problems stub --problem lru-cache --lang go
  docket problems stub lru-cache --lang python -o cache.py

Writes a solution that compiles and does nothing yet. Try it with

  docket run --problem lru-cache solution.go

` + clientHelp
}

func (c *problemsStubCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *problemsStubCmd) run(ctx context.Context, p *process) error {
	if !c.Lang.Valid() {
		return usageError("--lang: %q is not one of go, java, python", c.Lang)
	}
	slug := cmp.Or(c.Problem, c.Name)
	switch {
	case slug == "":
		return usageError("name the problem: docket problems stub --problem lru-cache --lang %s", c.Lang)
	case c.Name != "" && c.Name != slug:
		return usageError("--problem names %s, and the argument %s: name one problem", c.Problem, c.Name)
	}
	if err := checkSlug(slug); err != nil {
		return err
	}
	server, err := c.open(p)
	if err != nil {
		return err
	}
	var v struct {
		Starter []struct {
			Language judge.Language `json:"language"`
			Name     string         `json:"name"`
			Content  string         `json:"content"`
		} `json:"starter"`
	}
	var raw json.RawMessage
	if err := server.call(ctx, http.MethodGet, "/v1/problems/"+string(slug), nil, &raw); err != nil {
		if judge.CodeOf(err) == judge.CodeNotFound {
			return usageError("there is no problem %q; `docket problems list` shows what there is", slug)
		}
		return err
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return fmt.Errorf("%s: reading a problem: %w", server.base, err)
	}
	if len(v.Starter) == 0 {
		return usageError("%s asks for a whole program that reads standard input: there is nothing to begin with", slug)
	}
	for _, s := range v.Starter {
		if s.Language == c.Lang {
			return c.write(p, s.Name, s.Content)
		}
	}
	return usageError("%s takes no solutions in %s", slug, c.Lang.Name())
}

func (c *problemsStubCmd) write(p *process, name, content string) error {
	if c.Output == "-" {
		_, err := io.WriteString(p.stdout, content)
		return err
	}
	if c.Output != "" {
		name = c.Output
	} else if strings.ContainsAny(name, `/\`) || name == "" {
		return fmt.Errorf("the server wants the file to be called %q: name one with -o", name)
	}
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if c.Force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := os.OpenFile(name, flags, 0o644) //nolint:gosec // the user's own file
	if errors.Is(err, fs.ErrExist) {
		return usageError("%s is there already; --force overwrites it", printableLine(name))
	}
	if err != nil {
		return usageError("%w", err)
	}
	_, err = io.WriteString(f, content)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	_, err = fmt.Fprintf(p.stdout, "%s\n", printableLine(name))
	return err
}
