//go:build !quick

package harness_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness"
)

// work is the same in two ways: as a solution of a function problem, and as a
// program by hand with the fast input and output of its language.
type work struct {
	h              *harness.Harness
	answer         string
	input, byHand  string // of the two
	printed        string // by the program
	solution, hand map[judge.Language]string
}

// BenchmarkDriver measures what drivers cost: the processor time of a test
// with next to nothing in it, of one with 100,000 calls of a cache, and of one
// with an argument of a million numbers, beside that of programs by hand in the
// same box, and both builds.
func BenchmarkDriver(b *testing.B) {
	for _, one := range []struct {
		name string
		work
	}{{"little", sumWork(b, 3)}, {"calls", lruWork(b)}, {"argument", sumWork(b, 1_000_000)}} {
		w := one.work
		for _, lang := range judge.Languages() {
			b.Run(one.name+"/"+string(lang), func(b *testing.B) {
				src, err := w.h.Source(lang, []judge.File{{Name: w.h.Starter(lang).Name, Content: w.solution[lang]}})
				if err != nil {
					b.Fatal(err)
				}
				plain := judge.Source{Language: lang, Files: []judge.File{{Name: lang.MainFile(), Content: w.hand[lang]}}}
				var driver, hand least
				for b.Loop() {
					driver.take(b, src, w.input, w.answer)
					hand.take(b, plain, w.byHand, w.printed)
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(milliseconds(driver.cpu), "driver-ms")
				b.ReportMetric(milliseconds(hand.cpu), "hand-ms")
				b.ReportMetric(float64(driver.cpu)/float64(hand.cpu), "ratio")
				b.ReportMetric(milliseconds(driver.build), "driver-build-ms")
				b.ReportMetric(milliseconds(hand.build), "hand-build-ms")
			})
		}
	}
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// least is the least that was measured of each.
type least struct{ cpu, build time.Duration }

func (l *least) take(b *testing.B, src judge.Source, input, output string) {
	b.Helper()
	ctx := context.Background()
	// Builds of the same sources are cached.
	src.Files[0].Content += map[judge.Language]string{judge.Python: "\n# "}[src.Language]
	if src.Language != judge.Python {
		src.Files[0].Content += "\n// "
	}
	src.Files[0].Content += fmt.Sprint(rand.Uint64()) + "\n"
	slot, err := box.Acquire(ctx)
	if err != nil {
		b.Fatal(err)
	}
	defer slot.Release()
	built, err := slot.Build(ctx, src)
	if err != nil || !built.OK {
		b.Fatal(err, built.Output)
	}
	if l.build == 0 || built.Took < l.build {
		l.build = built.Took
	}
	limits := judge.Limits{}.WithDefaults()
	opened, err := slot.Open(ctx, built.Artifact, limits)
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := opened.Close(); err != nil {
			b.Fatal(err)
		}
	}()
	for range 3 {
		var out bytes.Buffer
		r, err := opened.Run(ctx, judge.Run{Stdin: strings.NewReader(input), Stdout: &out}, limits)
		if err != nil {
			b.Fatal(err)
		}
		if v := judge.Classify(r, limits); v != judge.AC || out.String() != output {
			b.Fatalf("%s: %d bytes, want %d\n%s", v, out.Len(), len(output), r.Stderr)
		}
		if l.cpu == 0 || r.CPU < l.cpu {
			l.cpu = r.CPU
		}
	}
}

// sumWork adds n numbers.
func sumWork(t testing.TB, n int) work {
	r := rand.New(rand.NewPCG(1, 2))
	var list, lines strings.Builder
	sum := int64(0)
	for i := range n {
		v := int64(r.Int32())
		sum += v
		if i > 0 {
			list.WriteByte(',')
			lines.WriteByte(' ')
		}
		fmt.Fprint(&list, v)
		fmt.Fprint(&lines, v)
	}
	return work{
		h:      function(t, "total(numbers int[]) long"),
		input:  "[[" + list.String() + "]]\n",
		answer: fmt.Sprintln(sum), printed: fmt.Sprintln(sum),
		byHand: fmt.Sprintf("%d\n%s\n", n, lines.String()),
		solution: map[judge.Language]string{
			judge.Go:     "package solution\n\nfunc Total(numbers []int) (sum int64) {\n\tfor _, n := range numbers {\n\t\tsum += int64(n)\n\t}\n\treturn sum\n}\n",
			judge.Java:   "class Solution {\n    long total(int[] numbers) {\n        long sum = 0;\n        for (int n : numbers) {\n            sum += n;\n        }\n        return sum;\n    }\n}\n",
			judge.Python: "def total(numbers):\n    return sum(numbers)\n",
		},
		hand: map[judge.Language]string{
			judge.Go:     "package main\n\nimport (\n\t\"bufio\"\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc main() {\n\tnumbers := make([]int, readInt())\n\tfor i := range numbers {\n\t\tnumbers[i] = readInt()\n\t}\n\tsum := 0\n\tfor _, n := range numbers {\n\t\tsum += n\n\t}\n\tfmt.Println(sum)\n}\n" + goFastInput,
			judge.Java:   "import java.io.*;\n\npublic class Main {\n    public static void main(String[] args) throws IOException {\n        int[] numbers = new int[readInt()];\n        for (int i = 0; i < numbers.length; i++) {\n            numbers[i] = readInt();\n        }\n        long sum = 0;\n        for (int n : numbers) {\n            sum += n;\n        }\n        System.out.println(sum);\n    }\n" + javaFastInput,
			judge.Python: "import sys\n\ndata = sys.stdin.buffer.read().split()\nnumbers = list(map(int, data[1:]))\nprint(sum(numbers))\n",
		},
	}
}

// lruWork is a cache of 1000 keys out of 2000.
func lruWork(t testing.TB) work {
	const n, capacity, keys = 100_000, 1000, 2000
	r := rand.New(rand.NewPCG(3, 4))
	var calls, results, lines, printed strings.Builder
	fmt.Fprintf(&calls, `[["LRUCache",%d]`, capacity)
	results.WriteString("[null")
	fmt.Fprintf(&lines, "%d %d\n", capacity, n)
	cache, used := map[int]int{}, map[int]int{}
	for now := range n {
		key := r.IntN(keys)
		if r.IntN(2) == 0 {
			fmt.Fprintf(&calls, `,["get",%d]`, key)
			fmt.Fprintf(&lines, "get %d\n", key)
			value, ok := cache[key]
			if !ok {
				value = -1
			} else {
				used[key] = now
			}
			fmt.Fprintf(&results, ",%d", value)
			fmt.Fprintln(&printed, value)
			continue
		}
		value := r.IntN(1_000_000)
		fmt.Fprintf(&calls, `,["put",%d,%d]`, key, value)
		fmt.Fprintf(&lines, "put %d %d\n", key, value)
		results.WriteString(",null")
		if _, ok := cache[key]; !ok && len(cache) == capacity {
			oldest := -1
			for k := range cache {
				if oldest < 0 || used[k] < used[oldest] {
					oldest = k
				}
			}
			delete(cache, oldest)
		}
		cache[key], used[key] = value, now
	}
	return work{
		h:     class(t, "LRUCache(capacity int)", "get(key int) int", "put(key int, value int)"),
		input: calls.String() + "]\n", answer: results.String() + "]\n",
		byHand: lines.String(), printed: printed.String(),
		solution: map[judge.Language]string{
			judge.Go: "package solution\n\nimport \"container/list\"\n" + goLRU,
			judge.Java: "import java.util.*;\n\npublic class LRUCache {\n    private final Map<Integer, Integer> map;\n\n    public LRUCache(int capacity) {\n" + javaLRU +
				"    }\n\n    public int get(int key) {\n        return map.getOrDefault(key, -1);\n    }\n\n    public void put(int key, int value) {\n        map.put(key, value);\n    }\n}\n",
			judge.Python: pythonLRU,
		},
		hand: map[judge.Language]string{
			judge.Go: "package main\n\nimport (\n\t\"bufio\"\n\t\"container/list\"\n\t\"os\"\n\t\"strconv\"\n)\n" + goLRU + `
func main() {
	cache := NewLRUCache(readInt())
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var line []byte
	for range readInt() {
		if readWord() == 'g' {
			line = strconv.AppendInt(line[:0], int64(cache.Get(readInt())), 10)
			out.Write(append(line, '\n'))
		} else {
			key := readInt()
			cache.Put(key, readInt())
		}
	}
}

func readWord() byte {
	c, _ := in.ReadByte()
	for c <= ' ' {
		c, _ = in.ReadByte()
	}
	in.Discard(2)
	return c
}
` + goFastInput,
			judge.Java: `import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        int capacity = readInt();
        final Map<Integer, Integer> map;
` + javaLRU + `
        StringBuilder out = new StringBuilder();
        for (int n = readInt(); n > 0; n--) {
            int c = next();
            while (c <= ' ') {
                c = next();
            }
            next();
            next();
            int key = readInt();
            if (c == 'g') {
                out.append(map.getOrDefault(key, -1)).append('\n');
            } else {
                map.put(key, readInt());
            }
        }
        System.out.print(out);
    }
` + javaFastInput,
			judge.Python: pythonLRU + `

import sys


def main():
    lines = sys.stdin.buffer.read().splitlines()
    cache = LRUCache(int(lines[0].split()[0]))
    out = []
    for line in lines[1:]:
        words = line.split()
        if words[0] == b"get":
            out.append(cache.get(int(words[1])))
        else:
            cache.put(int(words[1]), int(words[2]))
    print("\n".join(map(str, out)))


main()
`,
		},
	}
}

const goFastInput = `
var in = bufio.NewReaderSize(os.Stdin, 1<<16)

func readInt() int {
	c, _ := in.ReadByte()
	for c <= ' ' {
		c, _ = in.ReadByte()
	}
	negative := c == '-'
	if negative {
		c, _ = in.ReadByte()
	}
	n := 0
	for c >= '0' && c <= '9' {
		n = n*10 + int(c-'0')
		c, _ = in.ReadByte()
	}
	if negative {
		return -n
	}
	return n
}
`

const javaFastInput = `
    static final InputStream in = System.in;
    static final byte[] buf = new byte[1 << 16];
    static int pos, end;

    static int next() throws IOException {
        if (pos == end) {
            end = in.read(buf);
            pos = 0;
            if (end <= 0) {
                return -1;
            }
        }
        return buf[pos++];
    }

    static int readInt() throws IOException {
        int c = next();
        while (c <= ' ') {
            c = next();
        }
        boolean negative = c == '-';
        if (negative) {
            c = next();
        }
        int n = 0;
        while (c >= '0' && c <= '9') {
            n = n * 10 + c - '0';
            c = next();
        }
        return negative ? -n : n;
    }
}
`

const goLRU = `
type entry struct{ key, value int }

type LRUCache struct {
	capacity int
	order    *list.List
	entries  map[int]*list.Element
}

func NewLRUCache(capacity int) *LRUCache {
	return &LRUCache{capacity, list.New(), map[int]*list.Element{}}
}

func (c *LRUCache) Get(key int) int {
	e, ok := c.entries[key]
	if !ok {
		return -1
	}
	c.order.MoveToFront(e)
	return e.Value.(*entry).value
}

func (c *LRUCache) Put(key, value int) {
	if e, ok := c.entries[key]; ok {
		e.Value.(*entry).value = value
		c.order.MoveToFront(e)
		return
	}
	if len(c.entries) == c.capacity {
		oldest := c.order.Remove(c.order.Back()).(*entry)
		delete(c.entries, oldest.key)
	}
	c.entries[key] = c.order.PushFront(&entry{key, value})
}
`

const javaLRU = `        map = new LinkedHashMap<Integer, Integer>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
                return size() > capacity;
            }
        };
`

const pythonLRU = `from collections import OrderedDict


class LRUCache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.entries = OrderedDict()

    def get(self, key):
        if key not in self.entries:
            return -1
        self.entries.move_to_end(key)
        return self.entries[key]

    def put(self, key, value):
        if key in self.entries:
            self.entries.move_to_end(key)
        elif len(self.entries) == self.capacity:
            self.entries.popitem(last=False)
        self.entries[key] = value
`
