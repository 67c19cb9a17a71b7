package sandboxtest

import (
	"time"

	"github.com/docketjudge/docket/judge"
)

// threads has as many threads at once as a program in any language may.
func threads(l judge.Language) attack {
	return attack{
		name: "threads-enough", lang: l, limits: judge.Limits{Memory: 256 * judge.MiB},
		want: prints("450 threads\n"), because: "programs may have threads",
		source: map[judge.Language]string{
			judge.Go: goProgram("fmt runtime syscall", `	var p [2]int
	if err := syscall.Pipe(p[:]); err != nil {
		panic(err)
	}
	started := make(chan bool)
	for range 450 - 10 { // the runtime has some of its own
		go func() {
			runtime.LockOSThread()
			started <- true
			syscall.Read(p[0], make([]byte, 1))
		}()
		<-started
	}
	fmt.Println("450 threads")`),
			judge.Java: javaProgram(`var leave = new java.util.concurrent.CountDownLatch(1);
List<Thread> all = new ArrayList<>();
for (int i = 0; i < 450; i++) {
    Thread t = new Thread(() -> {
        try { leave.await(); } catch (InterruptedException e) { }
    });
    t.start();
    all.add(t);
}
leave.countDown();
for (Thread t : all) t.join();
System.out.println(all.size() + " threads");`),
			judge.Python: `import threading
leave = threading.Event()
all = [threading.Thread(target=leave.wait) for i in range(450)]
for t in all:
    t.start()
leave.set()
for t in all:
    t.join()
print(len(all), 'threads')
`,
		}[l],
	}
}

