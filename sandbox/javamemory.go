package sandbox

import (
	"bytes"

	"github.com/docketjudge/docket/judge"
)

// What a JVM says on standard error of an exception that nobody caught, and of
// one that was thrown while it said so.
const (
	javaUncaught      = `Exception in thread "`
	javaCausedBy      = "Caused by: "
	javaRanOutSaying  = "Exception: java.lang.OutOfMemoryError thrown from the UncaughtExceptionHandler"
	javaOutOfMemory   = "java.lang.OutOfMemoryError"
	javaUncaughtExit  = 1               // when it ended the main thread
	javaNoMoreThreads = "native thread" // are not memory, whatever the JVM calls it
)

// javaRanOut recognises a JVM in which an OutOfMemoryError ended a thread. It
// may have ended any other way after that: well, since the other threads went
// on, or by being stopped, since they waited for the one that was no more. A
// program that catches the error is judged by what it does next.
//
// A program can print such lines itself, and so turn whatever it came to into
// a memory error, nothing else. It can also keep them from being seen; then
// what it used tells, where it ended as the JVM ends.
func javaRanOut(r judge.Result, l judge.Limits) bool {
	switch r.Stopped {
	case judge.NotStopped:
		lost := r.StderrTruncated || len(r.Stderr) == 0
		if lost && r.ExitCode == javaUncaughtExit && r.Memory >= l.Memory {
			return true
		}
	case judge.StoppedForCPU, judge.StoppedForWall:
	default:
		return false
	}
	uncaught := false
	for line := range bytes.Lines(r.Stderr) {
		switch {
		case bytes.Contains(line, []byte(javaRanOutSaying)):
			return true
		case bytes.Contains(line, []byte(javaUncaught)):
			uncaught = true
			// The program may have left a line of its own unfinished, and a
			// thread may have any name.
			_, line, _ = bytes.Cut(line, []byte(javaUncaught))
			at := bytes.Index(line, []byte(`" `+javaOutOfMemory))
			if at < 0 {
				continue
			}
			line = line[at+len(`" `):]
		case uncaught && bytes.HasPrefix(line, []byte(javaCausedBy)):
			line = line[len(javaCausedBy):]
		default:
			continue
		}
		if bytes.HasPrefix(line, []byte(javaOutOfMemory)) && !bytes.Contains(line, []byte(javaNoMoreThreads)) {
			return true
		}
	}
	return false
}
