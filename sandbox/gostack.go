package sandbox

import (
	"context"
	"go/parser"
	"go/token"
	"path"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
)

// goStack lets an endless recursion end with the runtime's words about the
// stack, instead of by the sandbox for its memory. A stack that is full is
// copied to one of twice the size, so that the memory limit, of which the
// runtime is told nine tenths, must hold three halves of the larger one: no
// recursion that fits the limit is lost. What it needs of the runtime it names
// itself, since runtime/debug would bring other packages into every program.
const goStack = `package stack

import _ "unsafe"

//go:linkname setMaxStack runtime/debug.setMaxStack
func setMaxStack(int) int

//go:linkname setMemoryLimit runtime/debug.setMemoryLimit
func setMemoryLimit(int64) int64

func init() {
	if limit := setMemoryLimit(-1); limit < 1<<62 {
		setMaxStack(int(limit / 27 * 20))
	}
}
`

// boundGoStack puts what bounds the stack of a program into its build box, and
// returns the file that must be compiled along with the program. A driver does
// the same for its solution.
func (s *slot) boundGoStack(ctx context.Context, b *box, files []judge.File) (string, error) {
	p := images.GoPackage{Path: images.GoStack, Dir: path.Join(goDriver, images.GoStack), Driver: true}
	if err := s.archiveGo(ctx, b, p, []judge.File{{Name: "stack.go", Content: goStack}}); err != nil {
		return "", err
	}
	// Where the program is of another package, that alone is what is wrong.
	name := "main"
	for _, f := range files {
		if parsed, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Content, parser.PackageClauseOnly); err == nil {
			name = parsed.Name.Name
			break
		}
	}
	file := path.Join(goDriver, "bound.go")
	return file, b.put(file, []byte("package "+name+"\n\nimport _ \""+images.GoStack+"\"\n"), false)
}
