package harness

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/signature"
)

var _ judge.Harness = (*Harness)(nil)

// Harness makes the programs of one problem. It is immutable.
type Harness struct {
	sig *signature.Signature
}

// New returns the harness of a signature.
func New(sig *signature.Signature) *Harness { return &Harness{sig: sig} }

// Signature is what solutions must have.
func (h *Harness) Signature() *signature.Signature { return h.sig }

// Source implements [judge.Harness].
func (h *Harness) Source(lang judge.Language, files []judge.File) (judge.Source, error) {
	if err := judge.ValidateFiles(lang, files); err != nil {
		return judge.Source{}, err
	}
	switch lang {
	case judge.Go:
		return h.goSource(files)
	case judge.Java:
		return h.javaSource(files)
	case judge.Python:
		return h.pythonSource(files)
	}
	return judge.Source{}, judge.Invalid("language", "%q has no driver", lang)
}

// Starter implements [judge.Harness].
func (h *Harness) Starter(lang judge.Language) judge.File {
	switch lang {
	case judge.Go:
		return h.goStarter()
	case judge.Java:
		return h.javaStarter()
	default:
		return h.pythonStarter()
	}
}

// Input implements [judge.Harness].
func (h *Harness) Input(cases []json.RawMessage) ([]byte, error) {
	var b bytes.Buffer
	for i, c := range cases {
		if err := h.sig.Case(c); err != nil {
			return nil, judge.Rejected(fmt.Sprintf("cases[%d]", i), "%s", err)
		}
		if err := json.Compact(&b, c); err != nil {
			return nil, judge.Invalid(fmt.Sprintf("cases[%d]", i), "%s", err)
		}
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}

// mismatch is what an author is told whose solution compiles, but not with the
// driver.
func mismatch(wanted string) string {
	return fmt.Sprintf("The solution does not fit the signature of this problem:\n\n%s\n", indent(wanted))
}

// embedded reads a file that is part of the program.
func embedded(fsys embed.FS, name string) string {
	b, err := fsys.ReadFile(name)
	if err != nil {
		panic("harness: " + path.Base(name) + " is not embedded") // cannot happen: go:embed names it
	}
	return string(b)
}

func indent(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if strings.TrimSpace(line) != "" {
			b.WriteString("    ")
		}
		b.WriteString(line)
	}
	return b.String()
}
