//go:build !quick

package images

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/pkg/stdcopy"

	"github.com/docketjudge/docket/judge"
)

// server is a running compile server.
type server struct {
	conn   io.Writer
	out    *bufio.Reader
	stderr *bytes.Buffer
	wait   func() int64
}

func startServer(t *testing.T) *server {
	t.Helper()
	cli, id, conn, closeWrite := try{image: JavaBuild, argv: CompileServer(), memory: judge.GiB}.start(t)
	r, w := io.Pipe()
	s := &server{conn: conn, out: bufio.NewReader(r), stderr: &bytes.Buffer{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, err := stdcopy.StdCopy(w, s.stderr, conn)
		w.CloseWithError(err)
	}()
	s.wait = func() int64 {
		go io.Copy(io.Discard, r) //nolint:errcheck // until the server ends
		<-done
		waiting, failed := cli.ContainerWait(t.Context(), id, container.WaitConditionNotRunning)
		select {
		case w := <-waiting:
			return w.StatusCode
		case err := <-failed:
			t.Fatal(err)
			return -1
		}
	}
	t.Cleanup(func() {
		closeWrite()
		_ = r.Close()
	})
	b, err := s.out.ReadByte()
	if err != nil || b != 6 {
		t.Fatalf("the compile server is not ready: %v %v", b, err)
	}
	return s
}

type answer struct {
	status                 byte
	main, diagnostics, jar string
}

// files are names and contents by turns, none of them a driver's.
func (s *server) ask(t *testing.T, files ...string) answer {
	t.Helper()
	req := binary.BigEndian.AppendUint32(nil, uint32(len(files)/2))
	for _, f := range files {
		req = binary.BigEndian.AppendUint32(req, uint32(len(f)))
		req = append(req, f...)
	}
	req = binary.BigEndian.AppendUint32(req, 0)
	_, err := s.conn.Write(req)
	must(t, err)
	var a answer
	a.status, err = s.out.ReadByte()
	must(t, err)
	for _, to := range []*string{&a.main, &a.diagnostics, &a.jar} {
		var n int32
		must(t, binary.Read(s.out, binary.BigEndian, &n))
		b := make([]byte, n)
		_, err := io.ReadFull(s.out, b)
		must(t, err)
		*to = string(b)
	}
	return a
}

func (a answer) classes(t *testing.T) []string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(a.jar), int64(len(a.jar)))
	must(t, err)
	var names []string
	for _, f := range z.File {
		if f.Method != zip.Store {
			t.Errorf("%s is compressed", f.Name)
		}
		names = append(names, f.Name)
	}
	return names
}

const javaScanner = `import java.util.*;
public class Solution {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < n; i++) all.add(in.nextInt());
        all.sort(Comparator.reverseOrder());
        System.out.println(all + " " + args.length + " é");
    }
}
`

