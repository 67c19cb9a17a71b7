package harness_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/docketjudge/docket/problems/harness"
)

// anyType draws a type that values can be drawn of.
func anyType() *rapid.Generator[harness.Type] {
	return rapid.Custom(func(t *rapid.T) harness.Type { return drawType(t, 3) })
}

func drawType(t *rapid.T, depth int) harness.Type {
	kinds := []harness.Kind{harness.Int, harness.Long, harness.Double, harness.Bool, harness.String, harness.ListNode, harness.TreeNode}
	if depth > 0 {
		kinds = append(kinds, harness.Array, harness.Array, harness.Map, harness.Optional)
	}
	k := rapid.SampledFrom(kinds).Draw(t, "kind")
	switch k {
	case harness.Optional:
		for {
			elem := drawType(t, depth-1)
			if elem.Kind != harness.Optional && elem.Kind != harness.ListNode && elem.Kind != harness.TreeNode {
				return harness.Type{Kind: k, Elem: &elem}
			}
		}
	case harness.Array, harness.Map:
		elem := drawType(t, depth-1)
		return harness.Type{Kind: k, Elem: &elem}
	}
	return harness.Type{Kind: k}
}

// drawValue draws a value of a type, in what encoding/json writes.
func drawValue(t *rapid.T, k harness.Type) any {
	switch k.Kind {
	case harness.Int:
		return json.Number(strconv.Itoa(int(rapid.Int32().Draw(t, "int"))))
	case harness.Long:
		return json.Number(strconv.FormatInt(rapid.Int64().Draw(t, "long"), 10))
	case harness.Double:
		return json.Number(strconv.FormatFloat(rapid.Float64Range(-1e9, 1e9).Draw(t, "double"), 'g', -1, 64))
	case harness.Bool:
		return rapid.Bool().Draw(t, "bool")
	case harness.String:
		return rapid.String().Draw(t, "string")
	case harness.Optional:
		if rapid.Bool().Draw(t, "absent") {
			return nil
		}
		return drawValue(t, *k.Elem)
	case harness.Map:
		m := map[string]any{}
		for _, key := range rapid.SliceOfNDistinct(rapid.String(), 0, 4, rapid.ID[string]).Draw(t, "keys") {
			m[key] = drawValue(t, *k.Elem)
		}
		return m
	case harness.TreeNode:
		list := []any{}
		for i := range rapid.IntRange(0, 4).Draw(t, "nodes") {
			list = append(list, json.Number(strconv.Itoa(i)))
		}
		return list
	case harness.ListNode:
		k.Elem = &harness.Type{Kind: harness.Int}
	}
	list := []any{}
	for range rapid.IntRange(0, 4).Draw(t, "length") {
		list = append(list, drawValue(t, *k.Elem))
	}
	return list
}

// render writes a value in one of the many ways that JSON allows.
func render(t *rapid.T, b *strings.Builder, v any) {
	blank := func() { b.WriteString(rapid.SampledFrom([]string{"", "", "", " ", "\t", "  "}).Draw(t, "blank")) }
	blank()
	switch v := v.(type) {
	case string:
		b.WriteByte('"')
		for _, r := range v {
			switch {
			case r >= 0x10000 && rapid.Bool().Draw(t, "pair"):
				r -= 0x10000
				_, _ = fmt.Fprintf(b, `\u%04x\u%04X`, 0xd800+r>>10, 0xdc00+r&0x3ff)
			case r < ' ' || r == '"' || r == '\\' || r < 0x10000 && rapid.IntRange(0, 9).Draw(t, "escape") == 0:
				_, _ = fmt.Fprintf(b, `\u%04x`, r)
			default:
				b.WriteRune(r)
			}
		}
		b.WriteByte('"')
	case []any:
		b.WriteByte('[')
		for i, one := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			render(t, b, one)
		}
		blank()
		b.WriteByte(']')
	case map[string]any:
		keys := slices.Sorted(maps.Keys(v))
		if len(keys) > 0 {
			keys = rapid.Permutation(keys).Draw(t, "order")
		}
		b.WriteByte('{')
		for i, k := range keys {
			if i > 0 {
				b.WriteByte(',')
			}
			render(t, b, k)
			b.WriteByte(':')
			render(t, b, v[k])
		}
		b.WriteByte('}')
	default:
		out, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(out)
	}
	blank()
}

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
		kind := anyType().Draw(t, "type")
		sig := &harness.Signature{Calls: []harness.Call{{Name: "f", Result: &kind}}}
		c := harness.New(sig).Checker(0)
		value := drawValue(t, kind)
		var answer bytes.Buffer
		e := json.NewEncoder(&answer)
		e.SetEscapeHTML(false)
		if err := e.Encode(value); err != nil {
			t.Fatal(err)
		}
		var same strings.Builder
		render(t, &same, value)
		f, err := c.Check(strings.NewReader(same.String()), bytes.NewReader(answer.Bytes()))
		if err != nil || f.Reason != "" || f.Passed != 1 {
			t.Fatalf("%s: %q for %q: %+v, %v", kind, same.String(), answer.String(), f, err)
		}
		other, ok := change(t, value)
		if !ok || withinTolerance(kind, other, value) {
			return
		}
		var b strings.Builder
		render(t, &b, other)
		f, err = c.Check(strings.NewReader(b.String()), bytes.NewReader(answer.Bytes()))
		if err != nil || f.Reason == "" || f.Passed != 0 {
			t.Fatalf("%s: %q for %q: %+v, %v", kind, b.String(), answer.String(), f, err)
		}
	})
}

// withinTolerance says whether a change was of a double that is written like a
// whole number, by so little that it does not count.
func withinTolerance(kind harness.Type, a, b any) bool {
	if kind.Kind == harness.Int || kind.Kind == harness.Long || kind.Kind == harness.ListNode || kind.Kind == harness.TreeNode {
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
	if kind.Kind == harness.Optional {
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

// What a type draws fits it, and ParseType reads what String writes.
func TestTypesAndTheirValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := anyType().Draw(t, "type")
		if back, err := harness.ParseType(kind.String()); err != nil || back.String() != kind.String() {
			t.Fatalf("%s: %s, %v", kind, back, err)
		}
		sig := &harness.Signature{Calls: []harness.Call{{Name: "f", Params: []harness.Param{{Name: "a", Type: kind}}, Result: &kind}}}
		var b strings.Builder
		render(t, &b, []any{drawValue(t, kind)})
		if err := harness.New(sig).Case([]byte(b.String())); err != nil {
			t.Fatalf("%s: %s: %v", kind, b.String(), err)
		}
	})
}
