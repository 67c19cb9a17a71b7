//go:build !quick

package harness_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// javaWaits are ways to wait for 20 milliseconds in vain.
var javaWaits = map[string]string{
	"sleep":                  `Thread.sleep(20);`,
	"sleepNanos":             `Thread.sleep(19, 999_999);`,
	"sleepDuration":          `Thread.sleep(java.time.Duration.ofMillis(20));`,
	"unit":                   `TimeUnit.MICROSECONDS.sleep(20_000);`,
	"reference":              `Pause p = Thread::sleep; p.of(20);`,
	"boundReference":         `Pause p = TimeUnit.MILLISECONDS::sleep; p.of(20);`,
	"boundSubclass":          `Gate g = new Gate(); Timed p = g::await; check(!p.of(20, TimeUnit.MILLISECONDS));`,
	"boundPool":              `ThreadPoolExecutor s = (ThreadPoolExecutor) Executors.newCachedThreadPool(); Timed p = s::awaitTermination; check(!p.of(20, TimeUnit.MILLISECONDS)); Runnable stop = s::shutdownNow; stop.run(); check(s.isShutdown());`,
	"boundScheduled":         `ScheduledExecutorService s = Executors.newScheduledThreadPool(1); s.schedule(() -> check(false), 10, TimeUnit.MILLISECONDS); Runnable stop = s::shutdownNow; stop.run(); Thread.sleep(20);`,
	"boundInInterface":       `Gated g = Gate::new; check(!g.timed().of(20, TimeUnit.MILLISECONDS));`,
	"unboundSubclass":        `TimedGate p = Gate::await; check(!p.of(new Gate(), 20, TimeUnit.MILLISECONDS));`,
	"hiddenStatic":           `Idle.sleep(100_000); Pause p = Idle::sleep; p.of(100_000); Thread.sleep(20);`,
	"ownMethod":              `Lock l = new Turn(); check(l.tryLock(10, TimeUnit.MILLISECONDS)); Timed p = l::tryLock; check(p.of(5, TimeUnit.MILLISECONDS)); check(new Turn().tryLock(5, TimeUnit.MILLISECONDS)); check(new ReentrantLock().tryLock(1, TimeUnit.HOURS));`,
	"ownMethodInherited":     `Turn l = new Turn() { }; check(l.tryLock(20, TimeUnit.MILLISECONDS));`,
	"parentsMethod":          `BlockingQueue<Object> q = new Logged(); check(q.poll(9, TimeUnit.MILLISECONDS) == null); check(new Logged().poll(11, TimeUnit.MILLISECONDS) == null);`,
	"parkNanos":              `LockSupport.parkNanos(20_000_000);`,
	"parkNanosBlocker":       `LockSupport.parkNanos(this, 20_000_000);`,
	"parkUntil":              `LockSupport.parkUntil(System.currentTimeMillis() + 20);`,
	"wait":                   `synchronized (this) { wait(20); }`,
	"waitNanos":              `synchronized (this) { this.wait(19, 1); } Thread.sleep(0, 999_000);`,
	"timedWait":              `synchronized (this) { TimeUnit.MILLISECONDS.timedWait(this, 20); }`,
	"join":                   `forever().join(20);`,
	"joinDuration":           `check(!forever().join(java.time.Duration.ofMillis(20)));`,
	"timedJoin":              `TimeUnit.MILLISECONDS.timedJoin(forever(), 20);`,
	"get":                    `try { new CompletableFuture<Integer>().get(20, TimeUnit.MILLISECONDS); check(false); } catch (TimeoutException e) { }`,
	"taskGet":                `try { new FutureTask<>(() -> 1).get(20, TimeUnit.MILLISECONDS); check(false); } catch (TimeoutException e) { }`,
	"orTimeout":              `try { new CompletableFuture<Integer>().orTimeout(20, TimeUnit.MILLISECONDS).join(); check(false); } catch (CompletionException e) { check(e.getCause() instanceof TimeoutException); }`,
	"completeOnTimeout":      `check(new CompletableFuture<Integer>().completeOnTimeout(7, 20, TimeUnit.MILLISECONDS).join() == 7);`,
	"ownFuture":              `check(new Own().completeOnTimeout(7, 20, TimeUnit.MILLISECONDS).join() == 7);`,
	"delayedExecutor":        `CompletableFuture.runAsync(() -> { }, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)).join();`,
	"delayedExecutorOf":      `CompletableFuture.supplyAsync(() -> 1, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS, Runnable::run)).join();`,
	"schedule":               `try (ScheduledExecutorService s = Executors.newScheduledThreadPool(2)) { s.schedule(() -> { }, 20, TimeUnit.MILLISECONDS).get(); }`,
	"scheduleCall":           `try (ScheduledExecutorService s = Executors.newSingleThreadScheduledExecutor()) { check(s.schedule(() -> 7, 20, TimeUnit.MILLISECONDS).get() == 7); }`,
	"scheduleAndShutDown":    `ScheduledThreadPoolExecutor s = new ScheduledThreadPoolExecutor(1); s.schedule(() -> { }, 20, TimeUnit.MILLISECONDS); s.shutdown(); check(s.isShutdown()); check(s.awaitTermination(1, TimeUnit.HOURS));`,
	"scheduleAndCancel":      `try (ScheduledExecutorService s = Executors.newScheduledThreadPool(1)) { Future<?> f = s.schedule(() -> check(false), 10, TimeUnit.MILLISECONDS); f.cancel(true); Thread.sleep(20); }`,
	"scheduleAndShutDownNow": `ScheduledExecutorService s = Executors.newScheduledThreadPool(1); s.schedule(() -> check(false), 10, TimeUnit.MILLISECONDS); check(s.shutdownNow().size() == 1); Thread.sleep(20);`,
	"fixedRate":              `CountDownLatch l = new CountDownLatch(3); try (ScheduledExecutorService s = Executors.newScheduledThreadPool(1)) { s.scheduleAtFixedRate(() -> { pause(1); l.countDown(); }, 9, 5, TimeUnit.MILLISECONDS); l.await(); }`,
	"fixedDelay":             `CountDownLatch l = new CountDownLatch(3); try (ScheduledExecutorService s = Executors.newScheduledThreadPool(1)) { s.scheduleWithFixedDelay(() -> { pause(1); l.countDown(); }, 7, 5, TimeUnit.MILLISECONDS); l.await(); }`,
	"awaitTermination":       `ExecutorService s = Executors.newCachedThreadPool(); s.execute(() -> pause(1000)); s.shutdown(); check(!s.awaitTermination(20, TimeUnit.MILLISECONDS));`,
	"invokeAll":              `ExecutorService s = Executors.newCachedThreadPool(); List<Future<Integer>> all = s.invokeAll(List.of(() -> 7, () -> { Thread.sleep(90); return 8; }), 20, TimeUnit.MILLISECONDS); check(all.get(0).get() == 7); check(all.get(1).isCancelled());`,
	"invokeAny":              `ExecutorService s = Executors.newCachedThreadPool(); check(s.<Integer>invokeAny(List.of(() -> { Thread.sleep(20); return 7; }, () -> { Thread.sleep(90); return 8; }), 30, TimeUnit.MILLISECONDS) == 7);`,
	"completionService":      `ExecutorService s = Executors.newCachedThreadPool(); check(new ExecutorCompletionService<Integer>(s).poll(20, TimeUnit.MILLISECONDS) == null);`,
	"poll":                   `check(new LinkedBlockingQueue<Integer>().poll(20, TimeUnit.MILLISECONDS) == null);`,
	"pollSynchronous":        `BlockingQueue<Integer> q = new SynchronousQueue<>(); check(q.poll(20, TimeUnit.MILLISECONDS) == null);`,
	"pollFirst":              `check(new LinkedBlockingDeque<Integer>().pollFirst(20, TimeUnit.MILLISECONDS) == null);`,
	"pollLast":               `check(new LinkedBlockingDeque<Integer>().pollLast(20, TimeUnit.MILLISECONDS) == null);`,
	"offer":                  `BlockingQueue<Integer> q = new ArrayBlockingQueue<>(1); check(q.offer(1, 20, TimeUnit.HOURS)); check(!q.offer(2, 20, TimeUnit.MILLISECONDS));`,
	"tryTransfer":            `check(!new LinkedTransferQueue<Integer>().tryTransfer(1, 20, TimeUnit.MILLISECONDS));`,
	"tryAcquire":             `check(!new Semaphore(0).tryAcquire(20, TimeUnit.MILLISECONDS));`,
	"tryAcquireMany":         `Semaphore s = new Semaphore(2); check(s.tryAcquire(2, 20, TimeUnit.MILLISECONDS)); check(!s.tryAcquire(2, 20, TimeUnit.MILLISECONDS));`,
	"latch":                  `check(!new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS));`,
	"latchInTime":            `CountDownLatch l = new CountDownLatch(1); new Thread(() -> { pause(20); l.countDown(); }).start(); check(l.await(50, TimeUnit.MILLISECONDS));`,
	"barrier":                `try { new CyclicBarrier(2).await(20, TimeUnit.MILLISECONDS); check(false); } catch (TimeoutException e) { }`,
	"exchanger":              `try { new Exchanger<Integer>().exchange(1, 20, TimeUnit.MILLISECONDS); check(false); } catch (TimeoutException e) { }`,
	"phaser":                 `try { new Phaser(1).awaitAdvanceInterruptibly(0, 20, TimeUnit.MILLISECONDS); check(false); } catch (TimeoutException e) { }`,
	"tryLock":                `ReentrantLock l = new ReentrantLock(); Thread t = new Thread(() -> { l.lock(); pause(1000); }); t.start(); Thread.sleep(1); check(!l.tryLock(19, TimeUnit.MILLISECONDS));`,
	"stamped":                `StampedLock l = new StampedLock(); check(l.tryWriteLock(1, TimeUnit.HOURS) != 0); check(l.tryReadLock(9, TimeUnit.MILLISECONDS) == 0); check(l.tryWriteLock(11, TimeUnit.MILLISECONDS) == 0);`,
	"condition":              `ReentrantLock l = new ReentrantLock(); l.lock(); check(!l.newCondition().await(20, TimeUnit.MILLISECONDS)); l.unlock();`,
	"awaitNanos":             `ReentrantLock l = new ReentrantLock(); l.lock(); check(l.newCondition().awaitNanos(20_000_000) <= 0); l.unlock();`,
	"awaitUntil":             `ReentrantLock l = new ReentrantLock(); l.lock(); check(!l.newCondition().awaitUntil(new Date(System.currentTimeMillis() + 20))); l.unlock();`,
	"interrupted":            `Thread me = Thread.currentThread(); new Thread(() -> { pause(20); me.interrupt(); }).start(); try { Thread.sleep(90); check(false); } catch (InterruptedException e) { } check(!Thread.interrupted());`,
	"virtualThread":          `Thread.ofVirtual().start(() -> pause(20)).join();`,
	"clocks":                 `long millis = System.currentTimeMillis(); java.time.Instant i = java.time.Instant.now(); java.time.Clock c = java.time.Clock.systemUTC(); Thread.sleep(20); check(System.currentTimeMillis() - millis == 20); check(java.time.Duration.between(i, c.instant()).toMillis() == 20);`,
}

