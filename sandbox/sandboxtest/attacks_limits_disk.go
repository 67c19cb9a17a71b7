package sandboxtest

import "github.com/docketjudge/docket/judge"

// diskAttacks use up what is counted: bytes and names of files, descriptors.
func diskAttacks() []attack {
	roomy := judge.Limits{Memory: 256 * judge.MiB}
	return []attack{
		{
			name: "disk-fill", lang: judge.Python, limits: roomy, want: denied(2), open: done(2),
			source: `for d in '/tmp', '/work':
    try:
        with open(d + '/big', 'wb') as f:
            for i in range(72):
                f.write(b'x' * (1 << 20))
        print(d + ': done')
    except OSError as e:
        print(d + (': denied' if e.errno == 28 else ': ' + str(e)))
`,
		},
		{
			name: "disk-fill", lang: judge.Java, limits: roomy, want: denied(2), open: done(2),
			source: javaProgram(`for (String d : new String[] {"/tmp", "/work"}) {
    try (OutputStream f = new FileOutputStream(d + "/big")) {
        for (int i = 0; i < 72; i++) f.write(new byte[1 << 20]);
        System.out.println(d + ": done");
    } catch (IOException e) {
        System.out.println(d + ": denied");
    }
}`),
		},
		{
			name: "inode-fill", lang: judge.Go, limits: roomy, want: denied(1), open: done(1),
			source: goProgram("errors fmt os syscall", `	for i := range 10000 {
		f, err := os.Create(fmt.Sprint("/work/", i))
		if errors.Is(err, syscall.ENOSPC) {
			fmt.Println("10000 files: denied")
			return
		}
		if err != nil {
			panic(err)
		}
		f.Close()
	}
	fmt.Println("10000 files: done")`),
		},
		{
			name: "inode-fill-in-depth", lang: judge.Python, limits: roomy, want: denied(1), open: done(1),
			source: `import os
try:
    for i in range(10000):
        os.mkdir('d')
        os.chdir('d')
    print('10000 directories: done')
except OSError as e:
    print('10000 directories:', 'denied' if e.errno == 28 else e)
`,
		},
		{
			name: "descriptors", lang: judge.Go, want: denied(1), open: done(1),
			source: goProgram("fmt os", `	for range 3000 {
		if _, err := os.Open("/proc/self/status"); err != nil {
			fmt.Println("3000 descriptors: denied")
			return
		}
	}
	fmt.Println("3000 descriptors: done")`),
		},
		{
			name: "descriptors", lang: judge.Java, want: denied(1), open: done(1),
			source: javaProgram(`List<InputStream> kept = new ArrayList<>();
try {
    for (int i = 0; i < 3000; i++) kept.add(new FileInputStream("/proc/self/status"));
} catch (IOException e) {
    kept.remove(kept.size() - 1).close();
    System.out.println("3000 descriptors: denied");
    return;
}
System.out.println("3000 descriptors: done");`),
		},
		{
			name: "descriptors", lang: judge.Python, want: denied(2), open: done(2),
			source: `import os, resource
def attempt(what, f):
    try:
        f()
        print(what + ': done')
    except (OSError, ValueError):
        print(what + ': denied')
attempt('raising the limit', lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (4000, 4000)))
attempt('3000 descriptors', lambda: [os.open('/dev/null', os.O_RDONLY) for i in range(3000)])
`,
		},
	}
}
