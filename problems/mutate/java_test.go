package mutate_test

import (
	"testing"

	"github.com/docketjudge/docket/judge"
)

func TestJavaMutants(t *testing.T) {
	text := sample(t, "Sample.java")
	got := list(t, judge.Java, "Sample.java", text)
	golden(t, judge.Java, "Sample.java", got)
	checkMutants(t, got, judge.File{Name: "Sample.java", Content: text})
}
