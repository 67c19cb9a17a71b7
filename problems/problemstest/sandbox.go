package problemstest

import (
	"errors"
	"io"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judgetest"
)

// Program is what a fake box runs. It returns what it prints and its exit code; a
// negative one breaks the box.
type Program func(r judge.Run, stdin string) (stdout string, exit int)

// NewSandbox makes a sandbox of a number of slots, with programs by the word that
// their source contains.
func NewSandbox(slots int, programs map[string]Program) *judgetest.Sandbox {
	return &judgetest.Sandbox{
		Slots: make(chan struct{}, slots),
		OnBuild: func(src judge.Source) (judge.Build, error) {
			for word := range programs {
				if strings.Contains(src.Files[0].Content, word) {
					return judge.Build{OK: true, Artifact: judge.Artifact{Language: src.Language, Key: word}}, nil
				}
			}
			return judge.Build{Output: "no such program"}, nil
		},
		OnRun: func(a judge.Artifact, r judge.Run, _ judge.Limits) (judge.Result, error) {
			return programs[a.Key].run(r)
		},
	}
}

func (p Program) run(r judge.Run) (judge.Result, error) {
	var in []byte
	if r.Stdin != nil {
		var err error
		if in, err = io.ReadAll(r.Stdin); err != nil {
			return judge.Result{}, err
		}
	}
	out, exit := p(r, string(in))
	if exit < 0 {
		return judge.Result{}, errors.New("the box broke")
	}
	if r.Stdout != nil {
		// A box goes on when its reader does not.
		_, _ = io.WriteString(r.Stdout, out)
	}
	return judge.Result{ExitCode: exit, StdoutBytes: judge.Bytes(len(out)), CPU: 1e6, Memory: judge.MiB}, nil
}