func TestCompileServerAnswers(t *testing.T) {
	s := startServer(t)
	for _, c := range []struct {
		name  string
		files []string
		want  byte
		main  string
		says  string // in the diagnostics
	}{
		{"a public class of another name", []string{"x.java", javaScanner}, 0, "Solution", ""},
		{"a package", []string{"deep/down/Main.java", "package a.b; class T { } public class Main { public static void main(String... a) { } }"}, 0, "a.b.Main", ""},
		{"Java 25 compact", []string{"Main.java", "void main() { IO.println(1); }"}, 0, "Main", ""},
		{"an instance main", []string{"A.java", "class A { void main() { } }"}, 0, "A", ""},
		{"an inherited main", []string{"A.java", "class B { int x; } class A extends P { } class P { protected static void main(String[] a) { } private A a; }"}, 0, "A", ""},
		{"the public one of two", []string{"A.java", "class A { public static void main(String[] a) { } }", "B.java", "public class B { public static void main(String[] a) { } }"}, 0, "B", ""},
		{"Main of two", []string{"A.java", "class A { public static void main(String[] a) { } } class Main { public static void main(String[] a) { } }"}, 0, "Main", ""},
		{"not a nested one", []string{"A.java", "class A { static class Main { public static void main(String[] a) { } } public static void main(String[] a) { } }"}, 0, "A", ""},
		{"no main", []string{"A.java", "class A { void go() { } private static void main(String[] a) { } }"}, 2, "", "no class has a main method"},
		{"an abstract class with an instance main", []string{"A.java", "abstract class A { void main() { } }"}, 2, "", ""},
		{"a type error", []string{"sub/A.java", "class A {\n  int x = \"é\";\n}\n"}, 1, "", "sub/A.java:2: error: incompatible types: String cannot be converted to int\n  int x = \"é\";\n          ^\n1 error\n"},
		{"the compiler itself", []string{"A.java", "class A { javax.tools.JavaCompiler c; public static void main(String[] a) { } }"}, 1, "", "javax.tools"},
		{"the server's own classes", []string{"A.java", "class A { CompileServer c; public static void main(String[] a) { } }"}, 1, "", "cannot find symbol"},
		{"an annotation processor", []string{"A.java", "import javax.annotation.processing.*; class A extends AbstractProcessor { }"}, 1, "", "javax.annotation.processing"},
		{"a bomb of nesting", []string{"A.java", "class A { static int f(int x) { return x; } int x = " + strings.Repeat("f(", 400000) + "1" + strings.Repeat(")", 400000) + "; public static void main(String[] a) { } }"}, 1, "", "nested too deeply"},
		{"a flood of errors", []string{"A.java", "class A { " + strings.Repeat(strings.Repeat("x", 2000)+" y;\n", 100) + " }"}, 1, "", "more than is kept"},
		{"an empty file", []string{"A.java", ""}, 2, "", "no class has a main method"},
		{"a class named like the driver's", []string{"DocketTime.java", "class DocketTime { @interface Instead { String value(); } @Instead(\"x\") static void f() { } }", "Main.java", javaScanner}, 0, "Solution", ""},
		{"and it still works", []string{"Main.java", javaScanner}, 0, "Solution", ""},
	} {
		a := s.ask(t, c.files...)
		if a.status != c.want || a.main != c.main || !strings.Contains(a.diagnostics, c.says) {
			t.Errorf("%s: status %d, main class %q, %.300q; want %d, %q, %q", c.name, a.status, a.main, a.diagnostics, c.want, c.main, c.says)
		}
		if len(a.diagnostics) > 64<<10 {
			t.Errorf("%s: %d bytes of diagnostics", c.name, len(a.diagnostics))
		}
		if c.want != 0 && a.jar != "" {
			t.Errorf("%s: a jar of a failed build", c.name)
		}
	}
}

func TestCompileServerEndsOnGarbage(t *testing.T) {
	for name, garbage := range map[string]string{
		"too many files":  "\x7f\xff\xff\xff",
		"negative length": "\x00\x00\x00\x01\xff\xff\xff\xff",
		"a huge file":     "\x00\x00\x00\x01\x00\x00\x00\x01A\x7f\xff\xff\xff",
		"absurd driver":   "\x00\x00\x00\x01\x00\x00\x00\x01A\x00\x00\x00\x00\x00\x00\x00\x02",
		"text":            "GET / HTTP/1.1\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			s := startServer(t)
			_, err := io.WriteString(s.conn, garbage)
			must(t, err)
			if code := s.wait(); code != 4 {
				t.Errorf("exit code %d: %s", code, s.stderr)
			}
		})
	}
}

// runJava compiles a program and returns how to run it.
func compileJava(t *testing.T, source string, heap judge.Bytes) try {
	t.Helper()
	a := startServer(t).ask(t, "Main.java", source)
	if a.status != 0 {
		t.Fatal(a.diagnostics)
	}
	if len(a.classes(t)) == 0 {
		t.Fatal("no classes")
	}
	return try{
		image: JavaRun, argv: JavaArgs(heap, a.main, []string{"one", "two"}), env: []string{"LANG=C.UTF-8"},
		files: map[string]string{"/box/app.jar": a.jar}, memory: heap + judge.Java.Allowance(),
	}
}

