//go:build !quick

package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox"
)

// A JVM says on standard error that its memory ran out; a program that wrote
// too much there, or closed it, is told by what it used.
func TestJavaMemoryWithoutAWord(t *testing.T) {
	d := open(t, func(c *sandbox.Config) { c.Languages = []judge.Language{judge.Java} })
	slot, err := d.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer slot.Release()
	for name, c := range map[string]struct {
		body string
		want judge.Verdict
	}{
		"much on standard error": {"for (int i = 0; i < 20000; i++) System.err.println(\"debug line \" + i); eat();", judge.MLE},
		"standard error closed":  {"System.err.close(); eat();", judge.MLE},
		"exit code 1 of its own": {"System.exit(1);", judge.RTE},
		"closed, and well below": {"System.err.close(); throw new RuntimeException();", judge.RTE},
	} {
		source := "import java.util.*;\n\npublic class Main {\n" +
			"    static void eat() { List<long[]> kept = new ArrayList<>(); for (;;) kept.add(new long[100000]); }\n" +
			"    public static void main(String[] args) { " + c.body + " }\n}\n"
		b, err := slot.Build(t.Context(), judge.Source{Language: judge.Java, Files: []judge.File{{Name: "Main.java", Content: source}}})
		if err != nil || !b.OK {
			t.Fatalf("%s: %v %s", name, err, b.Output)
		}
		limits := judge.Limits{CPU: 10 * judge.DefaultCPU}.WithDefaults()
		box, err := slot.Open(t.Context(), b.Artifact, limits)
		if err != nil {
			t.Fatal(err)
		}
		r, err := box.Run(t.Context(), judge.Run{}, limits)
		if err != nil {
			t.Fatal(err)
		}
		if v := judge.Classify(r, limits.WithAllowance(judge.Java)); v != c.want {
			t.Errorf("%s: verdict %s, want %s; exit %d, memory %v", name, v, c.want, r.ExitCode, r.Memory)
		}
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	}
}

// An OutOfMemoryError that nobody catches is a memory error whichever thread
// it ends and however the process ends after it; one that is caught is not.
func TestJavaOutOfMemoryInAnyThread(t *testing.T) {
	d := open(t, func(c *sandbox.Config) { c.Languages = []judge.Language{judge.Java} })
	const caught = `try { eat(); } catch (OutOfMemoryError e) { System.out.println("caught"); }`
	for _, c := range []struct {
		name, body string
		limits     judge.Limits
		want       judge.Verdict
		prints     string
	}{
		{"main", "eat();", judge.Limits{}, judge.MLE, ""},
		{"one array", "System.out.println(new long[1 << 30].length);", judge.Limits{}, judge.MLE, ""},
		{"a thread, and main goes on", "Thread t = new Thread(Main::eat, \"eater \\\" of\"); t.start(); t.join(); System.out.println(\"end\");", judge.Limits{}, judge.MLE, "end\n"},
		{"a thread that main waits for", "var gate = new CountDownLatch(1); new Thread(() -> { eat(); gate.countDown(); }).start(); gate.await();", judge.Limits{Wall: 20 * time.Second}, judge.MLE, ""},
		{"a pool, and main ends", "var p = Executors.newFixedThreadPool(1); p.execute(Main::eat); p.shutdown();", judge.Limits{}, judge.MLE, ""},
		{"a future", "try (var p = Executors.newFixedThreadPool(1)) { p.submit(Main::eat).get(); }", judge.Limits{}, judge.MLE, ""},
		{"a parallel stream", "IntStream.range(0, 4).parallel().forEach(i -> eat());", judge.Limits{}, judge.MLE, ""},
		{"a virtual thread", "Thread t = Thread.startVirtualThread(Main::eat); t.join(); System.out.println(\"end\");", judge.Limits{}, judge.MLE, "end\n"},
		{"an initializer", "System.out.println(Held.kept);", judge.Limits{}, judge.MLE, ""},
		{"half a line before it", "System.err.print(\"so far\"); eat();", judge.Limits{}, judge.MLE, ""},
		{"caught", caught, judge.Limits{}, judge.AC, "caught\n"},
		{"caught with little memory", caught, judge.Limits{Memory: 64 * judge.MiB}, judge.AC, "caught\n"},
		{"caught with much memory", caught, judge.Limits{Memory: 640 * judge.MiB}, judge.AC, "caught\n"},
		{"caught, and told", "try { eat(); } catch (OutOfMemoryError e) { e.printStackTrace(); } System.out.println(\"end\");", judge.Limits{}, judge.AC, "end\n"},
		{"caught in a thread", "Thread t = new Thread(() -> { " + caught + " }); t.start(); t.join(); System.out.println(\"end\");", judge.Limits{}, judge.AC, "caught\nend\n"},
		{"caught, then another error", "try { eat(); } catch (OutOfMemoryError e) { e.printStackTrace(); } throw new IllegalStateException();", judge.Limits{}, judge.RTE, ""},
		{"never happened", "System.out.println(\"end\");", judge.Limits{}, judge.AC, "end\n"},
		// What a program says on its own can only make it worse.
		{"printed", `System.err.println("Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space"); System.out.println("end");`, judge.Limits{}, judge.MLE, "end\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := "import java.util.*;\nimport java.util.concurrent.*;\nimport java.util.stream.*;\n\npublic class Main {\n" +
				"    static class Held { static final Object kept = new long[1 << 30]; }\n" +
				"    static void eat() { List<long[]> kept = new ArrayList<>(); for (;;) kept.add(new long[100000]); }\n" +
				"    public static void main(String[] args) throws Exception { " + c.body + " }\n}\n"
			if c.limits.CPU == 0 {
				c.limits.CPU = judge.MaxCPU
			}
			b, r, out := builtAndRun(t, d, judge.Source{Language: judge.Java, Files: []judge.File{{Name: "Main.java", Content: source}}}, c.limits)
			if !b.OK {
				t.Fatal(b.Output)
			}
			if v := judge.Classify(r, c.limits.WithDefaults().WithAllowance(judge.Java)); v != c.want || out != c.prints {
				t.Errorf("verdict %s, want %s; output %q, exit %d, stopped for %q, memory %v, stderr %.600s", v, c.want, out, r.ExitCode, r.Stopped, r.Memory, r.Stderr)
			}
		})
	}
}

