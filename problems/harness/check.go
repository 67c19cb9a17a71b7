package harness

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
)

var _ judge.Checker = Checker{}

// Checker compares the results of a test with its answers, case by case.
// What comes out of the box is bounded before it is looked at, and looked at
// as JSON only where it differs from the answer's own bytes.
type Checker struct {
	sig       *Signature
	tolerance float64
	doubles   bool // a method returns some
}

// DefaultTolerance is how far a double may be from the answer, absolutely or
// relative to it.
const DefaultTolerance = 1e-6

// Checker returns the checker of the problem. A tolerance of zero means the
// default.
func (h *Harness) Checker(tolerance float64) Checker {
	if tolerance == 0 {
		tolerance = DefaultTolerance
	}
	doubles := slices.ContainsFunc(h.sig.Calls, func(c Call) bool { return c.Result != nil && c.Result.has(Double) })
	return Checker{sig: h.sig, tolerance: tolerance, doubles: doubles}
}

// maxShownCase is how much of a case's result a finding keeps.
const maxShownCase = 4 << 10

// slack is how much longer than its answer a result may be: numbers may be
// written with more digits, and texts with more escapes.
const slack = 64 << 10

// Check implements [judge.Checker].
func (c Checker) Check(output, answer io.Reader) (judge.Finding, error) {
	var f judge.Finding
	out, ans := bufio.NewReaderSize(output, 64<<10), bufio.NewReaderSize(answer, 64<<10)
	var got, want []byte
	for {
		var err error
		if want, err = line(ans, want[:0], math.MaxInt); err != nil {
			if errors.Is(err, io.EOF) {
				break
			}
			return f, fmt.Errorf("reading the answer: %w", err)
		}
		f.Total++
		if f.Reason != "" {
			continue // only counted
		}
		got, err = line(out, got[:0], 6*len(want)+slack)
		switch {
		case errors.Is(err, io.EOF):
			f.Reason = fmt.Sprintf("case %d: there is no result", f.Total)
			f.Expected = clip(want, maxShownCase)
			continue
		case errors.Is(err, errTooLong):
			f.Reason = fmt.Sprintf("case %d: the result is far longer than the answer", f.Total)
		case err != nil:
			return f, fmt.Errorf("reading the results: %w", err)
		case bytes.Equal(got, want):
			f.Passed++
			continue
		default:
			why, err := c.differs(got, want)
			if err != nil {
				return f, fmt.Errorf("the answer of case %d: %w", f.Total, err)
			}
			if why == "" {
				f.Passed++
				continue
			}
			f.Reason = fmt.Sprintf("case %d: %s", f.Total, why)
		}
		f.Expected, f.Actual = clip(want, maxShownCase), clip(got, maxShownCase)
	}
	if f.Reason == "" {
		switch got, err := line(out, nil, 1); {
		case errors.Is(err, io.EOF):
		case err != nil && !errors.Is(err, errTooLong):
			return f, fmt.Errorf("reading the results: %w", err)
		default:
			_ = got
			f.Reason = fmt.Sprintf("there are more results than the %d cases", f.Total)
		}
	}
	return f, nil
}

var errTooLong = errors.New("line too long")

// line reads up to the end of a line, which is not part of it. The last line
// needs no end.
func line(r *bufio.Reader, into []byte, most int) ([]byte, error) {
	for {
		part, err := r.ReadSlice('\n')
		if len(into)+len(part) > most {
			keep := max(0, min(len(part), maxShownCase+1-len(into)))
			return append(into, part[:keep]...), errTooLong
		}
		into = append(into, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(into) > 0:
			return into, nil
		case err != nil:
			return into, err
		}
		return into[:len(into)-1], nil
	}
}

// differs says how a result is not the answer, or is empty. An error means
// that the answer itself is of no use.
func (c Checker) differs(got, want []byte) (string, error) {
	w, err := parse(want)
	if err != nil {
		return "", err
	}
	g, err := parse(got)
	if err != nil {
		return "the result is not JSON", nil //nolint:nilerr // the submission's fault
	}
	if !c.sig.Class {
		if c.sig.Concurrent() { // an account, see World
			return c.compare(g, w, nil), nil
		}
		return c.compare(g, w, c.sig.Calls[0].Result), nil
	}
	results, ok := g.([]any)
	answers, isList := w.([]any)
	if !isList {
		return "", errors.New("it is not a list of results")
	}
	if !ok {
		return "the result is not a list of results", nil
	}
	for i := range answers {
		if i >= len(results) {
			return fmt.Sprintf("there are %d results for %d calls", len(results), len(answers)), nil
		}
		if at := c.compare(results[i], answers[i], nil); at != "" {
			return fmt.Sprintf("call %d: %s", i, at), nil
		}
	}
	if len(results) > len(answers) {
		return fmt.Sprintf("there are %d results for %d calls", len(results), len(answers)), nil
	}
	return "", nil
}

// compare says how a value is not the one that is wanted. Its type is nil where
// nobody knows which call it is the result of.
func (c Checker) compare(got, want any, t *Type) string {
	if t != nil && t.Kind == Optional {
		t = t.Elem
	}
	var elem *Type
	if t != nil {
		elem = t.Elem
	}
	switch w := want.(type) {
	case json.Number:
		g, ok := got.(json.Number)
		if ok && (g == w || c.close(g, w, t)) {
			return ""
		}
	case []any:
		g, ok := got.([]any)
		if !ok {
			break
		}
		if len(g) != len(w) {
			return fmt.Sprintf("got an array of %d elements, want %d", len(g), len(w))
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
			return fmt.Sprintf("got %d keys, want %d", len(g), len(w))
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
	return fmt.Sprintf("got %s, want %s", short(got), short(want))
}

// close reports whether two numbers that are written differently are the same.
// Doubles have a tolerance, whole numbers agree or do not. Where the type is
// not known, an answer with a point or an exponent is a double, and so is a
// result with one of a class that returns doubles.
func (c Checker) close(got, want json.Number, t *Type) bool {
	g, err := got.Float64()
	if err != nil {
		return false
	}
	w, err := want.Float64()
	if err != nil {
		return false
	}
	double := t != nil && t.Kind == Double
	if t == nil {
		double = strings.ContainsAny(string(want), ".eE") || c.doubles && strings.ContainsAny(string(got), ".eE")
	}
	if !double {
		const exact = 1 << 53
		return g == w && math.Abs(w) < exact
	}
	d := math.Abs(g - w)
	return d <= c.tolerance || d <= c.tolerance*math.Abs(w)
}
