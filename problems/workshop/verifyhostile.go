package workshop

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
)

// hostileOutput is what a submission may print that knows how output
// validators read: JSON, mostly.
type hostileOutput struct {
	name              string
	head, again, tail string // again is repeated between the others
}

// hostileOutputs are few, because every package with an output validator is
// verified with them. Lists are what a decoder needs most memory for: about 50
// bytes for each that is printed.
var hostileOutputs = []hostileOutput{
	{"lists in lists", "[", strings.Repeat("[", 150) + strings.Repeat("]", 150) + ",", "[]]\n"},
	{"a list without a bottom", "", "[", ""},
	{"a huge number", "", "9", "\n"},
	{"a huge string", "\"\U0001f4a3", "a", "\"\n"}, // every character takes as much as the widest
	{"no text", "", "\xff\x00\x80,\n", ""},
	{"nothing", "", "", ""},
}

// data is the output at a size of at most so many bytes.
func (h hostileOutput) data(most judge.Bytes) judge.Data {
	n := int64(0)
	if room := int64(most) - int64(len(h.head)+len(h.tail)); h.again != "" && room > 0 {
		n = room / int64(len(h.again)) * int64(len(h.again))
	}
	return judge.Data{Size: judge.Bytes(int64(len(h.head)+len(h.tail)) + n), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader(h.head), io.LimitReader(&cycle{text: h.again}, n), strings.NewReader(h.tail))), nil
	}}
}

// cycle reads a text over and over.
type cycle struct {
	text string
	at   int
}

func (c *cycle) Read(p []byte) (n int, err error) {
	for n < len(p) {
		m := copy(p[n:], c.text[c.at:])
		n, c.at = n+m, (c.at+m)%len(c.text)
	}
	return n, nil
}

// hostile gives an output validator what it must survive: outputs as long as
// the problem lets them be. Were it stopped by one, or did it crash, then who
// prints that would get a judge error in place of a wrong answer.
func (d *validatorRun) hostile(ctx context.Context, v *forge.Validator, name string) error {
	var longest judge.Bytes
	for _, lang := range d.p.Languages {
		longest = max(longest, d.p.LimitsFor(lang).WithDefaults().Output)
	}
	for _, g := range d.p.Groups {
		if len(g.Tests) == 0 {
			continue
		}
		t := g.Tests[0]
		for _, h := range hostileOutputs {
			res, err := v.Run(ctx, h.data(longest), judge.ValidatorRun(t.Input, t.Answer, g.Flags))
			if err != nil {
				return fmt.Errorf("hostile output %q: %w", h.name, err)
			}
			c := problems.Check{Name: name + ": hostile output: " + h.name}
			if why := v.Differs(res, judge.ValidatorRejects); why != "" && v.Differs(res, judge.ValidatorAccepts) != "" {
				c.Reason = fmt.Sprintf("%s of it: %s, which makes a judge error of a wrong answer", h.data(longest).Size, why)
			}
			d.checks = append(d.checks, c)
		}
		break // one test is as good as another
	}
	return nil
}
