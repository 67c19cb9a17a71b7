package sandboxtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
)

// burns is a program that uses n ms of processor time by its own measure and
// prints how much it was, in microseconds.
func burns(l judge.Language, n int) string {
	switch l {
	case judge.Go:
		return goProgram("fmt syscall", fmt.Sprintf(`	used := func() int64 {
		var u syscall.Rusage
		syscall.Getrusage(syscall.RUSAGE_SELF, &u)
		return (u.Utime.Nano() + u.Stime.Nano()) / 1000
	}
	x := 1
	for used() < %d000 {
		for i := range 20000 {
			x = x*31 + i
		}
	}
	if x == 0 {
		panic("unlikely")
	}
	fmt.Println(used())`, n))
	case judge.Java:
		return javaProgram(fmt.Sprintf(`int x = 1;
long us;
while ((us = ProcessHandle.current().info().totalCpuDuration().get().toNanos() / 1000) < %d000) {
    for (int i = 0; i < 200000; i++) x = x * 31 + i;
}
if (x == 0) throw new Exception("unlikely");
System.out.println(us);`, n))
	default:
		return fmt.Sprintf(`import time
x = 1
while (us := time.process_time_ns() // 1000) < %d000:
    for i in range(1000):
        x = x * 31 + i & 0xffffff
print(us)
`, n)
	}
}

// sleeps is a program that sleeps for n ms.
func sleeps(l judge.Language, n int) string {
	switch l {
	case judge.Go:
		return goProgram("time", fmt.Sprintf("\ttime.Sleep(%d * time.Millisecond)", n))
	case judge.Java:
		return javaProgram(fmt.Sprintf("Thread.sleep(%d);", n))
	default:
		return fmt.Sprintf("import time\ntime.sleep(%d / 1000)\n", n)
	}
}

// burningThreads use 150 ms each in four threads.
const burningThreads = `package main

import (
	"fmt"
	"runtime"
	"sync"
	"syscall"
)

func used(who int) int64 {
	var u syscall.Rusage
	syscall.Getrusage(who, &u)
	return (u.Utime.Nano() + u.Stime.Nano()) / 1000
}

func main() {
	const thread = 1 // RUSAGE_THREAD
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			runtime.LockOSThread()
			for x := 1; used(thread) < 150000; {
				for i := range 20000 {
					x = x*31 + i
				}
			}
		})
	}
	all.Wait()
	fmt.Println(used(syscall.RUSAGE_SELF))
}
`

// burningChildren use 100 ms each in four processes, one after the other, and
// print the sum. That nobody waits for them hides them from wait4.
const burningChildren = `import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
total = 0
for i in range(4):
    told, tell = os.pipe()
    if os.fork() == 0:
        began = time.process_time_ns()
        x = 1
        while time.process_time_ns() - began < 100_000_000:
            for i in range(1000):
                x = x * 31 + i & 0xffffff
        os.write(tell, str(time.process_time_ns() // 1000).encode())
        os._exit(0)
    os.close(tell)
    total += int(os.read(told, 20))
    while os.read(told, 1):
        pass
try:
    os.wait()
except ChildProcessError:
    print(total + time.process_time_ns() // 1000)
`

// selfStop stops itself; its child wakes it again.
const selfStop = `import os, signal, time
main = os.getpid()
if os.fork() == 0:
    time.sleep(0.7)
    os.kill(main, signal.SIGCONT)
    os._exit(0)
os.kill(main, signal.SIGSTOP)
print('awake')
`

// deaf ignores every signal that can be ignored.
const deaf = `import signal
for s in range(1, 65):
    try:
        signal.signal(s, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
`

// timeAttacks use more time than they may, openly and in hiding.
func timeAttacks() []attack {
	var list []attack
	cpu := func(ms int) judge.Limits {
		return judge.Limits{CPU: time.Duration(ms) * time.Millisecond, Wall: 20 * time.Second}
	}
	lax := judge.Limits{}
	short := judge.Limits{CPU: 5 * time.Second, Wall: 300 * time.Millisecond}
	tle := func(why judge.Stop, used time.Duration) check {
		return all(verdictIs(judge.TLE), stopped(why), usedAtLeast(used))
	}
	for _, l := range judge.Languages() {
		slack := 100 * time.Millisecond
		if l == judge.Java {
			slack = 150 * time.Millisecond // its end, and a clock of 10 ms
		}
		list = append(list,
			attack{name: "busy-loop", lang: l, source: burns(l, 650), limits: cpu(300), want: tle(judge.StoppedForCPU, 300*time.Millisecond), lax: &lax},
			attack{name: "sleep", lang: l, source: sleeps(l, 700), limits: short, want: tle(judge.StoppedForWall, 0), lax: &lax},
			attack{name: "accounting", lang: l, source: burns(l, 600), limits: lax, want: accountsFor(slack), because: "what it used is what is reported"},
		)
	}
	return append(list, []attack{
		{name: "busy-threads", lang: judge.Go, source: burningThreads, limits: cpu(400), want: tle(judge.StoppedForCPU, 400*time.Millisecond), lax: &lax},
		{name: "accounting-threads", lang: judge.Go, source: burningThreads, limits: lax, want: all(accountsFor(100*time.Millisecond), usedAtLeast(540*time.Millisecond)), because: "what it used is what is reported"},
		{name: "busy-children", lang: judge.Python, source: burningChildren, limits: cpu(250), want: tle(judge.StoppedForCPU, 250*time.Millisecond), lax: &lax},
		{name: "accounting-children", lang: judge.Python, source: burningChildren, limits: lax, want: all(accountsFor(150*time.Millisecond), usedAtLeast(360*time.Millisecond)), because: "what it used is what is reported"},
		{name: "self-stop", lang: judge.Python, source: selfStop, limits: short, want: tle(judge.StoppedForWall, 0), lax: &lax},
		{name: "deaf-busy-loop", lang: judge.Python, source: deaf + burns(judge.Python, 650), limits: cpu(300), want: tle(judge.StoppedForCPU, 300*time.Millisecond), lax: &lax},
		{name: "deaf-busy-loop", lang: judge.Go, source: strings.Replace(strings.Replace(burns(judge.Go, 650), "func main() {", "func main() {\n\tsignal.Ignore()", 1), "import (", "import (\n\t\"os/signal\"", 1),
			limits: cpu(300), want: tle(judge.StoppedForCPU, 300*time.Millisecond), lax: &lax},
		{name: "deaf-sleep", lang: judge.Python, source: deaf + sleeps(judge.Python, 700), limits: short, want: tle(judge.StoppedForWall, 0), lax: &lax},
		{
			name: "alarm", lang: judge.Python, limits: lax, want: signalled(14), because: "it ended itself",
			source: "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.02)\nsignal.pause()\n",
		},
	}...)
}
