//go:build !quick

package sidebyside

import (
	"strings"
	"testing"
)

// What breaks the compiler is an error of compiling, told as a plain start
// tells it, and takes nothing down with it.
func TestCompileBombs(t *testing.T) {
	b := boxOf(t, shipped(t))
	nest := func(unit, inner, end string, n int) string {
		return "x = " + strings.Repeat(unit, n) + inner + strings.Repeat(end, n) + "\n"
	}
	var indented strings.Builder
	for i := range 150 {
		indented.WriteString(strings.Repeat(" ", i) + "if 1:\n")
	}
	for name, program := range map[string]string{
		"parentheses":  nest("(", "1", ")", 1000),
		"brackets":     nest("[", "", "]", 10_000),
		"few brackets": nest("[", "", "]", 199),
		"signs":        nest("-", "1", "", 100_000),
		"sums":         nest("1+", "1", "", 100_000),
		"powers":       nest("2**", "1", "", 20_000),
		"attributes":   nest("", "x", ".y", 100_000),
		"calls":        nest("", "x", "()", 100_000),
		"lambdas":      nest("lambda:", "1", "", 50_000),
		"conditions":   nest("1 if 1 else ", "1", "", 50_000),
		"comparisons":  nest("not ", "1", "", 100_000),
		"indentation":  indented.String(),
		"f-strings":    `x = f"{f'{f"{f'{1}'}"}'}"` + "\n" + nest("f'{", "1", "}'", 200),
		"huge number":  "x = " + strings.Repeat("9", 5000) + "\n",
		"many names":   "x = [" + strings.Repeat("a,", 200_000) + "]\nraise SystemExit(0)\n",
		"patterns":     "match 1:\n case " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + ": pass\n",
	} {
		t.Run(name, func(t *testing.T) {
			o := order{Do: "compare", Mode: "check", Script: "main.py", Files: map[string]string{"main.py": program}, Env: defaultEnv()}
			a := b.do(t, o)
			plain, checked := a.Plain, a.Zygote
			if strings.Contains(string(plain.Stderr), "Traceback") || plain.Exit == 0 {
				// It compiles, whatever it does then.
				if a.Error != "" || checked.Exit != 0 || checked.Signal != 0 || len(checked.Stderr) > 0 {
					t.Errorf("it compiles, but: %s %+v", a.Error, readable(checked))
				}
				return
			}
			if d := differences(a); d != "" {
				t.Errorf("plain (-) and check (+) differ:\n%s", d)
			}
		})
	}
	says(t, b, run("print('served')"), "served\n")
}
