package harness_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

func TestInput(t *testing.T) {
	h := function(t, "f(a int[], b string) int")
	got, err := h.Input([]json.RawMessage{json.RawMessage("[ [1 , 2],\n \"a <b>\u2028\" ]"), json.RawMessage(`[[],""]`)})
	if want := "[[1,2],\"a <b>\u2028\"]\n[[],\"\"]\n"; err != nil || string(got) != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	_, err = h.Input([]json.RawMessage{json.RawMessage(`[[],""]`), json.RawMessage(`[[],1]`)})
	var refused *judge.Error
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), "1 is no string") {
		t.Errorf("%v", err)
	}
}
