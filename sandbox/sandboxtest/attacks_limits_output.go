package sandboxtest

import (
	"bytes"
	"io"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// pending is an input of 8 MB in lines of digits.
func pending() io.Reader {
	return io.LimitReader(&repeater{line: []byte("1234567\n")}, 8<<20)
}

// repeater reads as one line, for ever.
type repeater struct {
	line []byte
	at   int
}

func (r *repeater) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.line[r.at]
		r.at = (r.at + 1) % len(r.line)
	}
	return len(p), nil
}

// floods print 4 MiB to a stream and then say so on standard error.
var floods = map[judge.Language]string{
	judge.Go:     goProgram("os", "\tb := make([]byte, 64<<10)\n\tfor range 64 {\n\t\tos.Stdout.Write(b)\n\t}"),
	judge.Java:   javaProgram("byte[] b = new byte[64 << 10];\nfor (int i = 0; i < 64; i++) System.out.write(b);\nSystem.out.flush();"),
	judge.Python: "import sys\nfor i in range(64):\n    sys.stdout.write('x' * (64 << 10))\n",
}

var unread = map[judge.Language]string{
	judge.Go:     goProgram("fmt", "\tfmt.Println(\"ready\")"),
	judge.Java:   javaProgram(`System.out.println("ready");`),
	judge.Python: "print('ready')\n",
}

var readOne = map[judge.Language]string{
	judge.Go:     goProgram("fmt", "\tvar n int\n\tfmt.Scan(&n)\n\tfmt.Println(n)"),
	judge.Java:   javaProgram(`System.out.println(new BufferedReader(new InputStreamReader(System.in)).readLine());`),
	judge.Python: "print(input())\n",
}

var echoes = map[judge.Language]string{
	judge.Go:     goProgram("io os", "\tio.Copy(os.Stdout, os.Stdin)"),
	judge.Java:   javaProgram("System.in.transferTo(System.out);\nSystem.out.flush();"),
	judge.Python: "import shutil, sys\nshutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)\n",
}

var pastEnd = map[judge.Language]string{
	judge.Go:     goProgram("fmt io os", "\tfor range 3 {\n\t\tb, err := io.ReadAll(os.Stdin)\n\t\tfmt.Println(len(b), err)\n\t}"),
	judge.Java:   javaProgram("for (int i = 0; i < 3; i++) System.out.println(System.in.readAllBytes().length + \" <nil>\");"),
	judge.Python: "import sys\nfor i in range(3):\n    print(len(sys.stdin.read()), '<nil>')\n",
}

// oddBytes are not UTF-8, and some of them are commands to terminals.
const oddBytes = "a\x00b\xff\xfe\xc3(\x1b[31mred\x1b[0m\r\n\x07\x7f\xed\xa0\x80"

// printsOdd prints oddBytes.
var printsOdd = map[judge.Language]string{
	judge.Go: goProgram("io os", "\tio.WriteString(os.Stdout, \"a\\x00b\\xff\\xfe\\xc3(\\x1b[31mred\\x1b[0m\\r\\n\\x07\\x7f\\xed\\xa0\\x80\")"),
	judge.Java: javaProgram(`int[] odd = {'a', 0, 'b', 0xff, 0xfe, 0xc3, '(', 27, '[', '3', '1', 'm', 'r', 'e', 'd', 27, '[', '0', 'm', 13, 10, 7, 127, 0xed, 0xa0, 0x80};
for (int b : odd) System.out.write(b);
System.out.flush();`),
	judge.Python: "import sys\nsys.stdout.buffer.write(b'a\\x00b\\xff\\xfe\\xc3(\\x1b[31mred\\x1b[0m\\r\\n\\x07\\x7f\\xed\\xa0\\x80')\n",
}

// cappedStderr wants the beginning of standard error, and no more.
func cappedStderr(o outcome) string {
	if n := len(o.result.Stderr); n != 64<<10 || !o.result.StderrTruncated {
		return "standard error is not capped at 64 KiB"
	}
	return ""
}

// echoed wants all of the pending input back.
func echoed(o outcome) string {
	want, err := io.ReadAll(pending())
	if err != nil {
		return err.Error()
	}
	if o.verdict != judge.AC || !bytes.Equal([]byte(o.stdout), want) {
		return "the output is not the input"
	}
	return ""
}

