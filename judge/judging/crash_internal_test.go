package judging

import (
	"testing"

	"github.com/docketjudge/docket/judge"
)

func TestCrashesAreNamed(t *testing.T) {
	for _, c := range []struct {
		name   string
		lang   judge.Language
		result judge.Result
		want   string
	}{
		{"a signal", judge.Go, judge.Result{Signal: 11}, "signal 11 (segmentation fault)"},
		{"no word", judge.Python, judge.Result{ExitCode: 9}, "exit code 9"},
		{
			"Go", judge.Go, judge.Result{ExitCode: 2, Stderr: []byte("panic: runtime error: index out of range [12345] with length 3\n\ngoroutine 1 [running]:\nmain.main()\n")},
			"runtime error: index out of range, exit code 2",
		},
		{"a deadlock", judge.Go, judge.Result{ExitCode: 2, Stderr: []byte("fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\n")}, "all goroutines are asleep - deadlock!, exit code 2"},
		{"a panic of its own", judge.Go, judge.Result{ExitCode: 2, Stderr: []byte("panic: the secret is 42\n")}, "panic, exit code 2"},
		{
			"Python", judge.Python, judge.Result{ExitCode: 1, Stderr: []byte("Traceback (most recent call last):\n  File \"main.py\", line 1, in <module>\n    [][1]\nIndexError: list index out of range\n")},
			"IndexError, exit code 1",
		},
		{
			"a cause in Python", judge.Python, judge.Result{ExitCode: 1, Stderr: []byte("KeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\nValueError\n")},
			"ValueError, exit code 1",
		},
		{"a type of its own", judge.Python, judge.Result{ExitCode: 1, Stderr: []byte("Traceback (most recent call last):\n__main__.secret42: x\n")}, "exit code 1"},
		{"a print", judge.Python, judge.Result{ExitCode: 3, Stderr: []byte("secret42\n")}, "exit code 3"},
		{
			"Java", judge.Java, judge.Result{ExitCode: 1, Stderr: []byte("Exception in thread \"main\" java.lang.ArrayIndexOutOfBoundsException: Index 5 out of bounds for length 3\n\tat Main.main(Main.java:5)\n")},
			"java.lang.ArrayIndexOutOfBoundsException, exit code 1",
		},
		{
			"a cause in Java", judge.Java, judge.Result{ExitCode: 1, Stderr: []byte("Exception in thread \"main\" java.util.concurrent.ExecutionException: x\n\tat Main.main(Main.java:5)\nCaused by: java.lang.IllegalStateException: y\n")},
			"java.util.concurrent.ExecutionException, exit code 1",
		},
		{"a class of its own", judge.Java, judge.Result{ExitCode: 1, Stderr: []byte("Exception in thread \"main\" java.lang.Secret42Exception\n")}, "an exception, exit code 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := crash(c.lang, c.result); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
