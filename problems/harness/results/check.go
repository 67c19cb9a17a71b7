package results

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/jsonline"
	"github.com/docketjudge/docket/problems/harness/signature"
)

var _ judge.CaseChecker = Checker{}

// Checker compares the results of a test with its answers, case by case. It
// holds an answer at a time, and of what came out of the box the beginning of
// the case that is wrong.
type Checker struct {
	sig       *signature.Signature
	tolerance judge.Tolerance
	doubles   bool // a method returns some
	mixed     bool // others return whole numbers
}

// DefaultTolerance is how far a double may be from the answer, absolutely or
// relative to it.
const DefaultTolerance = 1e-6

// New returns the checker of a problem. A tolerance of zero means the default. It
// counts as the decimal number that it is written as, so a result that is off by
// just that is right.
func New(sig *signature.Signature, tolerance float64) Checker {
	if tolerance == 0 {
		tolerance = DefaultTolerance
	}
	eps, _ := judge.ParseNumber(strconv.AppendFloat(nil, tolerance, 'g', -1, 64))
	returns := func(kinds ...signature.Kind) bool {
		return slices.ContainsFunc(sig.Calls, func(c signature.Call) bool { return c.Result != nil && slices.ContainsFunc(kinds, c.Result.Has) })
	}
	doubles := returns(signature.Double)
	return Checker{sig: sig, tolerance: judge.Tolerance{Absolute: &eps, Relative: &eps}, doubles: doubles, mixed: doubles && returns(signature.Int, signature.Long, signature.ListNode, signature.TreeNode)}
}

// maxShownCase is how much of a case's result a finding keeps.
const maxShownCase = 4 << 10

// slack is how much longer than its answer a result may be: numbers may be
// written with more digits, and texts with more escapes.
const slack = 64 << 10

// Check implements [judge.Checker]. Where a class returns doubles and whole
// numbers, only the test tells them apart: see CheckCases.
func (c Checker) Check(output, answer io.Reader) (judge.Finding, error) {
	return c.CheckCases(nil, output, answer)
}

// CheckCases implements [judge.CaseChecker]: every result is compared by the
// type of its call.
func (c Checker) CheckCases(test, output, answer io.Reader) (judge.Finding, error) {
	var f judge.Finding
	out, ans := bufio.NewReaderSize(output, 64<<10), bufio.NewReaderSize(answer, 64<<10)
	var calls *callTypes
	if c.mixed && test != nil {
		calls = &callTypes{in: bufio.NewReaderSize(test, 64<<10)}
	}
	var want []byte
	for {
		var err error
		if want, err = jsonline.Read(ans, want[:0], math.MaxInt); err != nil {
			if errors.Is(err, io.EOF) {
				break
			}
			return f, fmt.Errorf("reading the answer: %w", err)
		}
		f.Total++
		if f.Reason != "" {
			continue // only counted
		}
		if err := calls.next(); err != nil {
			return f, err
		}
		n, whole, err := prefix(out, want)
		switch {
		case errors.Is(err, io.EOF):
			f = c.fails(f, noResult)
			f.Expected = jsonline.Clip(want, maxShownCase)
		case err != nil:
			return f, fmt.Errorf("reading the results: %w", err)
		case whole:
			f.Passed++
		default:
			got := &text{
				head: want[:n], in: out, left: max(6*len(want)+slack-n, 0),
				begun: slices.Clone(want[:min(n, maxShownCase+1)]),
			}
			typeOf, err := calls.read(c.sig)
			if err != nil {
				return f, fmt.Errorf("case %d of the test: %w", f.Total, err)
			}
			why, err := c.differs(got, want, typeOf)
			if err != nil {
				return f, fmt.Errorf("the answer of case %d: %w", f.Total, err)
			}
			if got.err != nil && !errors.Is(got.err, io.EOF) && !errors.Is(got.err, jsonline.ErrTooLong) {
				return f, fmt.Errorf("reading the results: %w", got.err)
			}
			if why == "" {
				f.Passed++
				continue
			}
			f = c.fails(f, why)
			f.Expected, f.Actual = jsonline.Clip(want, maxShownCase), got.beginning()
		}
	}
	if f.Reason == "" {
		switch _, err := out.ReadByte(); {
		case errors.Is(err, io.EOF):
		case err != nil:
			return f, fmt.Errorf("reading the results: %w", err)
		default:
			f.Reason, f.Outline = TooMany, TooMany
		}
	}
	return f, nil
}

// fails enters why the case that was counted last is wrong.
func (c Checker) fails(f judge.Finding, why string) judge.Finding {
	outline := "the result differs"
	switch {
	case why == noResult || why == tooLong || why == notJSON || why == notList:
		outline = why // which holds no data
	case c.sig.Concurrent():
		outline = "what was called and when, or the result, differs"
	}
	f.Reason, f.Outline = fmt.Sprintf("case %d: %s", f.Total, why), fmt.Sprintf("case %d: %s", f.Total, outline)
	return f
}

// callTypes are the types of a case's results.
type callTypes struct {
	in     *bufio.Reader
	text   []byte
	script signature.Script
}

func (c *callTypes) next() (err error) {
	if c == nil {
		return nil
	}
	if c.text, err = jsonline.Read(c.in, c.text[:0], math.MaxInt); err != nil {
		return fmt.Errorf("reading the test: %w", err)
	}
	return nil
}