// processAttacks make many processes and threads, or leave them behind.
func processAttacks() []attack {
	roomy := judge.Limits{Memory: 512 * judge.MiB}
	return []attack{
		{
			name: "fork-bomb", lang: judge.Python, limits: roomy, want: denied(1), open: done(1),
			source: `import os, time
try:
    for i in range(600):
        if os.fork() == 0:
            os.setsid()
            time.sleep(60)
            os._exit(0)
    print('600 processes: done')
except OSError:
    print('600 processes: denied')
`,
		},
		{
			name: "fork-bomb", lang: judge.Go, limits: roomy, want: denied(1), open: done(1),
			source: goProgram("fmt os syscall time", `	if len(os.Args) > 1 {
		time.Sleep(time.Minute)
		return
	}
	for range 600 {
		_, err := syscall.ForkExec("/proc/self/exe", []string{"main", "child"}, &syscall.ProcAttr{Sys: &syscall.SysProcAttr{Setsid: true}})
		if err != nil {
			fmt.Println("600 processes: denied")
			return
		}
	}
	fmt.Println("600 processes: done")`),
		},
		{
			name: "fork-bomb-without-end", lang: judge.Python, limits: judge.Limits{CPU: 500 * time.Millisecond},
			want: verdictIs(judge.TLE, judge.MLE, judge.RTE), because: "it would bring down any host without a bound",
			source: `import os
while True:
    try:
        os.fork()
        os.setsid()
    except OSError:
        pass
`,
		},
		{
			name: "fork-bomb-that-flees", lang: judge.Python,
			want: verdictIs(judge.AC, judge.RTE), because: "each process lives for a moment only, so that none is there when it is killed",
			source: `import os, time
def flee():
    while True:
        try:
            if os.fork():
                os._exit(0)
            os.setsid()
        except OSError:
            pass
for i in range(20):
    if os.fork() == 0:
        flee()
time.sleep(0.1)
`,
		},
		{
			name: "thread-bomb", lang: judge.Go, limits: roomy, want: exited(2), open: prints("700 threads\n"),
			source: goProgram("fmt runtime syscall time", `	var p [2]int
	if err := syscall.Pipe(p[:]); err != nil {
		panic(err)
	}
	started := make(chan bool)
	for range 700 {
		go func() {
			runtime.LockOSThread()
			started <- true
			syscall.Read(p[0], make([]byte, 1))
		}()
		<-started
		if runtime.NumGoroutine() > 1000000 {
			time.Sleep(1)
		}
	}
	fmt.Println("700 threads")`),
		},
		{
			name: "thread-bomb", lang: judge.Java, limits: roomy, want: all(exited(1), says("unable to create native thread")), open: prints("700 threads\n"),
			source: javaProgram(`for (int i = 0; i < 700; i++) {
    Thread t = new Thread(() -> {
        try { Thread.sleep(60000); } catch (InterruptedException e) { }
    });
    t.setDaemon(true);
    t.start();
}
System.out.println("700 threads");`),
		},
		{
			name: "thread-bomb", lang: judge.Python, limits: roomy, want: all(exited(1), says("can't start new thread")), open: prints("700 threads\n"),
			source: `import threading, time
for i in range(700):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
print('700 threads')
`,
		},
		threads(judge.Go), threads(judge.Java), threads(judge.Python),
		{
			name: "daemon-that-burns", lang: judge.Python,
			want: prints("main ends\n"), because: "what runs on after the main process is killed and neither waited for nor charged",
			source: `import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            pass
    os._exit(0)
os.wait()
print('main ends')
`,
		},
		{
			name: "daemon-that-burns", lang: judge.Go,
			want: prints("main ends\n"), because: "what runs on after the main process is killed and neither waited for nor charged",
			source: goProgram("fmt os syscall", `	if len(os.Args) > 1 {
		for {
		}
	}
	_, err := syscall.ForkExec("/proc/self/exe", []string{"main", "child"}, &syscall.ProcAttr{Sys: &syscall.SysProcAttr{Setsid: true}})
	if err != nil {
		panic(err)
	}
	fmt.Println("main ends")`),
		},
		{
			name: "daemon-holds-stdout", lang: judge.Python,
			want: prints("main ends\n"), because: "a run ends with its main process, whoever still holds its streams",
			source: `import os, time
if os.fork() == 0:
    os.setsid()
    time.sleep(60)
    print('too late', flush=True)
    os._exit(0)
print('main ends')
`,
		},
		{
			name: "daemon-floods-stdout", lang: judge.Python, limits: judge.Limits{Output: 16 * judge.MiB},
			want: verdictIs(judge.AC, judge.OLE), because: "nobody can tell how much it prints before it is killed",
			source: `import os
for i in range(3):
    if os.fork() == 0:
        os.setsid()
        while True:
            os.write(1, b'x' * 65536)
print('main ends')
`,
		},
		{
			name: "orphans", lang: judge.Python, limits: roomy, want: prints("300 orphans\n"), because: "whoever lost its parent is reaped at once, else there would be no more processes before the last",
			source: `import os
for i in range(300):
    pid = os.fork()
    if pid == 0:
        if os.fork() == 0:
            os._exit(0)
        os._exit(0)
    os.waitpid(pid, 0)
print('300 orphans')
`,
		},
		{
			name: "zombies", lang: judge.Python, limits: roomy, want: denied(1), open: done(1),
			source: `import os
try:
    for i in range(600):
        if os.fork() == 0:
            os._exit(0)
    print('600 zombies: done')
except OSError:
    print('600 zombies: denied')
`,
		},
		{
			name: "exec-of-nothing", lang: judge.Python, limits: roomy, want: prints("100 failures\n"), because: "a program may look for others and not find them",
			source: `import os, subprocess
n = 0
for i in range(50):
    try:
        subprocess.run(['/no/such/program'])
    except FileNotFoundError:
        n += 1
    try:
        os.posix_spawn('/no/such/program', ['x'], {})
    except FileNotFoundError:
        n += 1
print(n, 'failures')
`,
		},
		{
			name: "exec-of-nothing", lang: judge.Go, limits: roomy, want: prints("100 failures\n"), because: "a program may look for others and not find them",
			source: goProgram("errors fmt io/fs os/exec", `	n := 0
	for range 100 {
		if err := exec.Command("/no/such/program").Run(); errors.Is(err, fs.ErrNotExist) {
			n++
		}
	}
	fmt.Println(n, "failures")`),
		},
		{
			name: "many-arguments", lang: judge.Go, limits: roomy, want: prints("20001 arguments\n"), because: "a program may start itself anew",
			source: goProgram("fmt os syscall", `	if len(os.Args) == 1 {
		args := []string{"main"}
		for i := range 20000 {
			args = append(args, fmt.Sprint("argument number ", i))
		}
		panic(syscall.Exec("/proc/self/exe", args, nil))
	}
	fmt.Println(len(os.Args), "arguments")`),
		},
		{
			name: "pipes-full", lang: judge.Python, want: prints("400 pipes\n"), because: "what is in pipes is the kernel's memory and bounded by the number of descriptors",
			source: `import os
for i in range(400):
    r, w = os.pipe()
    os.set_blocking(w, False)
    try:
        while True:
            os.write(w, b'x' * 65536)
    except BlockingIOError:
        pass
print(400, 'pipes')
`,
		},
	}
}