// All of Java SE compiles and runs without a screen, but for what needs a
// compiler.
func TestJavaHasAllOfJavaSE(t *testing.T) {
	d := open(t, func(c *sandbox.Config) { c.Languages = []judge.Language{judge.Java} })
	const source = `import java.awt.*;
import java.awt.geom.*;
import java.awt.image.BufferedImage;
import java.beans.PropertyChangeSupport;
import java.io.ByteArrayOutputStream;
import java.rmi.RemoteException;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;

public class Main {
    public static void main(String[] args) throws Exception {
        Set<Point> seen = new HashSet<>();
        seen.add(new Point(1, 2));
        System.out.println(seen.contains(new Point(1, 2)) + " " + Line2D.linesIntersect(0, 0, 2, 2, 0, 2, 2, 0));
        var support = new PropertyChangeSupport(seen);
        support.addPropertyChangeListener(e -> System.out.println(e.getNewValue()));
        support.firePropertyChange("x", 1, 2);
        var image = new BufferedImage(30, 30, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().drawString("x", 10, 20);
        for (String format : new String[] {"png", "jpg"}) {
            System.out.println(ImageIO.write(image, format, new ByteArrayOutputStream()));
        }
        System.out.println(GraphicsEnvironment.isHeadless() + " " + new javax.swing.table.DefaultTableModel(2, 3).getColumnCount()
                + " " + new RemoteException("r").getMessage() + " " + (javax.sql.rowset.RowSetProvider.newFactory() != null)
                + " " + javax.xml.crypto.dsig.XMLSignatureFactory.getInstance("DOM").getMechanismType()
                + " " + javax.security.sasl.Sasl.QOP + " " + org.ietf.jgss.GSSName.NT_USER_NAME + " " + javax.transaction.xa.XAResource.TMJOIN
                + " " + java.lang.instrument.ClassDefinition.class.getSimpleName() + " " + java.awt.datatransfer.DataFlavor.stringFlavor.getSubType());
    }
}
`
	b, r, out := builtAndRun(t, d, judge.Source{Language: judge.Java, Files: []judge.File{{Name: "Main.java", Content: source}}}, judge.Limits{})
	const want = "true true\n2\ntrue\ntrue\ntrue 3 r true DOM javax.security.sasl.qop 1.2.840.113554.1.2.1.1 2097152 ClassDefinition x-java-serialized-object\n"
	if out != want || r.ExitCode != 0 {
		t.Errorf("got %q, want %q: %s %s", out, want, b.Output, r.Stderr)
	}
}

// What has no main method is told once.
func TestJavaWithoutMainIsToldOnce(t *testing.T) {
	d := open(t, func(c *sandbox.Config) { c.Languages = []judge.Language{judge.Java} })
	const source = "public class Test {\n    public static void Main(String[] args) { System.out.println(\"never\"); }\n}\n"
	b, _, _ := builtAndRun(t, d, judge.Source{Language: judge.Java, Files: []judge.File{{Name: "Test.java", Content: source}}}, judge.Limits{})
	if b.OK || strings.Count(b.Output, "no class has a main method") != 1 {
		t.Errorf("built %v, and the compiler said %q", b.OK, b.Output)
	}
}

// A byte order mark at the start of a source is no part of it.
func TestByteOrderMarkIsSkipped(t *testing.T) {
	d := open(t, nil)
	for _, l := range judge.Languages() {
		f := hello[l]
		f.Content = "\ufeff" + f.Content
		b, _, _ := builtAndRun(t, d, judge.Source{Language: l, Files: []judge.File{f}}, judge.Limits{})
		if !b.OK {
			t.Errorf("%s: %s", l, b.Output)
		}
		f.Content = "\ufeff" + f.Content // a second one is
		if b, _, _ := builtAndRun(t, d, judge.Source{Language: l, Files: []judge.File{f}}, judge.Limits{}); b.OK {
			t.Errorf("%s: two marks are taken", l)
		}
	}
}