// Everything in Java that waits for a while does so on virtual time, to the
// microsecond.
func TestJavaWaitsOnVirtualTime(t *testing.T) {
	var input, answer, branches strings.Builder
	for _, name := range slices.Sorted(maps.Keys(javaWaits)) {
		code := javaWaits[name]
		fmt.Fprintf(&input, "[%q,{\"ms\":5,\"value\":1}]\n", name)
		answer.WriteString(`{"ms":25,"value":25000,"events":[[20,"start",0],[25,"end",0]]}` + "\n")
		fmt.Fprintf(&branches, "            case %q: { %s break; }\n", name, code)
	}
	source := `import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.locks.*;

class Solution {
    interface Pause {
        void of(long millis) throws InterruptedException;
    }

    static class Own extends CompletableFuture<Integer> { }

    static class Gate extends CountDownLatch {
        Gate() {
            super(1);
        }
    }

    interface Timed {
        boolean of(long timeout, TimeUnit unit) throws InterruptedException;
    }

    interface TimedGate {
        boolean of(Gate gate, long timeout, TimeUnit unit) throws InterruptedException;
    }

    interface Gated {
        Gate make();

        default Timed timed() {
            Gate g = make();
            return g::await;
        }
    }

    static class Idle extends Thread {
        public static void sleep(long millis) { }
    }

    /** Only the method with a timeout gets it, and it takes all of its time. */
    static class Turn extends ReentrantLock {
        @Override
        public boolean tryLock() {
            return false;
        }

        @Override
        public void lockInterruptibly() {
            throw new AssertionError();
        }

        @Override
        public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
            unit.sleep(timeout);
            return true;
        }
    }

    static class Logged extends LinkedBlockingQueue<Object> {
        @Override
        public Object poll(long timeout, TimeUnit unit) throws InterruptedException {
            return super.poll(timeout, unit);
        }
    }

    static void check(boolean ok) {
        if (!ok) {
            throw new AssertionError();
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Thread forever() {
        Thread t = new Thread(LockSupport::park);
        t.start();
        return t;
    }

    long spend(String what, Callable<Integer> job) throws Exception {
        long begin = System.nanoTime();
        switch (what) {
` + branches.String() + `            default: throw new IllegalArgumentException(what);
        }
        job.call();
        return (System.nanoTime() - begin) / 1000;
    }
}
`
	o := run(t, function(t, "spend(what string, job task<int>) long"), judge.Java, source, input.String(), answer.String())
	if o.verdict() == judge.AC {
		return
	}
	t.Errorf("%s: %+v\n%s", o.verdict(), o.finding, o.said())
	cases, got := strings.Split(input.String(), "\n"), strings.Split(o.output, "\n")
	for i, want := range strings.Split(answer.String(), "\n") {
		if i >= len(got) || got[i] != want {
			t.Errorf("%s: %s", cases[i], strings.Join(got[min(i, len(got)):min(i+1, len(got))], ""))
		}
	}
}

