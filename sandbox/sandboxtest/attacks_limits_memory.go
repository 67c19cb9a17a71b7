package sandboxtest

import (
	"fmt"

	"github.com/docketjudge/docket/judge"
)

// blocks is a program that keeps n blocks of 1 MiB, every page of them
// written, and then says so.
func blocks(l judge.Language, n int) string {
	switch l {
	case judge.Go:
		return goProgram("fmt", fmt.Sprintf(`	var kept [][]byte
	for range %d {
		b := make([]byte, 1<<20)
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
		kept = append(kept, b)
	}
	fmt.Println("kept:", len(kept))`, n))
	case judge.Java:
		return javaProgram(fmt.Sprintf(`List<byte[]> kept = new ArrayList<>();
for (int i = 0; i < %d; i++) {
    byte[] b = new byte[(1 << 20) - 16];
    Arrays.fill(b, (byte) 1);
    kept.add(b);
}
System.out.println("kept: " + kept.size());`, n))
	default:
		return fmt.Sprintf("kept = [b'x' * (1 << 20) for i in range(%d)]\nprint('kept:', len(kept))\n", n)
	}
}

// oneArray is a program that keeps one array of n MiB.
func oneArray(l judge.Language, n int) string {
	switch l {
	case judge.Go:
		return goProgram("fmt", fmt.Sprintf(`	b := make([]byte, %d<<20)
	for i := 0; i < len(b); i += 4096 {
		b[i] = 1
	}
	fmt.Println("kept:", len(b)>>20)`, n))
	case judge.Java:
		return javaProgram(fmt.Sprintf(`int[] a = new int[%d << 18];
Arrays.fill(a, 1);
System.out.println("kept: " + (a.length >> 18));`, n))
	default:
		return fmt.Sprintf("b = bytearray(b'x') * (%d << 20)\nprint('kept:', len(b) >> 20)\n", n)
	}
}

// objects is a program that keeps many small objects, some 400 MiB of them.
var objects = map[judge.Language]string{
	judge.Go: `package main

import "fmt"

type node struct {
	next *node
	data [7]int64
}

func main() {
	var list *node
	for i := range 400 << 14 {
		list = &node{next: list}
		list.data[0] = int64(i)
	}
	fmt.Println("kept:", list.data[0])
}
`,
	judge.Java: `public class Main {
    Main next;
    long a, b, c, d, e, f;

    public static void main(String[] args) {
        Main list = null;
        for (int i = 0; i < 400 << 14; i++) {
            Main m = new Main();
            m.next = list;
            list = m;
        }
        System.out.println("kept: " + list.a);
    }
}
`,
	judge.Python: "kept = []\nfor i in range(4000000):\n    kept.append((i, i + 1))\nprint('kept:', len(kept))\n",
}

// reportsMemory wants the memory of a program that keeps so much to be
// reported. What a runtime needs of its own comes on top.
func reportsMemory(kept judge.Bytes, l judge.Language) check {
	most := kept + 16*judge.MiB
	if l == judge.Java {
		most = kept + l.Allowance()
	}
	// The last moments before the end may not be sampled.
	kept -= 4 * judge.MiB
	return func(o outcome) string {
		if o.verdict != judge.AC || o.result.Memory < kept || o.result.Memory > most {
			return fmt.Sprintf("verdict %s and %s of memory reported, want AC and %s to %s", o.verdict, o.result.Memory, kept, most)
		}
		return ""
	}
}

// loopback is a program that leaves all that it can in connections to itself,
// and prints how many bytes that was.
const loopback = `import socket
listener = socket.create_server(('127.0.0.1', 0), backlog=500)
kept, queued = [], 0
for i in range(60):
    near = socket.create_connection(listener.getsockname())
    far, _ = listener.accept()
    for s in near, far:
        s.setblocking(False)
        kept.append(s)
        try:
            while True:
                queued += s.send(bytes(65536))
        except BlockingIOError:
            pass
print(queued)
`

// queues wants a program to have been stopped for memory, unless least is
// wanted, or to have queued so much.
func queues(least, most judge.Bytes) check {
	return func(o outcome) string {
		if least == 0 && o.verdict == judge.MLE {
			return ""
		}
		var n judge.Bytes
		if _, err := fmt.Sscan(o.stdout, &n); err != nil || o.verdict != judge.AC || n < least || n > most {
			return fmt.Sprintf("verdict %s and %s queued, want %s to %s", o.verdict, n, least, most)
		}
		return ""
	}
}

