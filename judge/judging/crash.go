package judging

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"github.com/docketjudge/docket/judge"
)

// crash names what ended a program in a run-time error: the exception, the signal,
// the exit code. Clients see it of hidden tests as well, and a program may print
// what it likes, its input among it. So only names that are in a list here are
// told, and none of a program's own making.
func crash(lang judge.Language, r judge.Result) string {
	if r.Signal != 0 {
		return fmt.Sprintf("signal %d (%s)", r.Signal, syscall.Signal(r.Signal))
	}
	code := fmt.Sprintf("exit code %d", r.ExitCode)
	if name := exception(lang, string(r.Stderr)); name != "" {
		return name + ", " + code
	}
	return code
}

// exception finds the exception that nobody caught in what a runtime printed, or
// returns "".
func exception(lang judge.Language, stderr string) string {
	c, ok := crashes[lang]
	if !ok {
		return ""
	}
	found := c.form.FindAllStringSubmatch(stderr, -1)
	if len(found) == 0 {
		return ""
	}
	// The last is what ended the program; causes stand before it in Python, and a
	// Go program has but one.
	m := found[len(found)-1]
	if lang == judge.Java {
		m = found[0] // causes follow
	}
	told := strings.TrimSpace(m[1])
	for _, known := range c.known {
		if told == known || c.prefix && strings.HasPrefix(told, known) {
			return known
		}
	}
	return c.other
}

// crashes are the forms in which runtimes tell of an exception that nobody caught,
// and the exceptions that are told by name.
var crashes = map[judge.Language]struct {
	form   *regexp.Regexp // its first group is the exception
	known  []string
	prefix bool   // what is told goes on with values
	other  string // in place of exceptions that are not known
}{
	judge.Go: {
		form: regexp.MustCompile(`(?m)^(?:panic|fatal error|runtime): (.*)$`), prefix: true, other: "panic",
		known: []string{
			"runtime error: index out of range", "runtime error: slice bounds out of range",
			"runtime error: invalid memory address or nil pointer dereference", "runtime error: integer divide by zero",
			"runtime error: makeslice: len out of range", "runtime error: makeslice: cap out of range",
			"runtime error: hash of unhashable type", "runtime error: comparing uncomparable type",
			"runtime error: negative shift amount", "runtime error: cannot convert slice",
			"runtime error: growslice: len out of range", "interface conversion", "assignment to entry in nil map",
			"close of closed channel", "close of nil channel", "send on closed channel", "all goroutines are asleep - deadlock!",
			"concurrent map writes", "concurrent map read and map write", "concurrent map iteration and map write",
			"sync: unlock of unlocked mutex", "sync: negative WaitGroup counter", "stack overflow",
			"goroutine stack exceeds", "thread exhaustion", "out of memory",
		},
	},
	judge.Java: {
		form: regexp.MustCompile(`(?m)^(?:Exception in thread "[^"\n]*" )?([\w.$]+(?:Exception|Error))\b`), other: "an exception",
		known: javaExceptions(),
	},
	judge.Python: {
		form: regexp.MustCompile(`(?m)^([A-Za-z_][\w.]*)(?::.*)?$`), other: "",
		known: strings.Fields(`
			ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError BufferError
			ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError EOFError
			Exception ExceptionGroup FileExistsError FileNotFoundError FloatingPointError GeneratorExit ImportError
			IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError
			MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError
			PermissionError ProcessLookupError RecursionError ReferenceError RuntimeError StopAsyncIteration StopIteration
			SyntaxError SystemError TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError
			UnicodeEncodeError UnicodeError UnicodeTranslateError ValueError ZeroDivisionError
			asyncio.exceptions.CancelledError asyncio.exceptions.InvalidStateError asyncio.exceptions.TimeoutError
			decimal.InvalidOperation decimal.DivisionByZero json.decoder.JSONDecodeError queue.Empty queue.Full re.error
			struct.error`),
	},
}

func javaExceptions() (names []string) {
	for pkg, all := range map[string]string{
		"java.lang": `ArithmeticException ArrayIndexOutOfBoundsException ArrayStoreException AssertionError
			ClassCastException ClassNotFoundException CloneNotSupportedException Error Exception
			ExceptionInInitializerError IllegalArgumentException IllegalMonitorStateException IllegalStateException
			IllegalThreadStateException IncompatibleClassChangeError IndexOutOfBoundsException InterruptedException
			MatchException NegativeArraySizeException NoClassDefFoundError NoSuchFieldError NoSuchMethodError
			NullPointerException NumberFormatException OutOfMemoryError RuntimeException SecurityException
			StackOverflowError StringIndexOutOfBoundsException UnsupportedOperationException
			UnsupportedClassVersionError VerifyError VirtualMachineError`,
		"java.util": `ConcurrentModificationException DuplicateFormatFlagsException EmptyStackException
			IllegalFormatConversionException IllegalFormatException InputMismatchException
			MissingFormatArgumentException MissingResourceException NoSuchElementException
			UnknownFormatConversionException`,
		"java.util.concurrent": `BrokenBarrierException CancellationException CompletionException ExecutionException
			RejectedExecutionException TimeoutException`,
		"java.io":         `EOFException FileNotFoundException IOException NotSerializableException UncheckedIOException`,
		"java.nio":        `BufferOverflowException BufferUnderflowException`,
		"java.time":       `DateTimeException`,
		"java.util.regex": `PatternSyntaxException`,
	} {
		for _, name := range strings.Fields(all) {
			names = append(names, pkg+"."+name)
		}
	}
	slices.Sort(names)
	return names
}