// What has no counterpart on virtual time says so.
func TestJavaTimersWithoutVirtualTime(t *testing.T) {
	for code, words := range map[string]string{
		"new java.util.Timer(true);": "java.util.Timer does not run on virtual time",
		"java.util.function.Supplier<Object> s = java.util.Timer::new; s.get();":                            "java.util.Timer does not run on virtual time",
		"java.util.function.Function<String, java.util.Timer> s = java.util.Timer::new; s.apply(\"name\");": "java.util.Timer does not run on virtual time",
		"new DelayQueue<ScheduledFuture<?>>();":                                                             "DelayQueue does not run on virtual time",
		"ForkJoinPool.commonPool().awaitQuiescence(1, TimeUnit.SECONDS);":                                   "awaitQuiescence does not run on virtual time",
	} {
		o := run(t, function(t, "f(job task<int>) int"), judge.Java, `import java.util.concurrent.*;

class Solution {
    int f(Callable<Integer> job) throws Exception {
        `+code+`
        return job.call();
    }
}
`, `[{"ms":1,"value":1}]`+"\n", `{"ms":1,"value":1,"events":[[0,"start",0],[1,"end",0]]}`+"\n")
		if o.verdict() != judge.RTE || !strings.Contains(string(o.result.Stderr), words) {
			t.Errorf("%s: %s\n%s", code, o.verdict(), o.said())
		}
	}
}

