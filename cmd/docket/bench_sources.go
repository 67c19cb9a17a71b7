package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// benchTests is the number of tests of the problem that the bench judges.
const benchTests = 10

// benchProblem is a catalogue of the problem that the bench judges.
func benchProblem() fs.FS { return sumProblem("bench-sum", benchTests) }

// sumProblem is a root that holds one package with a few small tests: print
// the sum of the numbers.
func sumProblem(slug judge.Slug, tests int) fs.FS {
	var archive bytes.Buffer
	w := zip.NewWriter(&archive) // its reader is a file system
	var err error
	add := func(name, content string) {
		f, e := w.CreateHeader(&zip.FileHeader{Name: string(slug) + "/" + name})
		if e == nil {
			_, e = io.WriteString(f, content)
		}
		err = errors.Join(err, e)
	}
	add("problem.yaml", "problem_format_version: 2025-09\nname: Sum\nuuid: 018f6a52-6f0e-7c1b-9a53-5d2b7a1c9e10\ntype: pass-fail\nlimits:\n  time_limit: 2\n")
	add("statement/problem.en.md", "Print the sum of the numbers.\n")
	add("input_validators/validate.py", "import sys\nsys.exit(42 if sys.stdin.read().split() else 43)\n")
	add("submissions/accepted/main.py", benchSource(judge.Python, "model").Content)
	for i := range tests {
		in, sum := benchInput(i)
		add(fmt.Sprintf("data/secret/%02d.in", i), in)
		add(fmt.Sprintf("data/secret/%02d.ans", i), fmt.Sprintln(sum))
	}
	err = errors.Join(err, w.Close())
	files, e := zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
	if err = errors.Join(err, e); err != nil {
		panic(fmt.Sprintf("archive in memory: %v", err)) // nothing can fail there
	}
	return files
}

func benchInput(test int) (text string, sum int) {
	var b strings.Builder
	fmt.Fprintln(&b, 100)
	for j := range 100 {
		n := (j*7919 + test*104729) % 100003
		sum += n
		fmt.Fprintln(&b, n)
	}
	return b.String(), sum
}

// benchSource is a solution that no cache has seen: the nonce is part of the
// program.
func benchSource(lang judge.Language, nonce string) judge.File {
	return judge.File{Name: lang.MainFile(), Content: strings.ReplaceAll(benchSources[lang], "NONCE", nonce)}
}

var benchSources = map[judge.Language]string{
	judge.Go: `package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

const nonce = "NONCE"

func main() {
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var n int
	fmt.Fscan(in, &n)
	numbers := make([]int, n)
	for i := range numbers {
		fmt.Fscan(in, &numbers[i])
	}
	sort.Ints(numbers)
	sum := 0
	for _, v := range numbers {
		sum += v
	}
	if strings.HasPrefix(nonce, "never") {
		fmt.Fprint(out, nonce)
	}
	fmt.Fprintln(out, sum)
}
`,
	judge.Java: `import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;

public class Main {
    static final String FRESH = "NONCE";

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            numbers.add(in.nextInt());
        }
        Collections.sort(numbers);
        long sum = 0;
        for (int v : numbers) {
            sum += v;
        }
        if (FRESH.startsWith("never")) {
            System.out.print(FRESH);
        }
        System.out.println(sum);
    }
}
`,
	judge.Python: `import sys
import heapq
import math
from collections import defaultdict

FRESH = "NONCE"


def main():
    data = sys.stdin.read().split()
    n = int(data[0])
    numbers = [int(x) for x in data[1:n + 1]]
    heapq.heapify(numbers)
    count = defaultdict(int)
    for x in numbers:
        count[x] += 1
    if FRESH.startswith("never"):
        print(FRESH)
    print(sum(x * c for x, c in count.items()) + math.floor(0.5))


main()
`,
}

// byHandScript compiles a source once and runs it on every test, as a person
// would in a shell. Inputs lie in /root/in already.
func byHandScript(lang judge.Language, source judge.File) string {
	write := fmt.Sprintf("cat > %s <<'END-OF-SOURCE'\n%sEND-OF-SOURCE\n", source.Name, source.Content)
	loop := func(build, run string) string {
		return fmt.Sprintf("%sfor t in /root/in/*; do %s < $t > out.txt || exit 1; done", build, run)
	}
	switch lang {
	case judge.Go:
		return write + loop("go build -o main main.go && ", "./main")
	case judge.Java:
		return write + loop("javac Main.java && ", "java -Xmx256m Main")
	default:
		return write + loop("", "python3 main.py")
	}
}

// byHandSetup lays the inputs and warms the toolchain's caches.
func byHandSetup(lang judge.Language) string {
	var b strings.Builder
	b.WriteString("mkdir -p /root/in && cd /root\n")
	for i := range benchTests {
		in, _ := benchInput(i)
		fmt.Fprintf(&b, "cat > /root/in/%02d <<'END-OF-INPUT'\n%sEND-OF-INPUT\n", i, in)
	}
	b.WriteString(byHandScript(lang, benchSource(lang, "warm-up")))
	return b.String()
}
