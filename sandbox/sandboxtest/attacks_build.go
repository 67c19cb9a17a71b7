package sandboxtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// rejected wants a compile error with some pieces of text in what the
// compiler said, and no word of where that was.
func rejected(pieces ...string) check {
	return func(o outcome) string {
		if o.verdict != judge.CE {
			return fmt.Sprintf("verdict %s, want CE", o.verdict)
		}
		for _, p := range pieces {
			if !strings.Contains(o.build.Output, p) {
				return fmt.Sprintf("the compiler's words lack %q", p)
			}
		}
		return discreet(o)
	}
}

// maxWords is how much is shown of a compiler's words, with the line that
// says that more was cut.
const maxWords = 64<<10 + 100

// discreet wants the compiler's words to be short and without paths of the
// box.
func discreet(o outcome) string {
	if n := len(o.build.Output); n > maxWords {
		return fmt.Sprintf("%d bytes of compiler output", n)
	}
	for _, p := range []string{"/box", "/work", "/docket/", "/usr/lib", "/usr/local", "memory:"} {
		if at := strings.Index(o.build.Output, p); at >= 0 {
			return fmt.Sprintf("the compiler's words tell of %q", o.build.Output[max(0, at-40):min(len(o.build.Output), at+60)])
		}
	}
	return ""
}

// builds wants a source to compile, whatever becomes of it.
func builds(o outcome) string {
	if !o.build.OK {
		return "it does not compile"
	}
	return discreet(o)
}

// whicheverBuild wants a compiler's bounds to hold: the source compiles or
// it does not, and the box is in order afterwards.
func whicheverBuild(o outcome) string {
	switch o.verdict {
	case judge.CE, judge.AC, judge.RTE, judge.MLE:
		return discreet(o)
	}
	return fmt.Sprintf("verdict %s", o.verdict)
}

// compiles is an attack on a compiler. Its control is the next submission,
// which needs the same compiler.
func compiles(name string, l judge.Language, source string, want check) attack {
	return attack{name: "build-" + name, lang: l, source: source, want: want,
		because: "what it may do to a compiler shows in the next submission"}
}

// compilesFiles is the same for several files.
func compilesFiles(name string, l judge.Language, want check, files ...string) attack {
	a := compiles(name, l, "", want)
	for pair := range slices.Chunk(files, 2) {
		a.files = append(a.files, judge.File{Name: pair[0], Content: pair[1]})
	}
	return a
}

// lines are n lines of a format that takes their numbers.
func lines(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format+"\n", i)
	}
	return b.String()
}

// nested is something inside n pairs of opening and closing text.
func nested(n int, open, inner, closing string) string {
	return strings.Repeat(open, n) + inner + strings.Repeat(closing, n)
}
