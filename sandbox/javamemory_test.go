package sandbox

import (
	"testing"

	"github.com/docketjudge/docket/judge"
)

func TestJavaRanOutReadsWhatNobodyCaught(t *testing.T) {
	l := judge.Limits{}.WithDefaults()
	for _, c := range []struct {
		name   string
		result judge.Result
		want   bool
	}{
		{"uncaught", judge.Result{ExitCode: 1, Stderr: []byte("Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space\n\tat Main.main\n")}, true},
		{"of a thread", judge.Result{Stderr: []byte("Exception in thread \"a \" b\" java.lang.OutOfMemoryError: Metaspace\n")}, true},
		{"of a thread without a name", judge.Result{Stderr: []byte("Exception in thread \"\" java.lang.OutOfMemoryError")}, true},
		{"as a cause", judge.Result{ExitCode: 1, Stderr: []byte("Exception in thread \"main\" java.lang.ExceptionInInitializerError\n\tat A\nCaused by: java.lang.OutOfMemoryError: Java heap space\n")}, true},
		{"while it is told", judge.Result{ExitCode: 1, Stderr: []byte("\nException: java.lang.OutOfMemoryError thrown from the UncaughtExceptionHandler in thread \"main\"\n")}, true},
		{"threads are not memory", judge.Result{ExitCode: 1, Stderr: []byte("Exception in thread \"main\" java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory\n")}, false},
		{"another error", judge.Result{ExitCode: 1, Stderr: []byte("Exception in thread \"main\" java.lang.IllegalStateException: java.lang.OutOfMemoryError\n")}, false},
		{"caught before", judge.Result{ExitCode: 1, Stderr: []byte("java.lang.RuntimeException\nCaused by: java.lang.OutOfMemoryError: Java heap space\nException in thread \"main\" java.lang.Error\n")}, false},
		{"too much output", judge.Result{Stopped: judge.StoppedForOutput, Stderr: []byte("Exception in thread \"a\" java.lang.OutOfMemoryError\n")}, false},
		{"waits for ever", judge.Result{Stopped: judge.StoppedForWall, Stderr: []byte("Exception in thread \"a\" java.lang.OutOfMemoryError\n")}, true},
		{"without a word", judge.Result{ExitCode: 1, Memory: l.Memory}, true},
		{"without a word, within the limit", judge.Result{ExitCode: 1, Memory: l.Memory - 1}, false},
		{"with other words", judge.Result{ExitCode: 1, Memory: l.Memory, Stderr: []byte("x\n")}, false},
		{"well, without a word", judge.Result{Memory: l.Memory}, false},
	} {
		if got := javaRanOut(c.result, l); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
