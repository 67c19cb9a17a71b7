package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/docketjudge/docket/api"
	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// problemsCmd is about problems: those of a server, and packages on this host.
type problemsCmd struct {
	List problemsListCmd `cmd:"" help:"List the problems of a server."`
	Show problemsShowCmd `cmd:"" help:"Show a problem of a server: statement, limits, samples."`
	Stub problemsStubCmd `cmd:"" help:"Write the code that a solution of a function problem begins with."`

	// What an author does with a package, in this order.
	New       problemsNewCmd       `cmd:"" help:"Begin a problem package."`
	Generate  problemsGenerateCmd  `cmd:"" help:"Make the generated tests of problem packages, and pin them."`
	Verify    problemsVerifyCmd    `cmd:"" help:"Judge the example submissions of problem packages on this host."`
	Calibrate problemsCalibrateCmd `cmd:"" help:"Find the time limits of problem packages on this host."`
	Mutate    problemsMutateCmd    `cmd:"" help:"Measure how many small mistakes the hidden tests of problem packages find."`
	Export    problemsExportCmd    `cmd:"" help:"Write a problem package as a zip that other judges take."`
}

type problemsListCmd struct {
	clientFlags
	Tag        string `help:"Only those with this keyword." placeholder:"WORD" env:"-"`
	Difficulty string `help:"Only these: easy, medium or hard." placeholder:"LEVEL" env:"-"`
	Query      string `short:"q" help:"Only those with all these words in slug, title or keywords." placeholder:"WORDS" env:"-"`
	JSON       bool   `help:"Print JSON." env:"-"`
}

func (*problemsListCmd) Help() string {
	return "Examples:\n  docket problems list\n  docket problems list --tag heap --json\n\n" + clientHelp
}

// Run lists every page.
func (c *problemsListCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *problemsListCmd) run(ctx context.Context, p *process) error {
	server, err := c.open(p)
	if err != nil {
		return err
	}
	all := []json.RawMessage{}
	query := url.Values{"limit": {fmt.Sprint(judge.MaxPage)}}
	for name, value := range map[string]string{"tag": c.Tag, "difficulty": c.Difficulty, "q": c.Query} {
		if value != "" {
			query.Set(name, value)
		}
	}
	for {
		var page struct {
			Problems []json.RawMessage `json:"problems"`
			Next     string            `json:"next"`
		}
		if err := server.call(ctx, http.MethodGet, "/v1/problems?"+query.Encode(), nil, &page); err != nil {
			return err
		}
		all = append(all, page.Problems...)
		if page.Next == "" || page.Next == query.Get("cursor") {
			break
		}
		query.Set("cursor", page.Next)
	}
	if c.JSON {
		return printJSON(p.stdout, map[string]any{"problems": all})
	}
	t := newTable("slug", "title", "difficulty", ">tests", ">time", ">memory", "keywords")
	for _, raw := range all {
		var s api.ProblemSummary
		if err := json.Unmarshal(raw, &s); err != nil {
			return fmt.Errorf("%s: reading a problem: %w", server.base, err)
		}
		t.row(string(s.Slug), s.Title, s.Difficulty, fmt.Sprint(s.Tests), inMillis(s.Limits.CPU.Milliseconds()),
			s.Limits.Memory.String(), strings.Join(s.Keywords, " "))
		t.painted(0, bold)
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(p.stderr, "docket: no problem matches")
		return err
	}
	return t.print(p.stdout, colourful(p))
}

type problemsShowCmd struct {
	clientFlags
	JSON bool       `help:"Print JSON." env:"-"`
	Slug judge.Slug `arg:"" help:"The problem."`
}

func (*problemsShowCmd) Help() string {
	return "Example:\n  docket problems show range-sums\n\n" + clientHelp
}

// problemView is what the API tells of a problem.
type problemView struct {
	Slug        judge.Slug `json:"slug"`
	Title       string     `json:"title"`
	Difficulty  string     `json:"difficulty"`
	Keywords    []string   `json:"keywords"`
	Interactive bool       `json:"interactive"`
	Statement   string     `json:"statement"`
	Languages   []struct {
		Language judge.Language `json:"language"`
		Limits   judge.Limits   `json:"limits"`
	} `json:"languages"`
	Samples []problemSample `json:"samples"`
	Tests   int             `json:"tests"`
	Kind    string          `json:"kind"`
	Starter []struct {
		Language judge.Language `json:"language"`
		Name     string         `json:"name"`
	} `json:"starter"`
}

