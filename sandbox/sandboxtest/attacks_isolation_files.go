package sandboxtest

import "github.com/docketjudge/docket/judge"

// fileAttacks change what they must not, and look for what they must not see.
func fileAttacks() []attack {
	later := func(l judge.Language, body string) attack {
		a := refused("inputs-of-other-tests", l, 1, body)
		a.stdin, a.then, a.thenWant = "docket-"+"secret 1", []string{"docket-" + "secret 2"}, a.want
		a.planted = []judge.File{{Name: "box/data/secret/2.in", Content: "docket-" + "secret 2"}}
		return a
	}
	return []attack{
		refused("overwriting", judge.Go, 8, goOverwriting),
		refused("overwriting", judge.Java, 4, javaOverwriting),
		refused("overwriting", judge.Python, 8, pythonOverwriting),
		refused("writable-directories", judge.Python, 10, pythonWritable),
		later(judge.Go, goLater), later(judge.Python, pythonLater),
		{
			name: "links-out-of-the-box", lang: judge.Python, source: pythonLinks,
			want: prints("laid\n"), then: []string{"", ""}, thenWant: prints("laid\n"),
			because: "what is wiped between the runs is the links and not what they point to",
		},
	}
}

const goOverwriting = `
func attack(string) {
	for _, path := range []string{"/box/main", "/etc/passwd", "/docket/toolchain", "/docket/runner"} {
		if _, err := os.Stat(path); err != nil {
			continue // some images have less
		}
		attempt("removing "+path+" for another", os.Rename(path, path+".old"))
		attempt("writing "+path, os.WriteFile(path, []byte("attacked"), 0o755))
		attempt("mode of "+path, os.Chmod(path, 0o777))
		attempt("link beside "+path, os.Symlink("/tmp/x", path+".link"))
	}
	attempt("file in /box", os.WriteFile("/box/other", nil, 0o644))
	attempt("file in /", os.WriteFile("/other", nil, 0o644))
	attempt("file in /dev", os.WriteFile("/dev/other", nil, 0o644))
	attempt("directory in /box", os.Mkdir("/box/data2", 0o755))
	attempt("mode of /box", os.Chmod("/box", 0o777))
	attempt("mode of /tmp", os.Chmod("/tmp", 0o777))
}
`

const javaOverwriting = `    static void attack(String input) {
        for (String path : List.of("/box/app.jar", "/etc/passwd")) {
            if (!Files.exists(Path.of(path))) continue;
            attempt("appending to " + path, () -> Files.writeString(Path.of(path), "attacked", StandardOpenOption.APPEND));
            attempt("mode of " + path, () -> Files.setPosixFilePermissions(Path.of(path), java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx")));
            attempt("removing " + path, () -> Files.move(Path.of(path), Path.of(path + ".old")));
        }
        attempt("a class path of one's own", () -> Files.createDirectory(Path.of("/box/other")));
        attempt("a file of the JRE", () -> Files.createFile(Path.of(System.getProperty("java.home"), "lib", "attacked")));
    }
`

const pythonOverwriting = `def write(path):
    with open(path, "ab") as f:
        f.write(b"")

import json
for path in "/box/main.py", "/etc/passwd", json.__file__, "/docket/runner", "/docket/zygote.py":
    attempt("writing " + path, write, path)
    attempt("mode of " + path, os.chmod, path, 0o777)
    attempt("times of " + path, os.utime, path)
    attempt("name of " + path, os.rename, path, path + ".old")
attempt("a module beside the program", write, "/box/json.py")
attempt("a cache beside the program", os.mkdir, "/box/__pycache__")
attempt("usercustomize", write, "/docket/usercustomize.py")
attempt("sitecustomize", write, "/usr/lib/python3/dist-packages/sitecustomize.py")
`

// Every directory of the box is tried; one line for each at the top.
const pythonWritable = `allowed = ("/proc", "/sys", "/tmp", "/work", "/dev/shm", "/dev/mqueue", "/dev/pts")
written = {}
for directory, below, files in os.walk("/"):
    below[:] = [d for d in below if os.path.join(directory, d) not in allowed]
    top = "/" + directory.split("/")[1]
    written.setdefault(top, None)
    try:
        os.close(os.open(directory + "/.attack", os.O_CREAT | os.O_WRONLY, 0o600))
        os.unlink(directory + "/.attack")
        written[top] = directory
    except OSError:
        pass
    for f in files:
        path = os.path.join(directory, f)
        if os.path.isfile(path) and not os.path.islink(path) and os.access(path, os.W_OK):
            written[top] = path
for top, where in written.items():
    print(f"{top} {where}: done" if where else f"{top}: denied")
`

// The files of the image itself are no secret, and those that a program may
// write are empty.
const goLater = `
func attack(input string) {
	var root syscall.Stat_t
	_ = syscall.Stat("/usr", &root)
	found := 0
	needle := []byte("docket-" + strings.Split(input, " ")[0][7:] + " ")
	if len(needle) < 10 {
		fmt.Println("no input: done")
	}
	var walk func(string)
	walk = func(dir string) {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			path := strings.TrimSuffix(dir, "/") + "/" + e.Name()
			switch {
			case e.IsDir() && path != "/proc" && path != "/sys" && path != "/usr":
				walk(path)
			case e.Type().IsRegular():
				b, _ := os.ReadFile(path)
				if bytes.Contains(b, needle) && path != "/box/stdin0" && path != "/box/stdin1" {
					fmt.Println(path + ": done")
					found++
				}
			}
		}
	}
	walk("/")
	for _, pid := range others() {
		for _, name := range []string{"cmdline", "environ", "comm", "status"} {
			b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, name))
			if bytes.Contains(b, needle) {
				fmt.Println(name + ": done")
				found++
			}
		}
	}
	if found == 0 {
		fmt.Println("inputs: denied")
	}
}
`

const pythonLater = `needle = (sys.stdin.read().split()[0] + " ").encode()
found = 0
for directory, below, files in os.walk("/"):
    if directory == "/":
        below[:] = [d for d in below if d not in ("proc", "sys", "usr")]
    for name in files:
        path = os.path.join(directory, name)
        if not os.path.isfile(path) or path in ("/box/stdin0", "/box/stdin1"):
            continue
        if os.path.samestat(os.stat(path), os.fstat(0)):
            continue  # its own input, by the name /dev/stdin
        try:
            with open(path, "rb") as f:
                if needle in f.read(1 << 20):
                    print(path + ": done")
                    found += 1
        except OSError:
            pass
for pid in others():
    for name in "cmdline", "environ", "comm":
        try:
            if needle in open(f"/proc/{pid}/{name}", "rb").read():
                print(name + ": done")
                found += 1
        except OSError:
            pass
if not found:
    print("inputs: denied")
`

const pythonLinks = `import os
assert "laid" in open("/box/main.py").read()
for base in "/tmp", "/work", "/dev/shm":
    assert not os.listdir(base), os.listdir(base)
    os.symlink("/box", base + "/box")
    os.symlink("/", base + "/root")
    os.symlink("/proc/1/root", base + "/proc")
    os.makedirs(base + "/a/b")
    os.symlink("..", base + "/a/b/up")
    os.symlink("/box/main.py", base + "/a/main.py")
    os.mkfifo(base + "/a/fifo")
    os.chmod(base + "/a/b", 0)
    os.chmod(base + "/a", 0)
print("laid")
`