// read finds what each call of the case returns.
func (c *callTypes) read(sig *signature.Signature) (func(i int) *signature.Type, error) {
	if c == nil {
		return func(int) *signature.Type { return nil }, nil
	}
	if err := c.script.Read(sig, c.text); err != nil {
		return nil, err
	}
	return func(i int) *signature.Type {
		if i < len(c.script.Calls) {
			return c.script.Calls[i].Call.Result
		}
		return nil
	}, nil
}

// differs says how a result is not the answer, or is empty. An error means
// that the answer is of no use. What the result's line could not be read for is
// with the text.
func (c Checker) differs(got *text, answer []byte, typeOf func(i int) *signature.Type) (string, error) {
	if c.sig.Concurrent() {
		return c.differsAsAccount(got, answer)
	}
	want := &text{head: answer}
	both := &comparison{Checker: c, got: got, want: want}
	var why string
	switch {
	case c.sig.Class:
		if want.blanks() != '[' {
			return "", errors.New("it is not a list of results")
		}
		why = both.results(typeOf)
	default:
		why = both.value(c.sig.Calls[0].Result)
	}
	over := got.ended()
	switch {
	case errors.Is(got.err, jsonline.ErrTooLong):
		return tooLong, nil
	case got.bad || !over:
		// The answer was not read to its end either, so that its own faults are
		// found here.
		if !json.Valid(answer) {
			return "", errNotJSON
		}
		return notJSON, nil
	case want.bad || !want.ended():
		return "", errNotJSON
	case why != "" && got.odd:
		return why + "; " + notText, nil
	}
	return why, nil
}

// differsAsAccount compares accounts of concurrency problems, which a [world.World]
// writes.
func (c Checker) differsAsAccount(got *text, answer []byte) (string, error) {
	w, err := jsonline.Parse(answer)
	if err != nil {
		return "", err
	}
	line := got.whole()
	if errors.Is(got.err, jsonline.ErrTooLong) {
		return tooLong, nil
	}
	if !utf8.Valid(line) || jsonline.HalfPair(line) {
		return notText, nil
	}
	g, err := jsonline.Parse(line)
	if err != nil {
		return notJSON, nil //nolint:nilerr // the submission's fault
	}
	return c.accounts(g, w), nil
}

// TooMany is what is wrong with output after the last case.
const TooMany = "there are more results than cases"

var errNotJSON = errors.New("not JSON")

const (
	noResult = "there is no result"
	notJSON  = "the result is not JSON"
	notList  = "the result is not a list of results"
	tooLong  = "the result is far longer than the answer"
	notText  = "a text of the result is not Unicode: it has half of a surrogate pair, or bytes that are not UTF-8"
)

// compare says how a value in memory is not the one that is wanted. Its type is
// nil where nobody knows it.
func (c Checker) compare(got, want any, t *signature.Type) string {
	if t != nil && t.Kind == signature.Optional {
		t = t.Elem
	}
	var elem *signature.Type
	if t != nil {
		elem = t.Elem
	}
	switch w := want.(type) {
	case json.Number:
		g, ok := got.(json.Number)
		if ok && (g == w || c.close(string(g), string(w), t)) {
			return ""
		}
	case []any:
		g, ok := got.([]any)
		if !ok {
			break
		}
		if len(g) != len(w) {
			return fmt.Sprintf("%d elements, expected %d", len(g), len(w))
		}
		for i := range w {
			if why := c.compare(g[i], w[i], elem); why != "" {
				return fmt.Sprintf("element %d: %s", i, why)
			}
		}
		return ""
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			break
		}
		if len(g) != len(w) {
			return fmt.Sprintf("%d keys, expected %d", len(g), len(w))
		}
		for _, key := range slices.Sorted(maps.Keys(w)) {
			one, ok := g[key]
			if !ok {
				return fmt.Sprintf("key %q is missing", key)
			}
			if why := c.compare(one, w[key], elem); why != "" {
				return fmt.Sprintf("key %q: %s", key, why)
			}
		}
		return ""
	default: // string, bool, nil
		if got == want {
			return ""
		}
	}
	return fmt.Sprintf("actual %s, expected %s", jsonline.Short(got), jsonline.Short(want))
}

// close reports whether two numbers that are written differently are the same.
// Doubles have a tolerance, whole numbers agree or do not. Where the type is
// not known, an answer with a point or an exponent is a double, and so is a
// result with one of a class that returns doubles.
func (c Checker) close(got, want string, t *signature.Type) bool {
	g, ok := judge.ParseNumber([]byte(got))
	if !ok || len(got) > maxNumber || math.IsInf(g.Float(), 0) {
		return false
	}
	w, ok := judge.ParseNumber([]byte(want))
	if !ok || math.IsInf(w.Float(), 0) {
		return false
	}
	double := t != nil && t.Kind == signature.Double
	if t == nil {
		double = strings.ContainsAny(want, ".eE") || c.doubles && strings.ContainsAny(got, ".eE")
	}
	if !double {
		const exact = 1 << 53
		var equal judge.Tolerance
		return math.Abs(w.Float()) < exact && equal.Near(g, w)
	}
	return c.tolerance.Near(g, w)
}
