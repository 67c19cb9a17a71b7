package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// selfCheckSlug names the problem that the self-check solves. Every API and
// worker knows it, since the self-check of one process may be judged by
// another, but no list shows it. Its tests are few and small: what is checked
// is that programs are built, run and judged here, and it is the first thing
// that everybody waits for.
const (
	selfCheckSlug  = judge.Slug("docket-self-check")
	selfCheckTests = 3
)

// selfCheckProblem is that problem.
var selfCheckProblem = sync.OnceValues(func() (*judge.Problem, error) {
	dir, err := fs.Sub(sumProblem(selfCheckSlug, selfCheckTests), string(selfCheckSlug))
	if err != nil {
		return nil, fmt.Errorf("self-check: %w", err)
	}
	pkg, err := problems.Load(dir, selfCheckSlug)
	if err != nil {
		return nil, fmt.Errorf("self-check: %w", err)
	}
	return pkg.Problem, nil
})

// selfCheck submits an accepted solution of every language over HTTP, as any
// client would, and prints what came back. A wrong verdict is an error: this
// host must not judge.
func selfCheck(ctx context.Context, p *process, base string, languages []judge.Language) error {
	say(p, "Self-check: one accepted solution in each language ...\n")
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "language\tverdict\ttests\tcompile\tslowest test\tround trip\ttoolchain")
	var wrong []error
	for _, lang := range languages {
		begin := time.Now()
		r, err := submitAndWait(ctx, base, lang, benchSource(lang, "self-check"))
		if err != nil {
			return fmt.Errorf("self-check in %s: %w", lang.Name(), err)
		}
		compile := int64(0)
		if r.Compile != nil {
			compile = r.Compile.Millis
		}
		_, _ = fmt.Fprintf(table, "%s\t%s\t%d/%d\t%d ms\t%d ms\t%d ms\t%s\n", lang.Name(), r.Verdict,
			r.Summary.Passed, r.Summary.Total, compile, r.Summary.CPUMillisMax, time.Since(begin).Milliseconds(), r.Toolchain)
		if r.Verdict != judge.AC {
			wrong = append(wrong, fmt.Errorf("self-check in %s: verdict %s instead of AC %s", lang.Name(), r.Verdict, r.Message))
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	return errors.Join(wrong...)
}

func submitAndWait(ctx context.Context, base string, lang judge.Language, source judge.File) (judge.Report, error) {
	body, err := json.Marshal(map[string]any{"problem": selfCheckSlug, "language": lang, "files": []judge.File{source}})
	if err != nil {
		return judge.Report{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/v1/submissions?wait=60s", bytes.NewReader(body))
	if err != nil {
		return judge.Report{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return judge.Report{}, err
	}
	defer resp.Body.Close() //nolint:errcheck // only read
	var r judge.Report
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return judge.Report{}, fmt.Errorf("reading the answer (%s): %w", resp.Status, err)
	}
	if resp.StatusCode != http.StatusOK {
		return r, fmt.Errorf("the API answered %s", resp.Status)
	}
	return r, nil
}