// outputAttacks misuse the standard streams.
func outputAttacks() []attack {
	var list []attack
	output := func(b judge.Bytes) judge.Limits { return judge.Limits{Output: b} }
	toStderr := strings.NewReplacer("os.Stdout", "os.Stderr", "System.out", "System.err", "sys.stdout", "sys.stderr")
	for _, l := range judge.Languages() {
		within, enough := output(4*judge.MiB), output(16*judge.MiB)
		list = append(list,
			attack{name: "stdout-flood", lang: l, source: floods[l], limits: output(judge.MiB), want: verdictIs(judge.OLE), lax: &enough},
			attack{name: "stdout-over-by-one-byte", lang: l, source: floods[l], limits: output(4*judge.MiB - 1), want: verdictIs(judge.OLE), lax: &within},
			attack{name: "stderr-flood", lang: l, source: toStderr.Replace(floods[l]), limits: output(judge.KiB),
				want: all(verdictIs(judge.AC), cappedStderr, silent), because: "standard error is no output"},
			attack{name: "stdin-unread", lang: l, source: unread[l], input: pending, want: prints("ready\n"), because: "nobody has to read the input"},
			attack{name: "stdin-read-in-part", lang: l, source: readOne[l], input: pending, want: prints("1234567\n"), because: "nobody has to read all of the input"},
			attack{name: "stdin-echoed", lang: l, source: echoes[l], input: pending, want: echoed, because: "input and output are streamed at once"},
			attack{name: "stdin-past-its-end", lang: l, source: pastEnd[l], stdin: "12\n", want: prints("3 <nil>\n0 <nil>\n0 <nil>\n"), because: "the end is seen again and again"},
			attack{name: "odd-bytes", lang: l, source: printsOdd[l], want: prints(oddBytes), because: "output is bytes"},
		)
	}
	return append(list, []attack{
		{
			name: "stdout-closed", lang: judge.Go, want: prints("first\n"), because: "what it does to its own streams is its own affair",
			source: goProgram("fmt os", "\tfmt.Println(\"first\")\n\tos.Stdout.Close()\n\tos.Stdin.Close()\n\tos.Stderr.Close()\n\tfmt.Println(\"second\")"),
		},
		{
			name: "stdout-closed", lang: judge.Java, want: prints("first\n"), because: "what it does to its own streams is its own affair",
			source: javaProgram("System.out.println(\"first\");\nSystem.out.close();\nSystem.in.close();\nSystem.err.close();\nSystem.out.println(\"second\");"),
		},
		{
			name: "stdout-closed", lang: judge.Python, want: prints("first\n"), because: "what it does to its own streams is its own affair",
			source: "import os, time\nprint('first', flush=True)\nfor fd in 0, 1, 2:\n    os.close(fd)\nos._exit(0)\n",
		},
		{
			name: "printing-after-close", lang: judge.Python, want: all(exited(1), contains("first\n"), says("ValueError")), because: "it fails as anywhere",
			source: "import sys\nprint('first')\nsys.stdout.close()\nprint('second')\n",
		},
		{
			name: "printing-to-a-closed-descriptor", lang: judge.Python, want: all(exited(120), silent), because: "it fails as anywhere",
			source: "import os\nos.close(1)\nprint('lost')\n",
		},
		{
			name: "streams-swapped", lang: judge.Python, want: prints("to stdout\n"), because: "descriptors may be moved",
			source: "import os\nout = os.dup(1)\nos.dup2(2, 1)\nos.dup2(out, 2)\nos.write(2, b'to stdout\\n')\nos.write(1, b'to stderr\\n')\n",
		},
		{
			name: "stdout-nonblocking", lang: judge.Go,
			want: verdictIs(judge.AC), because: "a pipe may be set to any mode",
			source: goProgram("syscall", `	syscall.SetNonblock(1, true)
	b := make([]byte, 1<<20)
	for len(b) > 0 {
		n, err := syscall.Write(1, b)
		if err == syscall.EAGAIN {
			continue
		}
		if err != nil {
			panic(err)
		}
		b = b[n:]
	}`),
		},
	}...)
}
