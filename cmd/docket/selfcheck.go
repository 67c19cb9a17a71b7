package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"text/tabwriter"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// selfCheckProblem is the built-in problem that the self-check solves.
const selfCheckProblem = judge.Slug("log-top-k")

// selfCheck submits an accepted solution of every language over HTTP, as any
// client would, and prints what came back. A wrong verdict is an error: this
// host must not judge.
func selfCheck(ctx context.Context, p *process, base string, catalog *problems.Catalog, languages []judge.Language) error {
	pkg, err := catalog.Package(ctx, selfCheckProblem)
	if err != nil {
		return fmt.Errorf("self-check: %w", err)
	}
	say(p, "Self-check: one accepted solution of %s in each language ...\n", selfCheckProblem)
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "language\tverdict\ttests\tcompile\tslowest test\tround trip\ttoolchain")
	var wrong []error
	for _, lang := range languages {
		sub, ok := acceptedIn(pkg, lang)
		if !ok {
			return fmt.Errorf("self-check: %s has no accepted solution in %s", selfCheckProblem, lang.Name())
		}
		begin := time.Now()
		r, err := submitAndWait(ctx, base, sub)
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

// acceptedIn finds a package's accepted solution in a language.
func acceptedIn(pkg *problems.Package, lang judge.Language) (problems.Submission, bool) {
	for _, s := range pkg.Submissions {
		if s.Language == lang && len(s.Expect) > 0 && len(s.Expect[0].Permitted) == 1 && s.Expect[0].Permitted[0] == judge.AC {
			return s, true
		}
	}
	return problems.Submission{}, false
}

func submitAndWait(ctx context.Context, base string, s problems.Submission) (judge.Report, error) {
	body, err := json.Marshal(map[string]any{"problem": selfCheckProblem, "language": s.Language, "files": s.Files})
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
