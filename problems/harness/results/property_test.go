package results_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/docketjudge/docket/problems/harness/results"
	"github.com/docketjudge/docket/problems/harness/signature"
	"github.com/docketjudge/docket/problems/harness/signature/signaturetest"
)

// change makes another value of a value. It returns false when there is no
// place in it where that could be done.
func change(t *rapid.T, v any) (any, bool) {
	switch v := v.(type) {
	case nil:
		return json.Number("0"), true
	case bool:
		return !v, true
	case string:
		return v + rapid.SampledFrom([]string{" ", "x", "\x00"}).Draw(t, "more"), true
	case json.Number:
		if !strings.ContainsAny(string(v), ".eE") {
			if n, err := strconv.ParseInt(string(v), 10, 64); err == nil {
				if n == math.MaxInt64 {
					n -= 2
				}
				return json.Number(strconv.FormatInt(n+1, 10)), true
			}
		}
		f, err := v.Float64()
		if err != nil {
			t.Fatal(err)
		}
		return json.Number(strconv.FormatFloat(f+math.Max(0.01, math.Abs(f)/1000), 'g', -1, 64)), true
	case []any:
		out := slices.Clone(v)
		at := rapid.IntRange(0, len(v)).Draw(t, "at")
		if at == len(v) {
			return append(out, nil), true
		}
		if rapid.Bool().Draw(t, "drop") {
			return slices.Delete(out, at, at+1), true
		}
		var ok bool
		out[at], ok = change(t, out[at])
		return out, ok
	case map[string]any:
		out := maps.Clone(v)
		if len(v) == 0 {
			out["new"] = nil
			return out, true
		}
		k := rapid.SampledFrom(slices.Sorted(maps.Keys(v))).Draw(t, "key")
		if rapid.Bool().Draw(t, "drop") {
			delete(out, k)
			return out, true
		}
		var ok bool
		out[k], ok = change(t, out[k])
		return out, ok
	}
	return v, false
}

// However a value is written, it is the value, and no other one is.
func TestCheckerKnowsValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := signaturetest.AnyType().Draw(t, "type")
		sig := &signature.Signature{Calls: []signature.Call{{Name: "f", Result: &kind}}}
		c := results.New(sig, 0)
		value := signaturetest.DrawValue(t, kind)
		var answer bytes.Buffer
		e := json.NewEncoder(&answer)
		e.SetEscapeHTML(false)
		if err := e.Encode(value); err != nil {
			t.Fatal(err)
		}
		var same strings.Builder
		signaturetest.Render(t, &same, value)
		f, err := c.Check(strings.NewReader(same.String()), bytes.NewReader(answer.Bytes()))
		if err != nil || f.Reason != "" || f.Passed != 1 {
			t.Fatalf("%s: %q for %q: %+v, %v", kind, same.String(), answer.String(), f, err)
		}
		other, ok := change(t, value)
		if !ok || withinTolerance(kind, other, value) {
			return
		}
		var b strings.Builder
		signaturetest.Render(t, &b, other)
		f, err = c.Check(strings.NewReader(b.String()), bytes.NewReader(answer.Bytes()))
		if err != nil || f.Reason == "" || f.Passed != 0 {
			t.Fatalf("%s: %q for %q: %+v, %v", kind, b.String(), answer.String(), f, err)
		}
	})
}

// withinTolerance says whether a change was of a double that is written like a
// whole number, by so little that it does not count.
func withinTolerance(kind signature.Type, a, b any) bool {
	if kind.Kind == signature.Int || kind.Kind == signature.Long || kind.Kind == signature.ListNode || kind.Kind == signature.TreeNode {
		return false
	}
	switch x := a.(type) {
	case json.Number:
		y, ok := b.(json.Number)
		if !ok {
			return false
		}
		f, err1 := x.Float64()
		g, err2 := y.Float64()
		return err1 == nil && err2 == nil && math.Abs(f-g) <= 2e-6*math.Max(1, math.Abs(g))
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) || kind.Elem == nil {
			return false
		}
		for i := range x {
			if same, err := equalJSON(x[i], y[i]); err != nil || !same && !withinTolerance(*kind.Elem, x[i], y[i]) {
				return false
			}
		}
		return true
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for k := range x {
			if same, err := equalJSON(x[k], y[k]); err != nil || !same && !withinTolerance(*kind.Elem, x[k], y[k]) {
				return false
			}
		}
		return true
	}
	if kind.Kind == signature.Optional {
		return withinTolerance(*kind.Elem, a, b)
	}
	return false
}

func equalJSON(a, b any) (bool, error) {
	x, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(b)
	return bytes.Equal(x, y), err
}
