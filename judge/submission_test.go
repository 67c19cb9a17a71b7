package judge_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

func TestValidateFiles(t *testing.T) {
	file := func(name string) judge.File { return judge.File{Name: name, Content: "x"} }
	for _, c := range []struct {
		name  string
		lang  judge.Language
		files []judge.File
		field string // "" means valid
	}{
		{"one Go file", judge.Go, []judge.File{file("main.go")}, ""},
		{"several Go files", judge.Go, []judge.File{file("a.go"), file("b.go")}, ""},
		{"a Java package", judge.Java, []judge.File{file("com/example/App.java")}, ""},
		{"a Python package", judge.Python, []judge.File{file("main.py"), file("lib/__init__.py")}, ""},
		{"one Python file of any name", judge.Python, []judge.File{file("solve.py")}, ""},
		{"no language", "cobol", []judge.File{file("a.cob")}, "language"},
		{"no files", judge.Go, nil, "files"},
		{"too many", judge.Go, make([]judge.File, judge.MaxFiles+1), "files"},
		{"no main.py", judge.Python, []judge.File{file("a.py"), file("b.py")}, "files"},
		{"empty name", judge.Go, []judge.File{file("")}, "files[0].name"},
		{"absolute", judge.Java, []judge.File{file("/etc/A.java")}, "files[0].name"},
		{"climbing", judge.Java, []judge.File{file("../A.java")}, "files[0].name"},
		{"hidden climbing", judge.Java, []judge.File{file("a/../../A.java")}, "files[0].name"},
		{"not clean", judge.Java, []judge.File{file("a//A.java")}, "files[0].name"},
		{"an option of the compiler", judge.Go, []judge.File{file("-o.go")}, "files[0].name"},
		{"a hidden file", judge.Python, []judge.File{file("main.py"), file(".x.py")}, "files[1].name"},
		{"assembly", judge.Go, []judge.File{file("main.go"), file("add.s")}, "files[1].name"},
		{"syso", judge.Go, []judge.File{file("main.go"), file("x.syso")}, "files[1].name"},
		{"go.mod", judge.Go, []judge.File{file("main.go"), file("go.mod")}, "files[1].name"},
		{"a Go test", judge.Go, []judge.File{file("main_test.go")}, "files[0].name"},
		{"a Go directory", judge.Go, []judge.File{file("sub/main.go")}, "files[0].name"},
		{"a newline", judge.Go, []judge.File{file("a\n.go")}, "files[0].name"},
		{"twice", judge.Go, []judge.File{file("a.go"), file("A.go")}, "files[1].name"},
		{"not text", judge.Go, []judge.File{{Name: "a.go", Content: "\xff"}}, "files[0].content"},
		{"too large", judge.Go, []judge.File{{Name: "a.go", Content: strings.Repeat("x", int(judge.MaxSourceBytes)+1)}}, "files"},
	} {
		err := judge.ValidateFiles(c.lang, c.files)
		var e *judge.Error
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.field != "" && (!errors.As(err, &e) || e.Field != c.field):
			t.Errorf("%s: got %v, want an error about %s", c.name, err, c.field)
		}
	}
}

func FuzzParseSubmissionID(f *testing.F) {
	f.Add("0192d0f4-5c6e-7b1a-9c3d-2f6a7b8c9d0e")
	f.Add("../../etc/passwd")
	f.Add("0192D0F4-5C6E-7B1A-9C3D-2F6A7B8C9D0E")
	f.Fuzz(func(t *testing.T, s string) {
		id, err := judge.ParseSubmissionID(s)
		if err == nil && (string(id) != s || strings.Trim(s, "0123456789abcdef-") != "") {
			t.Fatalf("%q passed as an id", s)
		}
	})
}