func TestJavaProgramUsesTheCache(t *testing.T) {
	r := compileJava(t, javaScanner, 256*judge.MiB)
	r.stdin = "3 10 30 20\n"
	o := r.run(t).ok(t)
	if o.stdout != "[30, 20, 10] 2 é\n" || o.stderr != "" {
		t.Errorf("got %q and %q", o.stdout, o.stderr)
	}
	for _, dir := range []string{"/tmp", "/work"} {
		if left := o.list(t, dir); len(left) > 0 {
			t.Errorf("the JVM left %q in %s", left, dir)
		}
	}
	for _, heap := range []judge.Bytes{32 * judge.MiB, 256 * judge.MiB, 2 * judge.GiB} {
		argv := JavaArgs(heap, "Solution", nil)
		at := len(argv) - 3 // before -cp
		r.argv = append(append(append([]string{}, argv[:at]...), "-Xlog:class+load=info:stdout", "-Xlog:aot=info:stdout"), argv[at:]...)
		r.memory = heap + judge.Java.Allowance()
		o := r.run(t).ok(t)
		if !strings.Contains(o.stdout, "java.util.Scanner source: shared objects file") || !strings.Contains(o.stdout, "Using AOT-linked classes: true") {
			t.Errorf("heap %s: the cache is not used:\n%.2000s", heap, o.stdout)
		}
		if !strings.Contains(o.stdout, "Loaded heap") {
			t.Errorf("heap %s: the cached objects are not used", heap)
		}
	}
}

func TestJavaOutOfMemoryIsTold(t *testing.T) {
	for name, source := range map[string]string{
		"heap": `import java.util.*;
public class Main { public static void main(String[] a) { List<long[]> l = new ArrayList<>(); while (true) l.add(new long[1 << 16]); } }`,
		"one array": `public class Main { public static void main(String[] a) { System.out.println(new long[1 << 30].length); } }`,
		"metaspace": `import java.lang.reflect.*;
public class Main {
    public interface I { }
    public static void main(String[] a) throws Exception {
        java.util.List<Object> keep = new java.util.ArrayList<>();
        byte[] b = Main.class.getResourceAsStream("/Main$L.class").readAllBytes();
        while (true) keep.add(new L().define(b));
    }
    public static class L extends ClassLoader { Class<?> define(byte[] b) { return defineClass("Main$L", b, 0, b.length); } }
}`,
	} {
		t.Run(name, func(t *testing.T) {
			o := compileJava(t, source, 256*judge.MiB).run(t)
			if o.code != 1 || !strings.HasPrefix(o.stderr, "Exception in thread \"main\" java.lang.OutOfMemoryError") || o.stdout != "" {
				t.Errorf("exit code %d, %q, %q", o.code, o.stdout, o.stderr)
			}
		})
	}
}

func TestJavaFailures(t *testing.T) {
	const deep = `public class Main {
    static int f(int n) { return n == 0 ? 0 : 1 + f(n - 1); }
    public static void main(String[] a) { System.out.println(f(%s)); }
}`
	t.Run("deep recursion", func(t *testing.T) {
		o := compileJava(t, strings.Replace(deep, "%s", "1000000", 1), 256*judge.MiB).run(t).ok(t)
		if o.stdout != "1000000\n" {
			t.Errorf("got %q", o.stdout)
		}
	})
	t.Run("endless recursion", func(t *testing.T) {
		o := compileJava(t, strings.Replace(deep, "%s", "-1", 1), 256*judge.MiB).run(t)
		if o.code != 1 || !strings.HasPrefix(o.stderr, "Exception in thread \"main\" java.lang.StackOverflowError") {
			t.Errorf("exit code %d, %q, %.300q", o.code, o.stdout, o.stderr)
		}
	})
	t.Run("a crash of the JVM", func(t *testing.T) {
		o := compileJava(t, `public class Main {
    public static void main(String[] a) throws Exception {
        var f = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
        f.setAccessible(true);
        System.out.println("before");
        ((sun.misc.Unsafe) f.get(null)).putAddress(0, 1);
    }
}`, 256*judge.MiB).run(t)
		if o.code == 0 || o.stdout != "before\n" || strings.Contains(o.stderr, "Runtime Environment") {
			t.Errorf("exit code %d, %q, %q", o.code, o.stdout, o.stderr)
		}
		for _, dir := range []string{"/tmp", "/work", "/box"} {
			for _, f := range o.list(t, dir) {
				if !strings.HasSuffix(f, "app.jar") {
					t.Errorf("the JVM left %s", f)
				}
			}
		}
	})
}
