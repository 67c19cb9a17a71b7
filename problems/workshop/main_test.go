package workshop_test

import (
	"errors"
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// atEnd closes what the tests share.
var atEnd = func() error { return nil }

func TestMain(m *testing.M) {
	code := m.Run()
	if err := errors.Join(atEnd(), goleak.Find()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}
