package sandboxtest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
)

// signalled wants the main process to have been ended by a signal that it
// brought upon itself.
func signalled(n int) check {
	return func(o outcome) string {
		if o.verdict != judge.RTE || o.result.Signal != n {
			return fmt.Sprintf("verdict %s and signal %d, want RTE and %d", o.verdict, o.result.Signal, n)
		}
		return ""
	}
}

// exited wants the main process to have ended with a code that is not 0.
func exited(code int) check {
	return func(o outcome) string {
		if o.verdict != judge.RTE || o.result.Signal != 0 || o.result.ExitCode != code {
			return fmt.Sprintf("verdict %s, signal %d and exit code %d, want RTE, none and %d", o.verdict, o.result.Signal, o.result.ExitCode, code)
		}
		return ""
	}
}

// says wants a piece of standard error.
func says(text string) check {
	return func(o outcome) string {
		if !strings.Contains(string(o.result.Stderr), text) {
			return fmt.Sprintf("standard error lacks %q", text)
		}
		return ""
	}
}

// silent wants nothing on standard output.
func silent(o outcome) string {
	if o.stdout != "" {
		return fmt.Sprintf("it printed %.300q", o.stdout)
	}
	return ""
}

// stopped wants a reason for which the sandbox ended the run.
func stopped(why judge.Stop) check {
	return func(o outcome) string {
		if o.result.Stopped != why {
			return fmt.Sprintf("stopped for reason %d, want %d", o.result.Stopped, why)
		}
		return ""
	}
}

// usedAtLeast wants processor time to have been accounted for.
func usedAtLeast(d time.Duration) check {
	return func(o outcome) string {
		if o.result.CPU < d {
			return fmt.Sprintf("%v of processor time reported, want at least %v", o.result.CPU, d)
		}
		return ""
	}
}

// accountsFor compares the reported processor time with what the program
// measured of itself and printed, in microseconds, as its last line. The
// program cannot measure its own start and end, for which there is slack: the
// one that is given, or what a greeting took where that is more, within a bound
// that a wrong account passes.
func accountsFor(slack time.Duration) check {
	return func(o outcome) string {
		slack := max(slack, min(o.greeting, 400*time.Millisecond))
		lines := strings.Fields(o.stdout)
		if o.verdict != judge.AC || len(lines) == 0 {
			return fmt.Sprintf("verdict %s and output %.300q, want AC and a time", o.verdict, o.stdout)
		}
		us, err := strconv.Atoi(lines[len(lines)-1])
		if err != nil {
			return fmt.Sprintf("it printed %.300q instead of a time", o.stdout)
		}
		own := time.Duration(us) * time.Microsecond
		if o.result.CPU < own-own/10 || o.result.CPU > own+own/10+slack {
			return fmt.Sprintf("%v of processor time reported, the program itself measured %v", o.result.CPU, own)
		}
		return ""
	}
}

// goProgram is a main package around the body of its main function.
func goProgram(imports, body string) string {
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n")
	for _, p := range strings.Fields(imports) {
		fmt.Fprintf(&b, "\t%q\n", p)
	}
	fmt.Fprintf(&b, ")\n\nfunc main() {\n%s\n}\n", body)
	return b.String()
}

// javaProgram is a class around the body of its main method.
func javaProgram(body string) string {
	return "import java.io.*;\nimport java.nio.*;\nimport java.util.*;\n\n" +
		"public class Main {\n    public static void main(String[] args) throws Exception {\n" + body + "\n    }\n}\n"
}

// memory is a limit of memory alone.
func memory(b judge.Bytes) judge.Limits { return judge.Limits{Memory: b} }

func laxMemory(b judge.Bytes) *judge.Limits {
	l := memory(b)
	return &l
}
