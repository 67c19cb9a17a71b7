package api

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// ProblemQuery selects problems for a list. Empty fields select everything.
type ProblemQuery struct {
	Tag        string
	Difficulty string
	Text       string // words that all occur in the problem's slug, titles or keywords
	Cursor     string // what the page before returned as next
	Limit      int    // the size of a page, from 1 to [judge.MaxPage]
}

// ProblemSummary is a problem's line in a list.
type ProblemSummary struct {
	Slug        judge.Slug       `json:"slug" doc:"The problem's name in paths and submissions."`
	Title       string           `json:"title" doc:"The problem's name for people."`
	Difficulty  string           `json:"difficulty,omitempty" doc:"easy, medium or hard."`
	Keywords    []string         `json:"keywords" doc:"What it is about."`
	Languages   []judge.Language `json:"languages" doc:"The languages that it takes."`
	Kind        string           `json:"kind" doc:"Whether submissions are whole programs, or a function or class." schema:"enum=program|function"`
	Interactive bool             `json:"interactive" doc:"Whether the program talks with the judge while it runs."`
	Limits      judge.Limits     `json:"limits" doc:"What a program may use in each test."`
	Tests       int              `json:"tests" doc:"How many tests there are, samples included."`
	Revision    string           `json:"revision" doc:"Changes whenever the problem does."`
}

// kindOf tells programs from functions.
func kindOf(function bool) string {
	if function {
		return "function"
	}
	return "program"
}

// starter is a solution that compiles and is to be filled in.
type starter struct {
	Language judge.Language `json:"language" doc:"The language."`
	Name     string         `json:"name" doc:"What its file should be called."`
	Content  string         `json:"content" doc:"Its text."`
}

// problemList is a page of problems.
type problemList struct {
	Problems []ProblemSummary `json:"problems" doc:"In the order of their slugs."`
	Next     string           `json:"next,omitempty" doc:"The cursor of the next page; absent on the last."`
}

// languageLimits is what a program in one language may use.
type languageLimits struct {
	Language judge.Language `json:"language" doc:"The language."`
	Limits   judge.Limits   `json:"limits" doc:"What a program in it may use in each test."`
}

// sample is a test that everybody may see.
type sample struct {
	Name      string   `json:"name" doc:"The test's name in reports."`
	Input     string   `json:"input" doc:"What the program reads."`
	Answer    string   `json:"answer" doc:"What it is to print."`
	Args      []string `json:"args,omitempty" doc:"Its command line arguments."`
	Truncated bool     `json:"truncated" doc:"Whether input or answer were too long to be shown whole."`
}

// problemReply is all that a client may know of a problem.
type problemReply struct {
	Slug        judge.Slug       `json:"slug" doc:"The problem's name in paths and submissions."`
	Title       string           `json:"title" doc:"The problem's name for people."`
	Difficulty  string           `json:"difficulty,omitempty" doc:"easy, medium or hard."`
	Keywords    []string         `json:"keywords" doc:"What it is about."`
	Kind        string           `json:"kind" doc:"Whether submissions are whole programs, or a function or class." schema:"enum=program|function"`
	Starter     []starter        `json:"starter,omitempty" doc:"Function problems: code to begin with, in each language."`
	Interactive bool             `json:"interactive" doc:"Whether the program talks with the judge while it runs."`
	Statement   string           `json:"statement" doc:"The problem's text in Markdown."`
	Languages   []languageLimits `json:"languages" doc:"The languages that it takes and their limits."`
	Samples     []sample         `json:"samples" doc:"The tests that everybody may see."`
	Tests       int              `json:"tests" doc:"How many tests there are, samples included."`
	Revision    string           `json:"revision" doc:"Changes whenever the problem does."`
}

// languageInfo is what a client needs to know to send a program.
type languageInfo struct {
	ID        judge.Language `json:"id" doc:"How requests name it."`
	Name      string         `json:"name" doc:"Its name for people."`
	Extension string         `json:"extension" doc:"The ending of its source files."`
	MainFile  string         `json:"main_file" doc:"The name given to source."`
	Toolchain string         `json:"toolchain,omitempty" doc:"The compiler and runtime that judge it."`
}

// languageList is every language.
type languageList struct {
	Languages []languageInfo `json:"languages" doc:"Every language that Docket judges."`
}

