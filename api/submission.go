package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/docketjudge/docket/judge"
)

// Caps on the fields of a submission that Docket only carries.
const (
	maxUser      = 128
	maxMetadata  = 4 * judge.KiB
	maxBatch     = 50
	maxIdemKey   = 255
	defaultPage  = 50
	idemKeyField = "Idempotency-Key"
)

// file is one source file as clients send it.
type file struct {
	Name    string `json:"name" doc:"A relative path with forward slashes, ending as the language's files do." schema:"minLength=1,maxLength=128"`
	Content string `json:"content" doc:"The text."`
}

// submitRequest is a program to be judged against a problem's tests.
type submitRequest struct {
	Problem  judge.Slug      `json:"problem" doc:"The problem that it claims to solve."`
	Language judge.Language  `json:"language" doc:"What the program is written in."`
	Source   *string         `json:"source,omitempty" doc:"The program's text, for one file under the language's usual name."`
	Files    []file          `json:"files,omitempty" doc:"The program's files, in place of source. At most 256 KiB together." schema:"minItems=1,maxItems=32"`
	Queue    judge.Queue     `json:"queue,omitempty" doc:"How urgent it is. Defaults to interactive when the request waits for a second or longer, else to default, and in a batch to batch; what is more urgent than that is taken for it."`
	User     string          `json:"user,omitempty" doc:"Whose it is, in the client's own terms." schema:"maxLength=128"`
	Metadata json.RawMessage `json:"metadata,omitempty" doc:"An object of the client's own, at most 4 KiB, returned with every report."`
}

// program returns the files of a request that carries source or files.
func program(lang judge.Language, source *string, files []file) ([]judge.File, error) {
	var out []judge.File
	switch {
	case source != nil && files != nil:
		return nil, judge.Invalid("files", "send source or files, not both")
	case source != nil:
		out = []judge.File{{Name: lang.MainFile(), Content: *source}}
		if lang.Valid() && *source == "" {
			return nil, judge.Invalid("source", "must not be empty")
		}
	case files == nil:
		return nil, judge.Invalid("source", "send the program as source, or as files")
	default:
		out = make([]judge.File, len(files))
		for i, f := range files {
			out[i] = judge.File(f)
		}
	}
	err := judge.ValidateFiles(lang, out)
	var known *judge.Error
	if source != nil && errors.As(err, &known) && known.Field != "language" {
		e := *known
		e.Field = "source" // the client knows of no files
		return nil, &e
	}
	return out, err
}

// submission turns a request into what the store keeps, or says which field
// is wrong.
func (s *Server) submission(ctx context.Context, r *request, in submitRequest, queue judge.Queue) (judge.Submission, error) {
	none := judge.Submission{}
	files, err := program(in.Language, in.Source, in.Files)
	if err != nil {
		return none, err
	}
	if err := s.solvable(ctx, in.Problem, in.Language); err != nil {
		return none, err
	}
	if queue, err = queueOf(in.Queue, queue, queue); err != nil {
		return none, err
	}
	if utf8.RuneCountInString(in.User) > maxUser {
		return none, judge.Invalid("user", "must be at most %d characters", maxUser)
	}
	for _, c := range in.User {
		if unicode.IsControl(c) {
			return none, judge.Invalid("user", "must not hold control characters")
		}
	}
	metadata, err := compact(in.Metadata)
	if err != nil {
		return none, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return none, fmt.Errorf("making a submission id: %w", err)
	}
	return judge.Submission{
		ID: judge.SubmissionID(id.String()), Kind: judge.KindSubmission,
		Problem: in.Problem, Language: in.Language, Files: files, Queue: queue,
		User: in.User, Metadata: metadata, KeyID: r.key.ID, Created: s.cfg.Now().UTC(),
	}, nil
}

// solvable checks that a problem exists and takes the language.
func (s *Server) solvable(ctx context.Context, slug judge.Slug, lang judge.Language) error {
	if slug == "" {
		return judge.Invalid("problem", "is needed")
	}
	if !judge.ValidSlug(string(slug)) {
		return judge.Invalid("problem", "must be a problem's slug: lower-case letters, digits and dashes")
	}
	p, err := s.cfg.Problems.Problem(ctx, slug)
	if err != nil {
		if judge.CodeOf(err) == judge.CodeNotFound {
			return judge.Invalid("problem", "there is no problem %q", slug)
		}
		return fmt.Errorf("finding problem %s: %w", slug, err)
	}
	if len(p.Languages) > 0 && !slices.Contains(p.Languages, lang) {
		return judge.Invalid("language", "problem %s does not take %s", slug, lang)
	}
	return nil
}

func compact(metadata json.RawMessage) (json.RawMessage, error) {
	if metadata == nil {
		return nil, nil
	}
	if metadata[0] != '{' {
		return nil, judge.Invalid("metadata", "must be an object")
	}
	if judge.Bytes(len(metadata)) > maxMetadata {
		return nil, judge.Invalid("metadata", "must be at most %d bytes", maxMetadata)
	}
	var b bytes.Buffer
	b.Grow(len(metadata))
	if err := json.Compact(&b, metadata); err != nil {
		return nil, fmt.Errorf("compacting metadata: %w", err)
	}
	return b.Bytes(), nil
}
