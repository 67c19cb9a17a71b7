package sandboxtest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// javaMain is a main class around the body of its main method, in one line
// each.
func javaMain(members, body string) string {
	return "public class Main {\n" + members + "\n    public static void main(String[] args) {\n" + body + "\n    }\n}\n"
}

const javaHello = `System.out.println("hello");`

// javaBuildAttacks are hostile to the Java compiler, or name their classes
// in unusual ways.
func javaBuildAttacks() []attack {
	list := []attack{
		compiles("flood", judge.Java, javaMain("", lines(12000, "undefined%d();")), rejected("Main.java:4", "undefined0")),
		compiles("flood-of-warnings", judge.Java, javaMain(lines(2500, "java.util.List f%d() { return new java.util.ArrayList(); }"), javaHello), builds),
		compiles("constant-pool", judge.Java, javaMain(manyStrings(34000), ""), rejected("too many constants")),
		compiles("code-too-large", judge.Java, javaMain("static int[] a = {"+strings.Repeat("1000000,", 20000)+"};", ""), rejected("Main.java", "code too large")),
		compiles("string-too-long", judge.Java, javaMain("static String s = \""+strings.Repeat("x", 70000)+"\";", ""), rejected("Main.java:2", "constant string too long")),
		compiles("nested-finally", judge.Java, javaMain("", nested(12, "try { System.gc(); } finally { ", "", " }")), whicheverBuild),
		compiles("nested-parentheses", judge.Java, javaMain("", "int x = "+nested(5000, "(", "1", ")")+";"), whicheverBuild),
		compiles("nested-blocks", judge.Java, javaMain("", nested(20000, "{", "", "}")), whicheverBuild),
		compiles("nested-lambdas", judge.Java, javaMain("interface F<T> { T f(); }\nstatic <T> T id(F<T> f) { return f.f(); }", "Object o = "+nested(11, "id(() -> ", "1", ")")+";"), whicheverBuild),
		compiles("overloaded-lambdas", judge.Java, javaMain("interface F { int f(int x); }\ninterface G { String f(String x); }\nstatic int m(F f) { return 1; }\nstatic String m(G g) { return \"\"; }", "Object o = "+nested(9, "m(x -> ", "x", ")")+";"), whicheverBuild),
		compiles("nested-classes", judge.Java, javaMain(nestedClasses(200), ""), whicheverBuild),
		compiles("nested-generics", judge.Java, javaMain("java.util.List"+nested(3000, "<java.util.List", "", ">")+" x;", ""), whicheverBuild),
		compiles("long-sum", judge.Java, javaMain("", "String s = \"\" + args"+strings.Repeat(" + args", 5000)+";"), whicheverBuild),
		compiles("many-classes", judge.Java, javaMain(lines(2000, "static class C%d {}"), javaHello), builds),
		compiles("big-switch", judge.Java, javaMain("static int f(int x) { switch (x) {\n"+lines(3000, "case %d: return x;")+"} return 0; }", javaHello), builds),
		compiles("comment-without-end", judge.Java, "/* "+strings.Repeat("*", 100000), rejected("Main.java:1")),
		compiles("null-byte", judge.Java, javaMain("char c = '\x00';", javaHello), whicheverBuild),
		compiles("not-utf-8", judge.Java, javaMain("String s = \"\xff\";", javaHello), whicheverBuild),
		compiles("byte-order-mark", judge.Java, "\ufeff"+javaMain("", javaHello), whicheverBuild),
		compiles("unicode-escapes", judge.Java, `\u0070ublic class Main { public static void main(String[] args) { \u0053ystem.out.println("hello"); \u007d }`, prints("hello\n")),
		compiles("bad-unicode-escape", judge.Java, javaMain("// c:\\users\\u", javaHello), rejected("Main.java:2", "unicode")),
		compiles("empty", judge.Java, "", rejected()),
		compiles("no-main", judge.Java, "public class Main { }\n", rejected("main")),
		compiles("module", judge.Java, "module m { }\n", rejected()),
		compiles("package-java-lang", judge.Java, "package java.lang;\n\npublic class Main { public static void main(String[] args) { } }\n", rejected("java.lang")),
		compiles("javac-internals", judge.Java, "import com.sun.tools.javac.Main;\n\npublic class Solution { public static void main(String[] args) throws Exception { Class.forName(\"com.sun.tools.javac.Main\"); } }\n", func(o outcome) string {
			if o.verdict != judge.CE && o.verdict != judge.RTE {
				return "the compiler is there in the run box"
			}
			return ""
		}),
		compiles("named-string", judge.Java, "class String { }\npublic class Main { public static void main(java.lang.String[] args) { System.out.println(\"hello\"); } }\n", prints("hello\n")),
		compiles("named-system", judge.Java, "public class System { public static void main(String[] args) { java.lang.System.out.println(\"hello\"); } }\n", prints("hello\n")),
		compiles("named-launcher", judge.Java, "public class Launcher { public static void main(String[] args) { System.out.println(\"hello\"); } }\n", prints("hello\n")),
		compiles("named-compile-server", judge.Java, "public class CompileServer { public static void main(String[] args) { System.out.println(\"hello\"); } }\n", prints("hello\n")),
		compiles("classes-of-the-server", judge.Java, javaMain("", "Object o = SourceCompiler.class;"), rejected("cannot find symbol")),
		compilesFiles("processor", judge.Java, rejected("Processor.java"),
			"Processor.java", `import java.util.*;
import javax.annotation.processing.*;
import javax.lang.model.element.*;

@SupportedAnnotationTypes("*")
public class Processor extends AbstractProcessor {
    static { if (true) throw new Error("a processor was loaded"); }
    public boolean process(Set<? extends TypeElement> a, RoundEnvironment r) { return false; }
}
`, "Main.java", "@Deprecated\npublic class Main { public static void main(String[] args) { } }\n"),
		compilesFiles("service-file", judge.Java, rejected(), "META-INF/services/javax.annotation.processing.Processor.java", "Main", "Main.java", javaMain("", javaHello)),
		compilesFiles("class-in-other-file", judge.Java, prints("hello\n"), "whatever.java", javaMain("", javaHello)),
		compilesFiles("main-in-package", judge.Java, prints("hello\n"), "Main.java", "package a.b.c;\n\npublic class Solution { public static void main(String[] args) { System.out.println(\"hello\"); } }\n"),
		compilesFiles("two-files", judge.Java, prints("hello\n"), "A.java", "class A { static String s = \"hello\"; }\n", "Main.java", javaMain("", "System.out.println(A.s);")),
	}
	for name, source := range map[string]string{
		"not-public":       "class Solution { public static void main(String[] args) { %s } }\n",
		"interface":        "public interface Main { static void main(String[] args) { %s } }\n",
		"record":           "public record Main(int x) { public static void main(String[] args) { %s } }\n",
		"enum":             "public enum Main { A; public static void main(String[] args) { %s } }\n",
		"inherited":        "class A { public static void main(String[] args) { %s } }\npublic class Main extends A { }\n",
		"varargs":          "public class Main { public static void main(String... args) { %s } }\n",
		"instance":         "class Main { void main() { %s } }\n",
		"compact":          "void main() { %s }\n",
		"after-other":      "class A { } class B { int x; } public class Zoo { public static void main(String[] args) { %s } }\n",
		"two-mains":        "class A { public static void main(String[] args) { } }\npublic class Main { public static void main(String[] args) { %s } }\n",
		"in-nested-class":  "public class Main { static class In { void main() { } } public static void main(String[] args) { %s } }\n",
		"with-other-names": "public class Main { static int main(int x) { return x; } public static void main(String[] args) { %s } }\n",
		"dollar":           "public class M$ain { public static void main(String[] args) { %s } }\n",
		"unicode":          "public class Größe { public static void main(String[] args) { %s } }\n",
	} {
		list = append(list, compiles("main-"+name, judge.Java, fmt.Sprintf(source, javaHello), prints("hello\n")))
	}
	return list
}

// nestedClasses are n classes, each in the one before.
func nestedClasses(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "class A%d { ", i)
	}
	return b.String() + strings.Repeat("}", n)
}

// manyStrings are methods that have n different strings among them.
func manyStrings(n int) string {
	var b strings.Builder
	for i := range n {
		if i%6800 == 0 {
			if i > 0 {
				b.WriteString("}; }\n")
			}
			fmt.Fprintf(&b, "static String[] f%d() { return new String[] {", i)
		}
		fmt.Fprintf(&b, "%q,", strconv.FormatInt(int64(i), 36))
	}
	return b.String() + "}; }\n"
}