type problemSample struct {
	Name      string   `json:"name"`
	Input     string   `json:"input"`
	Answer    string   `json:"answer"`
	Args      []string `json:"args"`
	Truncated bool     `json:"truncated"`
}

func (c *problemsShowCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *problemsShowCmd) run(ctx context.Context, p *process) error {
	if err := checkSlug(c.Slug); err != nil {
		return err
	}
	server, err := c.open(p)
	if err != nil {
		return err
	}
	var raw json.RawMessage
	if err := server.call(ctx, http.MethodGet, "/v1/problems/"+string(c.Slug), nil, &raw); err != nil {
		if judge.CodeOf(err) == judge.CodeNotFound {
			return usageError("there is no problem %q; `docket problems list` shows what there is", c.Slug)
		}
		return err
	}
	if c.JSON {
		return printJSON(p.stdout, raw)
	}
	var v problemView
	if err := json.Unmarshal(raw, &v); err != nil {
		return fmt.Errorf("%s: reading a problem: %w", server.base, err)
	}
	return v.print(p.stdout, colourful(p))
}

// checkSlug refuses what cannot name a problem.
func checkSlug(s judge.Slug) error {
	if !judge.ValidSlug(string(s)) {
		return usageError("%q is not a problem name: those have lower-case letters, digits and dashes", s)
	}
	return nil
}

func (v *problemView) print(w io.Writer, colourful bool) error {
	var b strings.Builder
	b.WriteString(bold.on(printableLine(v.Title), colourful) + "  " + string(v.Slug))
	for _, more := range []string{v.Difficulty, plural(v.Tests, "test"), strings.Join(v.Keywords, " ")} {
		if more != "" {
			b.WriteString("  " + printableLine(more))
		}
	}
	if v.Interactive {
		b.WriteString("  interactive")
	}
	b.WriteString("\n\n")
	samples := v.statement(&b, colourful)
	b.WriteString("\n\n")
	t := newTable("language", ">time", ">memory")
	for _, l := range v.Languages {
		t.row(l.Language.Name(), inMillis(l.Limits.CPU.Milliseconds()), l.Limits.Memory.String())
	}
	if err := t.print(&b, colourful); err != nil {
		return err
	}
	for _, s := range samples {
		b.WriteByte('\n')
		v.sample(&b, s, colourful)
	}
	v.begin(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// statement prints the statement, each sample where it has one, and returns the
// samples that it lacks.
func (v *problemView) statement(b *strings.Builder, colourful bool) (missing []problemSample) {
	rest := strings.TrimSpace(v.Statement) + "\n\n"
	for i, s := range v.Samples {
		before, after, found := strings.Cut(rest, problems.Sample{Input: s.Input, Output: s.Answer}.Markdown(i+1))
		if !found {
			missing = append(missing, s)
			continue
		}
		b.WriteString(printable(before))
		v.sample(b, s, colourful)
		rest = "\n" + strings.TrimLeft(after, "\n")
	}
	b.WriteString(strings.TrimRight(printable(rest), "\n"))
	return missing
}

func (v *problemView) sample(b *strings.Builder, s problemSample, colourful bool) {
	b.WriteString(bold.on(printableLine(s.Name), colourful))
	if len(s.Args) > 0 {
		b.WriteString("  arguments: " + printableLine(strings.Join(s.Args, " ")))
	}
	if s.Truncated {
		b.WriteString("  (only its beginning)")
	}
	b.WriteString("\n")
	if v.Kind == "function" && !s.Truncated {
		printSampleCases(b, s.Input, s.Answer)
		return
	}
	if s.Input != "" || !v.Interactive {
		b.WriteString("  input:\n" + indent(indent(s.Input)))
	}
	if s.Answer != "" || !v.Interactive {
		b.WriteString("  answer:\n" + indent(indent(s.Answer)))
	}
}

// begin says how to begin with a function problem.
func (v *problemView) begin(b *strings.Builder) {
	if len(v.Starter) == 0 {
		return
	}
	var langs []string
	for _, s := range v.Starter {
		langs = append(langs, string(s.Language))
	}
	first := v.Starter[0]
	fmt.Fprintf(b, "\nbegin (--lang %s):\n", printableLine(strings.Join(langs, ", ")))
	fmt.Fprintf(b, "  docket problems stub --problem %s --lang %s\n", v.Slug, printableLine(string(first.Language)))
	fmt.Fprintf(b, "  docket run --problem %s %s\n", v.Slug, printableLine(first.Name))
	fmt.Fprintf(b, "  docket submit --problem %s %s\n", v.Slug, printableLine(first.Name))
}
