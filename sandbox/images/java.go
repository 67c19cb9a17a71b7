package images

import (
	"fmt"

	"github.com/docketjudge/docket/judge"
)

// Sizes of the parts of a JVM that are not the program's heap; together they
// stay within judge.Java.Allowance in all but contrived programs.
const (
	metaspaceMax = 64 * judge.MiB
	codeCacheMax = 64 * judge.MiB
	nurseryMax   = 32 * judge.MiB
	stackMax     = 1 * judge.GiB // the JVM takes no more
)

// quiet are flags of every JVM in a box: nothing of the JVM's own goes to
// standard output or to files, and a crash ends it without a word.
var quiet = []string{
	"-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:+DisplayVMOutputToStderr", "-Xlog:disable",
	"-XX:+SuppressFatalErrorMessage", "-XX:-CreateCoredumpOnCrash",
	"-XX:ErrorFile=/dev/null", "-XX:+DisableAttachMechanism", "-XX:+UnlockDiagnosticVMOptions", "-XX:-PrintWarnings",
	// The address of the AOT cache need not be a secret in a box; mapping it
	// where it was made saves relocating it at every start.
	"-XX:ArchiveRelocationMode=0",
	// Where a stack overflows, the JVM would look through all of it for methods
	// that may use a reserve, and keep several times the size of the stack until
	// it has: memory that a program which recurses without end does not have.
	"-XX:StackReservedPages=0",
}

// JavaArgs is how a program is started in a java-run box whose /box/app.jar
// holds its classes. What the program keeps may grow to its memory limit; then
// it meets an OutOfMemoryError, which it may catch, before the sandbox stops
// it. The stack of each thread may grow to half of the limit, up to 1 GiB,
// unless the program asks for another: endless recursion then ends with a
// StackOverflowError, within a second of processor time under the usual limit,
// and not for memory that stack and heap have together.
//
// The collector divides the heap into two parts of fixed size, and an array
// must fit in one of them. So the part for what is kept has the size of the
// limit, and the nursery comes on top, out of the allowance.
func JavaArgs(heap judge.Bytes, mainClass string, args []string) []string {
	argv := append([]string{"/docket/jre/bin/java", "-XX:AOTCache=/docket/launcher.aot"}, quiet...)
	nursery := min(heap/8, nurseryMax)
	argv = append(argv,
		fmt.Sprintf("-Xmx%dk", (heap+nursery).KiB()),
		fmt.Sprintf("-Xms%dk", (heap+nursery).KiB()),
		fmt.Sprintf("-Xmn%dk", nursery.KiB()),
		fmt.Sprintf("-XX:MaxDirectMemorySize=%dk", heap.KiB()),
		fmt.Sprintf("-Xss%dk", min(heap/2, stackMax).KiB()),
		fmt.Sprintf("-XX:MaxMetaspaceSize=%dk", metaspaceMax.KiB()),
		fmt.Sprintf("-XX:ReservedCodeCacheSize=%dk", codeCacheMax.KiB()),
		// A method must be called more often than usual before it is compiled
		// for the first time: most methods of a short program are not worth it,
		// and the compiler would run on the program's one CPU. What is hot is
		// compiled, and optimised, all the same.
		"-XX:Tier3InvocationThreshold=1000", "-XX:Tier3MinInvocationThreshold=500", "-XX:Tier3CompileThreshold=5000",
		"-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8", "-Djava.awt.headless=true",
		"-cp", "/docket/launcher.jar:/box/app.jar", mainClass)
	return append(argv, args...)
}

// CompileServer is how the compile server of a java-build box is started; its
// protocol is in java/server/CompileServer.java. It exits with code 3 when it
// runs out of memory.
func CompileServer() []string {
	argv := append([]string{"/docket/jdk/bin/java", "-XX:AOTCache=/docket/compile-server.aot"}, quiet...)
	return append(argv,
		"-XX:+ExitOnOutOfMemoryError",
		// The fast compiler alone: a compile server that serves few requests
		// never repays the slow one, which also takes twice the memory. A young
		// generation that holds one compilation is collected between them.
		"-XX:TieredStopAtLevel=1",
		"-Xmx512m", "-Xms96m", "-Xmn64m", "-XX:MaxMetaspaceSize=128m", "-XX:ReservedCodeCacheSize=48m",
		"-cp", "/docket/compile-server.jar", "CompileServer")
}
