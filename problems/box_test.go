package problems_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/docketjudge/docket/sandbox"
	"github.com/docketjudge/docket/sandbox/engine"
)

// realBox is the real sandbox, closed when the test is over.
func realBox(t *testing.T) *sandbox.Docker {
	t.Helper()
	ctx := context.Background()
	var said bytes.Buffer
	if err := engine.BuildImages(ctx, &said); err != nil {
		t.Fatalf("%s\n%v", said.String(), err)
	}
	box, err := sandbox.New(ctx, sandbox.Config{Worker: fmt.Sprintf("problems-test-%d", os.Getpid())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	return box
}
