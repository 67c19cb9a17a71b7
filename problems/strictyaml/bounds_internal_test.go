package strictyaml

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// allocated is what a function took of memory in all, in bytes.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Nothing that a package can say in a metadata file takes more than some tens
// of MiB of its host.
const mostMemory = 48 << 20

func TestYAMLIsReadInBounds(t *testing.T) {
	fill := func(unit string) string { return strings.Repeat(unit, MaxSize/len(unit)) }
	each := func(line func(i int) string) string {
		var b strings.Builder
		for i := 0; b.Len()+len(line(i)) <= MaxSize; i++ {
			b.WriteString(line(i))
		}
		return b.String()
	}
	half := func(unit string) string { return strings.Repeat(unit, MaxSize/2/len(unit)) }
	for name, text := range map[string]string{
		"lists in lists":       "a: " + fill("["),
		"closed lists":         "a: " + half("[") + half("]"),
		"maps in maps":         "a: " + fill("{"),
		"maps in maps by key":  "a: " + fill("{a: "),
		"hidden closers":       fill("[ ']', "),
		"dashes":               fill("- "),
		"questions":            fill("? "),
		"colons":               fill(": "),
		"keys and dashes":      fill("? - "),
		"tags":                 "a: " + fill("!a "),
		"anchors":              "a: " + fill("&a "),
		"many anchors":         each(func(i int) string { return fmt.Sprintf("k%d: &a%d 1\n", i, i) }),
		"aliases":              "a: [" + fill("*a, ") + "]",
		"indentation":          each(func(i int) string { return strings.Repeat(" ", i) + "a:\n" }),
		"indented dashes":      each(func(i int) string { return strings.Repeat(" ", i) + "-\n" }),
		"many keys":            each(func(i int) string { return fmt.Sprintf("k%d: 1\n", i) }),
		"many empty keys":      each(func(i int) string { return fmt.Sprintf("k%d:\n", i) }),
		"many keys in braces":  "a: {" + each(func(i int) string { return fmt.Sprintf("k%d: 1, ", i) }) + "}",
		"many maps of keys":    each(func(i int) string { return fmt.Sprintf("k%d:\n", i) + strings.Repeat(" v: 1\n", 3) }),
		"long lists":           "a: [" + fill("1,") + "]",
		"long lists of lists":  "a: [" + fill("[],") + "]",
		"long block lists":     fill("-\n"),
		"a long key":           fill("k") + ": 1",
		"a list at a long key": half("k") + ":\n" + half(" - 1\n"),
		"the same in brackets": half("k") + ": [" + half("1,") + "]",
		"a long key that asks": "? " + half("k") + "\n: [" + half("1,") + "]",
		"documents":            fill("---\n"),
		"full documents":       fill("--- a\n"),
		"ends":                 fill("...\n"),
		"comments":             fill("# x\n"),
		"a long comment":       fill("#"),
		"text":                 "a: |\n" + fill(" v\n"),
		"empty lines":          fill("\n"),
		"empty lines of text":  "a: |\n" + fill("\n"),
		"the same to be kept":  "a: |+\n" + fill("\n"),
		"the same to be cut":   "a: >-\n" + fill("\n"),
		"blank lines of text":  "a: |\n" + fill(" \n"),
		"the same with CR":     "a: |\n" + fill("\r"),
		"text, then nothing":   "a: |\n" + half(" v\n") + half("\n"),
		"text in pieces":       "a: |\n" + fill(" v\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"),
		"many texts":           fill("- |\n v\n\n\n\n\n\n\n\n\n\n\n\n\n"),
		"quotes":               "a: \"" + fill("\\n") + "\"",
		"lines of quotes":      "a: \"" + fill(" v\n") + "\"",
		"an open quote":        "a: \"" + fill("v"),
		"plain lines":          "a: v\n" + fill(" v\n"),
		"NUL":                  fill("\x00"),
		"no UTF-8":             "a: " + fill("\xff"),
		"directives":           fill("%YAML 1.2\n"),
		"merges":               fill("<<:\n"),
		"at signs":             fill("@"),
	} {
		t.Run(name, func(t *testing.T) {
			text = text[:min(len(text), MaxSize)]
			if got := allocated(func() { Parse("x.yaml", []byte(text), func(Error) {}) }); got > mostMemory {
				t.Errorf("%d KiB took %d MiB", len(text)>>10, got>>20)
			}
		})
	}
}

// The same of texts that nobody thought of: a few pieces, over and over.
func TestStrangeYAMLIsReadInBounds(t *testing.T) {
	pieces := []string{"[", "]", "{", "}", "- ", "? ", ": ", "a", "k%d", ", ", "\n", "\n ", "\n  ", "\n    ", " ", "\t", "|\n", ">\n", "|-\n",
		"\"", "'", "#", "!t ", "<<", "~", "1", "...", "---\n", "\\", "\r", "%", "key: ", "\n\n", "'a' "}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		unit := ""
		for range 1 + r.IntN(8) {
			unit += pieces[r.IntN(len(pieces))]
		}
		var b strings.Builder
		for range r.IntN(6) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		for i := 0; b.Len() < MaxSize-len(unit)-10; i++ {
			b.WriteString(strings.ReplaceAll(unit, "%d", fmt.Sprint(i)))
		}
		if got := allocated(func() { Parse("x.yaml", []byte(b.String()), func(Error) {}) }); got > mostMemory {
			t.Errorf("seed %d: %.60q... took %d MiB", seed, b.String(), got>>20)
		}
	}
}
