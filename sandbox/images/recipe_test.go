package images

import (
	"bytes"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

func refs(t *testing.T, runner, goVersion string) map[Name]string {
	t.Helper()
	s, err := plan([]byte(runner), goVersion)
	must(t, err)
	all := map[Name]string{}
	for _, i := range s.Images() {
		all[i.Name] = i.Ref
		if !strings.HasPrefix(i.Ref, "docket/"+string(i.Name)+":"+i.Digest[:16]) || s.Image(i.Name) != i.Ref {
			t.Errorf("%s is called %s", i.Name, i.Ref)
		}
	}
	return all
}

func TestRefsFollowWhatGoesIn(t *testing.T) {
	a := refs(t, "runner", "go1.26.1")
	for n, ref := range refs(t, "runner", "go1.26.1") {
		if ref != a[n] {
			t.Errorf("%s has two names: %s and %s", n, ref, a[n])
		}
	}
	for n, ref := range refs(t, "another runner", "go1.26.1") {
		if ref == a[n] {
			t.Errorf("%s keeps its name with another runner", n)
		}
	}
	for n, ref := range refs(t, "runner", "go1.26.2") {
		if changed := ref != a[n]; changed != (n == GoBuild || n == GoRun) {
			t.Errorf("%s with another Go: changed %v", n, changed)
		}
	}
	if a[JavaBuild][len("docket/java-build"):] == a[JavaRun][len("docket/java-run"):] {
		t.Error("two stages of one Dockerfile have one digest")
	}
}

func TestDigestTellsEntriesApart(t *testing.T) {
	base := recipe{entries: []entry{{name: "a", mode: 0o644, data: []byte("bc")}}}
	for name, other := range map[string]recipe{
		"name":    {entries: []entry{{name: "ab", mode: 0o644, data: []byte("c")}}},
		"mode":    {entries: []entry{{name: "a", mode: 0o755, data: []byte("bc")}}},
		"content": {entries: []entry{{name: "a", mode: 0o644, data: []byte("bd")}}},
		"target":  {entries: base.entries, target: "x"},
		"more":    {entries: append([]entry{{name: "z"}}, base.entries...)},
		"Go":      {entries: base.entries, identity: []string{"go1.26"}},
	} {
		if other.digest() == base.digest() {
			t.Errorf("a change of %s is not seen", name)
		}
	}
}

func TestContextIsReproducible(t *testing.T) {
	var a, b bytes.Buffer
	must(t, writeContext(&a, []entry{{name: "x/", mode: 0o755}, {name: "x/y", mode: 0o644, data: []byte("1")}}))
	must(t, writeContext(&b, []entry{{name: "x/y", mode: 0o644, data: []byte("1")}, {name: "x/", mode: 0o755}}))
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the order of entries shows")
	}
}

func TestLinesComeWholeAndPlain(t *testing.T) {
	var b strings.Builder
	l := &lines{w: &b, prefix: "p"}
	for _, s := range []string{"one", " line\ntwo\r\n\n", "1%\r2%\r", "3%\n\x1b[91mred\x1b[0m\n"} {
		l.write(s)
	}
	if want := "p          | one line\np          | two\np          | 3%\np          | red\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func TestJavaArgsBoundHeapAndStack(t *testing.T) {
	has := func(heap judge.Bytes, flag string) {
		t.Helper()
		for _, a := range JavaArgs(heap, "Main", nil) {
			if a == flag {
				return
			}
		}
		t.Errorf("heap %s: no %s", heap, flag)
	}
	has(64*judge.MiB, "-Xmx73728k") // the limit, and an eighth for the nursery
	has(64*judge.MiB, "-Xmn8192k")
	has(64*judge.MiB, "-Xss32768k")  // half of the limit
	has(2*judge.GiB, "-Xmx2129920k") // a nursery of 32 MiB at most
	has(2*judge.GiB, "-Xss1048576k")
}

func TestFollowReportsTheEnginesError(t *testing.T) {
	out := &lines{w: &strings.Builder{}}
	_, err := follow(strings.NewReader(`{"stream":"Step 1/2\n"}{"stream":"it says why\n"}{"error":"exit 1"}`), out)
	if err == nil || !strings.Contains(err.Error(), "exit 1") || !strings.Contains(err.Error(), "it says why") {
		t.Errorf("got %v", err)
	}
	if _, err := follow(strings.NewReader(`{"stream":`), out); err == nil {
		t.Error("half an answer is taken for a whole one")
	}
	id, err := follow(strings.NewReader(`{"aux":{"ID":"sha256:1"}}{"stream":"done\n"}`), out)
	if err != nil || id != "sha256:1" {
		t.Errorf("got %q, %v", id, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