// listLanguages answers GET /v1/languages.
func listLanguages(s *Server, r *request) error {
	var reply languageList
	for _, l := range judge.Languages() {
		reply.Languages = append(reply.Languages, languageInfo{ID: l, Name: l.Name(), Extension: l.Extension(),
			MainFile: l.MainFile(), Toolchain: s.cfg.Toolchain(l)})
	}
	return r.json(http.StatusOK, reply)
}

// listProblems answers GET /v1/problems.
func listProblems(s *Server, r *request) error {
	q := ProblemQuery{Tag: r.Query("tag"), Difficulty: r.Query("difficulty"), Text: r.Query("q"), Cursor: r.Query("cursor")}
	for _, f := range []struct{ name, value string }{
		{"tag", q.Tag}, {"difficulty", q.Difficulty}, {"q", q.Text}, {"cursor", q.Cursor},
	} {
		if len(f.value) > 200 {
			return judge.Invalid(f.name, "must be at most 200 bytes")
		}
	}
	var err error
	if q.Limit, err = pageSize(r); err != nil {
		return err
	}
	ctx, cancel := s.bounded()
	defer cancel()
	list, next, err := s.cfg.Problems.List(ctx, q)
	if err != nil {
		return err
	}
	reply := problemList{Problems: make([]ProblemSummary, 0, len(list)), Next: next}
	for _, p := range list {
		p.Keywords, p.Languages = append([]string{}, p.Keywords...), languagesOf(p.Languages)
		p.Limits = p.Limits.WithDefaults()
		reply.Problems = append(reply.Problems, p)
	}
	return r.json(http.StatusOK, reply)
}

// languagesOf makes explicit that a problem that names no languages takes all.
func languagesOf(list []judge.Language) []judge.Language {
	if len(list) == 0 {
		return judge.Languages()
	}
	return list
}

// getProblem answers GET /v1/problems/{slug}.
func getProblem(s *Server, r *request) error {
	slug := r.Params("slug")
	if !judge.ValidSlug(slug) {
		return judge.NotFound("There is no problem with this name.")
	}
	ctx, cancel := s.bounded()
	defer cancel()
	p, err := s.cfg.Problems.Problem(ctx, judge.Slug(slug))
	if err != nil {
		return err
	}
	reply := problemReply{
		Slug: p.Slug, Title: p.Title, Difficulty: p.Difficulty, Keywords: append([]string{}, p.Keywords...),
		Interactive: p.Validation.Interactive, Statement: p.Statement, Tests: p.Tests(), Revision: p.Revision,
		Samples: []sample{}, Kind: kindOf(p.Harness != nil),
	}
	if p.Harness != nil {
		for _, l := range languagesOf(p.Languages) {
			f := p.Harness.Starter(l)
			reply.Starter = append(reply.Starter, starter{Language: l, Name: f.Name, Content: f.Content})
		}
	}
	for _, l := range languagesOf(p.Languages) {
		reply.Languages = append(reply.Languages, languageLimits{Language: l, Limits: p.LimitsFor(l)})
	}
	for _, g := range p.Groups {
		for _, t := range g.Tests {
			if !t.Sample || !g.Sample {
				continue
			}
			one, err := showSample(ctx, t)
			if err != nil {
				return fmt.Errorf("showing problem %s: test %s: %w", slug, t.Name, err)
			}
			reply.Samples = append(reply.Samples, one)
		}
	}
	return r.json(http.StatusOK, reply)
}

func showSample(ctx context.Context, t judge.Test) (sample, error) {
	if err := ctx.Err(); err != nil {
		return sample{}, err
	}
	input, cutInput, err := show(t.Input)
	if err != nil {
		return sample{}, fmt.Errorf("input: %w", err)
	}
	answer, cutAnswer, err := show(t.Answer)
	if err != nil {
		return sample{}, fmt.Errorf("answer: %w", err)
	}
	return sample{Name: t.Name, Input: input, Answer: answer, Args: t.Args, Truncated: cutInput || cutAnswer}, nil
}

// show reads the beginning of a sample's data.
func show(d judge.Data) (text string, cut bool, err error) {
	if d.Open == nil {
		return "", false, nil
	}
	f, err := d.Open()
	if err != nil {
		return "", false, fmt.Errorf("opening: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	b, err := io.ReadAll(io.LimitReader(f, int64(judge.MaxSample)+1))
	if err != nil {
		return "", false, fmt.Errorf("reading: %w", err)
	}
	if judge.Bytes(len(b)) > judge.MaxSample {
		b, cut = b[:judge.MaxSample], true
	}
	return strings.ToValidUTF8(string(b), "\uFFFD"), cut, nil
}
