package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"
)

// problem fills in what a run of a problem needs beside the program.
func (c *runCmd) problem(p *process, in *runRequest) error {
	if err := checkSlug(c.Problem); err != nil {
		return err
	}
	switch {
	case c.Stdin != "":
		return usageError("--stdin: a run of a problem reads the problem's samples, or --cases")
	case in.Limits != nil:
		return usageError("--cpu-ms and --memory-mib: a run of a problem has the problem's limits")
	}
	in.Problem = c.Problem
	if c.Cases == "" {
		return nil
	}
	text, err := c.readCases(p)
	if err != nil {
		return err
	}
	in.Cases, err = parseCases(text)
	return err
}

func (c *runCmd) readCases(p *process) ([]byte, error) {
	r, name := p.stdin, "standard input"
	if c.Cases != "-" {
		f, err := os.Open(c.Cases)
		if err != nil {
			return nil, usageError("--cases: %w", err)
		}
		defer f.Close() //nolint:errcheck // only read
		r, name = f, c.Cases
	}
	text, err := readAtMost(r, name, judge.MaxStdinBytes)
	if err != nil {
		return nil, usageError("--cases: %w", err)
	}
	return []byte(text), nil
}

// parseCases reads cases one after the other, each a JSON array on a line of
// its own or over several.
func parseCases(text []byte) ([]json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	var all []json.RawMessage
	for {
		var one json.RawMessage
		err := d.Decode(&one)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, usageError("--cases: case %d is not JSON: %w", len(all)+1, err)
		}
		if i := judge.LoneSurrogate(one); i >= 0 {
			return nil, usageError("--cases: case %d holds half of a surrogate pair, which no text can: %s", len(all)+1, one[i:i+6])
		}
		if !utf8.Valid(one) {
			return nil, usageError("--cases: case %d is not UTF-8 text", len(all)+1)
		}
		all = append(all, one)
	}
	if len(all) == 0 || len(all) > judge.MaxCases {
		return nil, usageError("--cases: there must be 1 to %d cases, one after the other; there are %d", judge.MaxCases, len(all))
	}
	return all, nil
}

// printCases writes the cases of a run, or the first of a test that was wrong.
func printCases(b *strings.Builder, t judge.TestReport, colourful bool) {
	for i, c := range t.Cases {
		mark := green.on("ok", colourful)
		switch {
		case c.Passed:
		case c.Actual == "":
			mark = red.on("no result", colourful)
		default:
			mark = red.on("wrong", colourful)
		}
		fmt.Fprintf(b, "  case %d: %s\n", i+1, mark)
		printCase(b, c)
	}
	if f := t.Failure; f != nil && len(t.Cases) == 0 {
		what := "the input of the first failing test:"
		if t.FailedCase > 0 {
			what = fmt.Sprintf("case %d:", t.FailedCase)
		}
		if t.FailedCase == 0 || !strings.HasPrefix(t.Feedback, what) { // else it has been said
			b.WriteString("  " + what + "\n")
		}
		printCase(b, *f)
	}
}

func printCase(b *strings.Builder, c judge.CaseReport) {
	for _, line := range []struct{ name, text string }{{"input", c.Input}, {"expected", c.Expected}, {"actual", c.Actual}} {
		if line.text != "" {
			fmt.Fprintf(b, "    %-9s %s\n", line.name, strings.TrimRight(printable(line.text), "\n"))
		}
	}
}

// printSampleCases writes each case of a sample beside its answer.
func printSampleCases(b *strings.Builder, input, answer string) {
	inputs := strings.Split(strings.TrimRight(input, "\n"), "\n")
	answers := strings.Split(strings.TrimRight(answer, "\n"), "\n")
	for i, in := range inputs {
		c := judge.CaseReport{Input: in}
		if i < len(answers) {
			c.Expected = answers[i]
		}
		fmt.Fprintf(b, "  case %d:\n", i+1)
		printCase(b, c)
	}
}