// memoryAttacks use more memory than they may, or all that they may.
func memoryAttacks() []attack {
	var list []attack
	for _, l := range judge.Languages() {
		list = append(list,
			attack{
				name: "memory-within", lang: l, source: blocks(l, 230), limits: memory(256 * judge.MiB),
				want: prints("kept: 230\n"), because: "a limit is what the program itself may use",
			},
			attack{
				name: "memory-within-one-array", lang: l, source: oneArray(l, 230), limits: memory(256 * judge.MiB),
				want: prints("kept: 230\n"), because: "a limit is what the program itself may use",
			},
			attack{
				name: "memory-beyond", lang: l, source: blocks(l, 295), limits: memory(256 * judge.MiB),
				want: verdictIs(judge.MLE), lax: laxMemory(512 * judge.MiB),
			},
			attack{
				name: "accounting-memory", lang: l, source: blocks(l, 100), limits: memory(256 * judge.MiB),
				want: reportsMemory(100*judge.MiB, l), because: "what it used is what is reported",
			},
			attack{
				name: "heap-bomb", lang: l, source: objects[l], limits: memory(128 * judge.MiB),
				want: verdictIs(judge.MLE), lax: laxMemory(judge.GiB),
			},
		)
	}
	return append(list, []attack{
		{
			name: "mmap-bomb", lang: judge.Go, limits: memory(64 * judge.MiB),
			source: goProgram("fmt syscall", `	for range 20 {
		b, err := syscall.Mmap(-1, 0, 8<<20, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
		if err != nil {
			panic(err)
		}
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
	}
	fmt.Println("mapped")`),
			want: verdictIs(judge.MLE), lax: laxMemory(256 * judge.MiB),
		},
		{
			name: "shared-mmap-bomb", lang: judge.Python, limits: memory(64 * judge.MiB),
			source: `import mmap
kept = []
for i in range(20):
    m = mmap.mmap(-1, 8 << 20)
    for at in range(0, 8 << 20, 4096):
        m[at] = 1
    kept.append(m)
print('mapped')
`,
			want: verdictIs(judge.MLE), lax: laxMemory(256 * judge.MiB),
		},
		{
			name: "tmpfs-bomb", lang: judge.Python, limits: memory(64 * judge.MiB),
			source: `for d in '/tmp', '/work':
    with open(d + '/big', 'wb') as f:
        for i in range(48):
            f.write(b'x' * (1 << 20))
print('written')
`,
			want: verdictIs(judge.MLE), lax: laxMemory(256 * judge.MiB),
		},
		{
			name: "tmpfs-bomb", lang: judge.Go, limits: memory(64 * judge.MiB),
			source: goProgram("os fmt", `	for _, d := range []string{"/tmp", "/work"} {
		f, err := os.Create(d + "/big")
		if err != nil {
			panic(err)
		}
		for range 48 {
			if _, err := f.Write(make([]byte, 1<<20)); err != nil {
				panic(err)
			}
		}
	}
	fmt.Println("written")`),
			want: verdictIs(judge.MLE), lax: laxMemory(256 * judge.MiB),
		},
		{
			name: "socket-buffers-bomb", lang: judge.Python, limits: memory(64 * judge.MiB), stdin: "fill",
			source: `import socket, sys
with open('/proc/self/oom_score_adj', 'w') as f:
    f.write('0')
kept = []
if sys.stdin.read() == 'fill':
    for i in range(400):
        pair = socket.socketpair()
        kept += pair
        for s in pair:
            s.setblocking(False)
            try:
                while True:
                    s.send(bytes(32768))
            except BlockingIOError:
                pass
print('filled')
`,
			want: verdictIs(judge.MLE), then: []string{"rest", "rest"}, thenWant: prints("filled\n"), lax: laxMemory(judge.GiB),
		},
		{
			name: "socket-buffers-bomb", lang: judge.Go, limits: memory(64 * judge.MiB), stdin: "fill",
			source: goProgram("fmt io os syscall", `	if err := os.WriteFile("/proc/self/oom_score_adj", []byte("0"), 0); err != nil {
		panic(err)
	}
	mode, _ := io.ReadAll(os.Stdin)
	for range 400 {
		if string(mode) != "fill" {
			break
		}
		pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK, 0)
		if err != nil {
			panic(err)
		}
		b := make([]byte, 32768)
		for _, s := range pair {
			for err = nil; err == nil; _, err = syscall.Write(s, b) {
			}
		}
	}
	fmt.Println("filled")`),
			want: verdictIs(judge.MLE), then: []string{"rest", "rest"}, thenWant: prints("filled\n"), lax: laxMemory(judge.GiB),
		},
		{
			name: "loopback-bomb", lang: judge.Python, limits: memory(64 * judge.MiB),
			source: loopback, want: queues(0, 64*judge.MiB), open: queues(128*judge.MiB, 4*judge.GiB),
		},
		{
			name: "memory-of-children", lang: judge.Python, limits: memory(96 * judge.MiB),
			source: `import os
done, sign = os.pipe()
leave, stay = os.pipe()
for i in range(4):
    if os.fork() == 0:
        os.close(stay)
        b = b'x' * (40 << 20)
        os.write(sign, b'.')
        os.read(leave, 1)
        os._exit(0)
for i in range(4):
    os.read(done, 1)
os.close(stay)
for i in range(4):
    os.wait()
print('done')
`,
			want: verdictIs(judge.MLE), lax: laxMemory(384 * judge.MiB),
		},
		{
			name: "memory-reserved", lang: judge.Python, limits: memory(256 * judge.MiB),
			source: `import mmap, sys, threading
m = mmap.mmap(-1, 4 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
sys.setrecursionlimit(10**6)
threading.stack_size(512 << 20)
t = threading.Thread(target=lambda: print(depth(100000)))
t.start()
t.join()
print(len(m) >> 30)
`,
			want: all(prints("100000\n4\n"), func(o outcome) string {
				if o.result.Memory > 128*judge.MiB {
					return fmt.Sprintf("%s of memory reported", o.result.Memory)
				}
				return ""
			}), because: "what is reserved is not used",
		},
		{
			name: "memory-until-it-ends", lang: judge.Python, limits: memory(128 * judge.MiB),
			source: `kept = []
try:
    while True:
        kept.append(bytearray(b'x') * (1 << 16))
except MemoryError:
    print('caught')
`,
			want: verdictIs(judge.MLE), then: []string{"", ""}, thenWant: verdictIs(judge.MLE), after: greeting(judge.Python),
			because: "it ends at its limit, whatever that is",
		},
		{
			name: "memory-error", lang: judge.Python, limits: memory(128 * judge.MiB),
			source: "b = bytearray(100 << 30)\nprint(len(b))\n",
			want:   all(verdictIs(judge.MLE), says("MemoryError")), because: "no host has so much",
		},
		{
			name: "memory-error-caught", lang: judge.Python, limits: memory(128 * judge.MiB),
			source: "try:\n    b = bytearray(1 << 40)\nexcept MemoryError:\n    b = bytearray(8 << 20)\nprint(len(b) >> 20)\n",
			want:   prints("8\n"), because: "it went on with what it had",
		},
		{
			name: "direct-memory-bomb", lang: judge.Java, limits: memory(128 * judge.MiB),
			source: javaProgram(`List<ByteBuffer> kept = new ArrayList<>();
for (int i = 0; i < 40; i++) {
    ByteBuffer b = ByteBuffer.allocateDirect(8 << 20);
    for (int at = 0; at < b.capacity(); at += 4096) b.put(at, (byte) 1);
    kept.add(b);
}
System.out.println("kept: " + kept.size());`),
			want: verdictIs(judge.MLE), lax: laxMemory(512 * judge.MiB),
		},
		{
			name: "native-memory-bomb", lang: judge.Java, limits: memory(64 * judge.MiB),
			source: javaProgram(`List<java.util.zip.Deflater> kept = new ArrayList<>();
for (int i = 0; i < 2000; i++) {
    var d = new java.util.zip.Deflater();
    d.setInput(new byte[1000]);
    d.deflate(new byte[100], 0, 100, java.util.zip.Deflater.SYNC_FLUSH);
    kept.add(d);
}
System.out.println("kept: " + kept.size());`),
			want: verdictIs(judge.MLE), lax: laxMemory(judge.GiB),
		},
		{
			name: "metaspace-bomb", lang: judge.Java, limits: memory(128 * judge.MiB),
			source: `import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.*;

public class Main extends ClassLoader {
    public static void main(String[] args) throws Exception {
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String name = "C" + i;
            byte[] b = ClassFile.of().build(ClassDesc.of(name), c -> {
                for (int m = 0; m < 3000; m++) {
                    c.withMethodBody("m" + m, MethodTypeDesc.ofDescriptor("()V"), ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC, code -> code.return_());
                }
            });
            kept.add(new Main().defineClass(name, b, 0, b.length).getDeclaredMethods());
        }
        System.out.println("kept: " + kept.size());
    }
}
`,
			want: verdictIs(judge.MLE), open: prints("kept: 200\n"),
		},
	}...)
}
