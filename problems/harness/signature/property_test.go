package signature_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/docketjudge/docket/problems/harness/signature"
	"github.com/docketjudge/docket/problems/harness/signature/signaturetest"
)

// Values drawn of a type fit it, and ParseType reads what String writes.
func TestTypesAndTheirValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := signaturetest.AnyType().Draw(t, "type")
		if back, err := signature.ParseType(kind.String()); err != nil || back.String() != kind.String() {
			t.Fatalf("%s: %s, %v", kind, back, err)
		}
		sig := &signature.Signature{Calls: []signature.Call{{Name: "f", Params: []signature.Param{{Name: "a", Type: kind}}, Result: &kind}}}
		var b strings.Builder
		signaturetest.Render(t, &b, []any{signaturetest.DrawValue(t, kind)})
		if err := sig.Case([]byte(b.String())); err != nil {
			t.Fatalf("%s: %s: %v", kind, b.String(), err)
		}
	})
}