// Calls are redirected in a package of the solution's own, and in classes that
// it nests or derives.
func TestJavaWaitsInPackages(t *testing.T) {
	o := run(t, function(t, "f(job task<int>) int"), judge.Java, `package shop.jobs;

import java.util.concurrent.*;

class Solution {
    static final class Pool extends ScheduledThreadPoolExecutor {
        Pool() {
            super(1);
        }

        ScheduledFuture<Integer> soon(Callable<Integer> job) {
            return schedule(job, 20, TimeUnit.MILLISECONDS);
        }
    }

    int f(Callable<Integer> job) throws Exception {
        Pool pool = new Pool();
        ScheduledFuture<Integer> soon = pool.soon(job);
        Thread.sleep(7);
        int left = (int) soon.getDelay(TimeUnit.MILLISECONDS);
        int value = soon.get(1, TimeUnit.HOURS) * 100 + left;
        pool.shutdown();
        return pool.awaitTermination(1, TimeUnit.HOURS) ? value : 0;
    }
}
`, `[{"ms":5,"value":3}]`+"\n", `{"ms":25,"value":313,"events":[[20,"start",0],[25,"end",0]]}`+"\n")
	if o.verdict() != judge.AC {
		t.Errorf("%s: %+v\n%s\n%s", o.verdict(), o.finding, o.output, o.said())
	}
}

// An interruption of the solution's that meets a timer of the same moment is
// not taken for the timer's.
func TestJavaInterruptionsMeetTimers(t *testing.T) {
	o := run(t, function(t, "f(job task<int>) int"), judge.Java, `import java.util.concurrent.*;

class Solution {
    private static void wait(BlockingQueue<Integer> q) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                q.poll(10, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // that is the end
        }
    }

    int f(Callable<Integer> job) throws Exception {
        BlockingQueue<Integer> q = new LinkedBlockingQueue<>();
        int lost = 0;
        for (int i = 0; i < 60; i++) {
            Thread waiting = new Thread(() -> wait(q));
            Runnable interrupt = waiting::interrupt;
            Thread other = new Thread(() -> {
                try {
                    Thread.sleep(10);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                interrupt.run();
            });
            switch (i % 3) {
                case 0 -> {
                    other.start();
                    waiting.start();
                }
                case 1 -> {
                    waiting.start();
                    other.start();
                }
                default -> {
                    waiting.start();
                    CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS).execute(interrupt);
                }
            }
            waiting.join(1000);
            if (waiting.isAlive()) {
                lost++;
                waiting.interrupt();
                waiting.join();
            }
        }
        return job.call() + lost;
    }
}
`, `[{"ms":1,"value":0}]`+"\n", `{"ms":601,"value":0,"events":[[600,"start",0],[601,"end",0]]}`+"\n")
	if o.verdict() != judge.AC {
		t.Errorf("%s: %+v\n%s\n%s", o.verdict(), o.finding, o.output, o.said())
	}
}
