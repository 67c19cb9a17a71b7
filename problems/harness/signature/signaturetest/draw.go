package signaturetest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"github.com/docketjudge/docket/problems/harness/signature"
)

// AnyType draws a type that values can be drawn of.
func AnyType() *rapid.Generator[signature.Type] {
	return rapid.Custom(func(t *rapid.T) signature.Type { return drawType(t, 3) })
}

func drawType(t *rapid.T, depth int) signature.Type {
	kinds := []signature.Kind{signature.Int, signature.Long, signature.Double, signature.Bool, signature.String, signature.ListNode, signature.TreeNode}
	if depth > 0 {
		kinds = append(kinds, signature.Array, signature.Array, signature.Map, signature.Optional)
	}
	k := rapid.SampledFrom(kinds).Draw(t, "kind")
	switch k {
	case signature.Optional:
		for {
			elem := drawType(t, depth-1)
			if elem.Kind != signature.Optional && elem.Kind != signature.ListNode && elem.Kind != signature.TreeNode {
				return signature.Type{Kind: k, Elem: &elem}
			}
		}
	case signature.Array, signature.Map:
		elem := drawType(t, depth-1)
		return signature.Type{Kind: k, Elem: &elem}
	}
	return signature.Type{Kind: k}
}

// DrawValue draws a value of a type, in what encoding/json writes.
func DrawValue(t *rapid.T, k signature.Type) any {
	switch k.Kind {
	case signature.Int:
		return json.Number(strconv.Itoa(int(rapid.Int32().Draw(t, "int"))))
	case signature.Long:
		return json.Number(strconv.FormatInt(rapid.Int64().Draw(t, "long"), 10))
	case signature.Double:
		return json.Number(strconv.FormatFloat(rapid.Float64Range(-1e9, 1e9).Draw(t, "double"), 'g', -1, 64))
	case signature.Bool:
		return rapid.Bool().Draw(t, "bool")
	case signature.String:
		return rapid.String().Draw(t, "string")
	case signature.Optional:
		if rapid.Bool().Draw(t, "absent") {
			return nil
		}
		return DrawValue(t, *k.Elem)
	case signature.Map:
		m := map[string]any{}
		for _, key := range rapid.SliceOfNDistinct(rapid.String(), 0, 4, rapid.ID[string]).Draw(t, "keys") {
			m[key] = DrawValue(t, *k.Elem)
		}
		return m
	case signature.TreeNode:
		list := []any{}
		for i := range rapid.IntRange(0, 4).Draw(t, "nodes") {
			list = append(list, json.Number(strconv.Itoa(i)))
		}
		return list
	case signature.ListNode:
		k.Elem = &signature.Type{Kind: signature.Int}
	}
	list := []any{}
	for range rapid.IntRange(0, 4).Draw(t, "length") {
		list = append(list, DrawValue(t, *k.Elem))
	}
	return list
}

// Render writes a value in one of the many ways that JSON allows.
func Render(t *rapid.T, b *strings.Builder, v any) {
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
			Render(t, b, one)
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
			Render(t, b, k)
			b.WriteByte(':')
			Render(t, b, v[k])
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
