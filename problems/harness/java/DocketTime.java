@PACKAGE@import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.*;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

/**
 * Virtual time for a solution's own timers. The compile server redirects the solution's calls of
 * the methods that {@link Instead} names to those that bear it, so sleeping, timeouts, delays and
 * clocks follow the time of {@link DocketSim}.
 *
 * <p>A thread that waits for a while waits without an end here; the timer interrupts it, and the
 * interruption is taken back before the solution sees it.
 */
final class DocketTime {
    /**
     * Names the method that a static method stands in for: class and name, the types are its own.
     * One that stands in for a method of an object takes the object first. The name "new" means
     * that the method is called before an object of the class is made.
     */
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.METHOD)
    @interface Instead {
        String value();
    }

    /** Where virtual clocks begin: the first second of the year 2000, in milliseconds. */
    private static final long EPOCH = 946_684_800_000L;

    static final long NEVER = Long.MAX_VALUE;
    private static final long MICRO = 1_000;

    private static final PriorityQueue<Timer> TIMERS = new PriorityQueue<>(); // guarded by itself
    private static long made; // timers so far, guarded by TIMERS
    private static volatile long now; // nanoseconds since the first case

    /** Held while timers of one moment go off: nobody goes on before all have. */
    private static final ReentrantLock RINGING = new ReentrantLock();

    private DocketTime() {}

    /** Something that is to happen at a moment. */
    private static final class Timer implements Comparable<Timer> {
        final long due;
        final long number;
        final Runnable action;
        final boolean interrupts; // all that the action does is to interrupt a wait

        Timer(long due, long number, Runnable action, boolean interrupts) {
            this.due = due;
            this.number = number;
            this.action = action;
            this.interrupts = interrupts;
        }

        @Override
        public int compareTo(Timer other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(number, other.number);
        }
    }

    static long now() {
        return now;
    }

    /** Moves the clock on. */
    static void reach(long moment) {
        now = moment;
    }

    /** When the next timer is due; the outside counts in microseconds, so it is a whole one. */
    static long next() {
        synchronized (TIMERS) {
            Timer first = TIMERS.peek();
            return first == null ? NEVER : first.due;
        }
    }

    /**
     * Runs the timers that are due, and reports whether there were any. A thread cannot tell two
     * interruptions apart, so the timers' own have all arrived before anything of the solution's
     * runs that may interrupt as well.
     */
    static boolean ring(Runnable awaitQuiet) {
        List<Timer> due = new ArrayList<>();
        synchronized (TIMERS) {
            while (!TIMERS.isEmpty() && TIMERS.peek().due <= now) {
                due.add(TIMERS.poll());
            }
        }
        RINGING.lock();
        try {
            for (Timer t : due) {
                if (t.interrupts) {
                    t.action.run();
                }
            }
            if (due.size() > 1 && due.stream().anyMatch(t -> t.interrupts)) {
                awaitQuiet.run();
            }
            for (Timer t : due) {
                if (!t.interrupts) {
                    t.action.run();
                }
            }
        } finally {
            RINGING.unlock();
        }
        return !due.isEmpty();
    }

    /** An action must not block, nor run anything of the solution's. */
    static Object add(long nanos, Runnable action) {
        return add(nanos, action, false);
    }

    private static Object add(long nanos, Runnable action, boolean interrupts) {
        long due = now + Math.max(nanos, 0);
        due = due < now || due > NEVER - MICRO ? NEVER : (due + MICRO - 1) / MICRO * MICRO;
        synchronized (TIMERS) {
            Timer t = new Timer(due, made++, action, interrupts);
            if (due != NEVER) {
                TIMERS.add(t);
            }
            return t;
        }
    }

    private static void remove(Object timer) {
        synchronized (TIMERS) {
            TIMERS.remove(timer);
        }
    }

    /** Adds an action that may be the solution's own. */
    private static Object addTask(long nanos, Runnable action) {
        return add(nanos, () -> DocketSim.IO.execute(action));
    }

    // ---- waiting for a while ----

    /** A thread that waits until it has what it waits for, or its timer goes off. */
    private static final class Waiting {
        private final Thread thread = Thread.currentThread();
        private boolean over;
        private boolean late;

        synchronized void ring() {
            if (!over) {
                late = true;
                thread.interrupt();
            }
        }

        /** Ends it, and reports whether the timer has gone off. */
        synchronized boolean end() {
            over = true;
            return late;
        }
    }

    private interface Operation<T> {
        T run() throws Exception;
    }

    private static final Object LATE = new Object();

    /** Runs what can be interrupted; returns LATE when the time is over before. */
    private static Object within(long nanos, Operation<?> operation) {
        Waiting w = new Waiting();
        Object timer = add(nanos, w::ring, true);
        try {
            Object value;
            try {
                value = operation.run();
            } catch (InterruptedException e) {
                if (w.end()) {
                    RINGING.lock(); // an interruption on the way through is kept
                    RINGING.unlock();
                    return LATE;
                }
                throw e;
            }
            if (w.end()) {
                Thread.interrupted(); // it was the timer's
            }
            return value;
        } catch (Exception e) {
            if (!(e instanceof InterruptedException) && w.end()) {
                Thread.interrupted();
            }
            throw DocketTime.<RuntimeException>same(e);
        } finally {
            remove(timer);
        }
    }

    /** Throws a checked exception as it is. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E same(Exception e) throws E {
        throw (E) e;
    }

    private static long nanos(Duration d) {
        try {
            return d.toNanos();
        } catch (ArithmeticException e) {
            return d.isNegative() ? 0 : NEVER;
        }
    }

    private static long nanosOfMillis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    // ---- sleeping and parking ----

    private static void sleepNanos(long nanos) throws InterruptedException {
        if (nanos <= 0) {
            Thread.sleep(0);
            return;
        }
        within(nanos, () -> {
            new CountDownLatch(1).await();
            return null;
        });
    }

    @Instead("java/lang/Thread.sleep")
    static void sleep(long millis) throws InterruptedException {
        if (millis < 0) {
            Thread.sleep(millis); // has the words for it
        }
        sleepNanos(nanosOfMillis(millis));
    }

    @Instead("java/lang/Thread.sleep")
    static void sleep(long millis, int nanos) throws InterruptedException {
        if (millis < 0 || nanos < 0 || nanos > 999_999) {
            Thread.sleep(millis, nanos);
        }
        sleepNanos(nanosOfMillis(millis) + nanos);
    }

    @Instead("java/lang/Thread.sleep")
    static void sleep(Duration duration) throws InterruptedException {
        sleepNanos(nanos(duration));
    }

    @Instead("java/util/concurrent/TimeUnit.sleep")
    static void sleep(TimeUnit unit, long timeout) throws InterruptedException {
        if (timeout > 0) {
            sleepNanos(unit.toNanos(timeout));
        }
    }

    @Instead("java/util/concurrent/locks/LockSupport.parkNanos")
    static void parkNanos(long nanos) {
        parkNanos(null, nanos);
    }

    @Instead("java/util/concurrent/locks/LockSupport.parkNanos")
    static void parkNanos(Object blocker, long nanos) {
        if (nanos <= 0) {
            return;
        }
        Thread thread = Thread.currentThread();
        Object timer = add(nanos, () -> LockSupport.unpark(thread));
        LockSupport.park(blocker);
        remove(timer);
    }

    @Instead("java/util/concurrent/locks/LockSupport.parkUntil")
    static void parkUntil(long deadline) {
        parkNanos(null, nanosOfMillis(deadline - currentTimeMillis()));
    }

    @Instead("java/util/concurrent/locks/LockSupport.parkUntil")
    static void parkUntil(Object blocker, long deadline) {
        parkNanos(blocker, nanosOfMillis(deadline - currentTimeMillis()));
    }

    @Instead("java/lang/Object.wait")
    static void await(Object monitor, long millis) throws InterruptedException {
        if (millis <= 0) {
            monitor.wait(millis);
            return;
        }
        within(nanosOfMillis(millis), () -> {
            monitor.wait();
            return null;
        });
    }

    @Instead("java/lang/Object.wait")
    static void await(Object monitor, long millis, int nanos) throws InterruptedException {
        if (millis < 0 || nanos < 0 || nanos > 999_999 || millis == 0 && nanos == 0) {
            monitor.wait(millis, nanos);
            return;
        }
        within(nanosOfMillis(millis) + nanos, () -> {
            monitor.wait();
            return null;
        });
    }

    @Instead("java/util/concurrent/TimeUnit.timedWait")
    static void timedWait(TimeUnit unit, Object monitor, long timeout) throws InterruptedException {
        if (timeout > 0) {
            within(unit.toNanos(timeout), () -> {
                monitor.wait();
                return null;
            });
        }
    }

    @Instead("java/lang/Thread.join")
    static void join(Thread thread, long millis) throws InterruptedException {
        if (millis <= 0) {
            thread.join(millis);
            return;
        }
        joinNanos(thread, nanosOfMillis(millis));
    }

    @Instead("java/lang/Thread.join")
    static void join(Thread thread, long millis, int nanos) throws InterruptedException {
        if (millis < 0 || nanos < 0 || nanos > 999_999 || millis == 0 && nanos == 0) {
            thread.join(millis, nanos);
            return;
        }
        joinNanos(thread, nanosOfMillis(millis) + nanos);
    }

    @Instead("java/lang/Thread.join")
    static boolean join(Thread thread, Duration duration) throws InterruptedException {
        joinNanos(thread, nanos(duration));
        return !thread.isAlive();
    }

    @Instead("java/util/concurrent/TimeUnit.timedJoin")
    static void timedJoin(TimeUnit unit, Thread thread, long timeout) throws InterruptedException {
        joinNanos(thread, unit.toNanos(timeout));
    }

    private static void joinNanos(Thread thread, long nanos) throws InterruptedException {
        if (nanos > 0) {
            within(nanos, () -> {
                thread.join();
                return null;
            });
        }
    }

    // ---- futures ----

    @Instead("java/util/concurrent/Future.get")
    static Object get(Future<?> future, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        long nanos = unit.toNanos(timeout);
        if (nanos <= 0 || future.isDone()) {
            return future.get(0, TimeUnit.NANOSECONDS);
        }
        Object value = within(nanos, future::get);
        if (value == LATE) {
            throw new TimeoutException();
        }
        return value;
    }

    @Instead("java/util/concurrent/CompletableFuture.orTimeout")
    static CompletableFuture<?> orTimeout(CompletableFuture<?> future, long timeout, TimeUnit unit) {
        if (!future.isDone()) {
            Object timer = addTask(unit.toNanos(timeout), () -> future.completeExceptionally(new TimeoutException()));
            future.whenComplete((value, failure) -> remove(timer));
        }
        return future;
    }

    @Instead("java/util/concurrent/CompletableFuture.completeOnTimeout")
    @SuppressWarnings({"rawtypes", "unchecked"})
    static CompletableFuture completeOnTimeout(CompletableFuture future, Object late, long timeout, TimeUnit unit) {
        if (!future.isDone()) {
            Object timer = addTask(unit.toNanos(timeout), () -> future.complete(late));
            future.whenComplete((value, failure) -> remove(timer));
        }
        return future;
    }

    @Instead("java/util/concurrent/CompletableFuture.delayedExecutor")
    static Executor delayedExecutor(long delay, TimeUnit unit) {
        return delayedExecutor(delay, unit, new CompletableFuture<Void>().defaultExecutor());
    }

    @Instead("java/util/concurrent/CompletableFuture.delayedExecutor")
    static Executor delayedExecutor(long delay, TimeUnit unit, Executor executor) {
        long nanos = unit.toNanos(delay);
        return command -> addTask(nanos, () -> executor.execute(command));
    }

    // ---- executors ----

    /** What an executor has to run later. */
    private static final class Plans {
        final List<Delayed<?>> waiting = new ArrayList<>();
        boolean closing; // it is shut down when the last has run
    }

    private static final Map<ExecutorService, Plans> PLANS = new IdentityHashMap<>(); // guards all plans

    /** A task that is run later, once or again and again. */
    private static final class Delayed<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
        private final ExecutorService executor;
        private final long period; // from begin to begin, or, when negative, from end to begin
        private long due;
        private Object timer;

        Delayed(ExecutorService executor, Callable<V> task, long delay, long period) {
            super(task);
            this.executor = executor;
            this.period = period;
            this.due = now + Math.max(delay, 0);
        }

        /** Waits for its moment. The caller holds the lock of all plans. */
        void plan() {
            PLANS.get(executor).waiting.add(this);
            timer = addTask(due - now, this::begin);
        }

        private void begin() {
            try {
                executor.execute(this);
            } catch (RejectedExecutionException e) {
                cancel(false);
                return;
            }
            if (period == 0) {
                forget(this);
            }
        }

        @Override
        public void run() {
            if (period == 0) {
                super.run();
                return;
            }
            if (!runAndReset()) {
                forget(this);
                return;
            }
            synchronized (PLANS) {
                Plans plans = PLANS.get(executor);
                plans.waiting.remove(this);
                if (plans.closing || isCancelled()) {
                    return;
                }
                due = period > 0 ? due + period : now - period;
                plan();
            }
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean cancelled = super.cancel(mayInterrupt);
            if (cancelled) {
                remove(timer);
                forget(this);
            }
            return cancelled;
        }

        @Override
        public boolean isPeriodic() {
            return period != 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(java.util.concurrent.Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private static void forget(Delayed<?> task) {
        boolean close;
        synchronized (PLANS) {
            Plans plans = PLANS.get(task.executor);
            plans.waiting.remove(task);
            close = plans.closing && plans.waiting.isEmpty();
        }
        if (close) {
            task.executor.shutdown();
        }
    }

    private static <V> ScheduledFuture<V> plan(ExecutorService executor, Callable<V> task, long delay, long period) {
        synchronized (PLANS) {
            Plans plans = PLANS.computeIfAbsent(executor, e -> new Plans());
            if (plans.closing || executor.isShutdown()) {
                throw new RejectedExecutionException("the executor was shut down");
            }
            Delayed<V> delayed = new Delayed<>(executor, task, delay, period);
            delayed.plan();
            return delayed;
        }
    }

    @Instead("java/util/concurrent/ScheduledExecutorService.schedule")
    static ScheduledFuture<?> schedule(ScheduledExecutorService executor, Runnable task, long delay, TimeUnit unit) {
        return plan(executor, Executors.callable(task), unit.toNanos(delay), 0);
    }

    @Instead("java/util/concurrent/ScheduledExecutorService.schedule")
    static ScheduledFuture<?> schedule(ScheduledExecutorService executor, Callable<?> task, long delay, TimeUnit unit) {
        return plan(executor, task, unit.toNanos(delay), 0);
    }

    @Instead("java/util/concurrent/ScheduledExecutorService.scheduleAtFixedRate")
    static ScheduledFuture<?> scheduleAtFixedRate(
            ScheduledExecutorService executor, Runnable task, long initial, long period, TimeUnit unit) {
        if (period <= 0) {
            throw new IllegalArgumentException();
        }
        return plan(executor, Executors.callable(task), unit.toNanos(initial), unit.toNanos(period));
    }

    @Instead("java/util/concurrent/ScheduledExecutorService.scheduleWithFixedDelay")
    static ScheduledFuture<?> scheduleWithFixedDelay(
            ScheduledExecutorService executor, Runnable task, long initial, long delay, TimeUnit unit) {
        if (delay <= 0) {
            throw new IllegalArgumentException();
        }
        return plan(executor, Executors.callable(task), unit.toNanos(initial), -unit.toNanos(delay));
    }

    /** What was planned once is still run, as the platform's executors do by default. */
    @Instead("java/util/concurrent/ExecutorService.shutdown")
    static void shutdown(ExecutorService executor) {
        List<Delayed<?>> periodic = new ArrayList<>();
        boolean close = true;
        synchronized (PLANS) {
            Plans plans = PLANS.get(executor);
            if (plans != null) {
                plans.closing = true;
                for (Delayed<?> d : plans.waiting) {
                    if (d.isPeriodic()) {
                        periodic.add(d);
                    } else {
                        close = false;
                    }
                }
            }
        }
        for (Delayed<?> d : periodic) {
            d.cancel(false);
        }
        if (close) {
            executor.shutdown();
        }
    }

    @Instead("java/util/concurrent/ExecutorService.shutdownNow")
    static List<Runnable> shutdownNow(ExecutorService executor) {
        List<Delayed<?>> waiting = List.of();
        synchronized (PLANS) {
            Plans plans = PLANS.get(executor);
            if (plans != null) {
                plans.closing = true;
                waiting = new ArrayList<>(plans.waiting);
                plans.waiting.clear();
            }
        }
        for (Delayed<?> d : waiting) {
            remove(d.timer);
        }
        List<Runnable> never = new ArrayList<>(waiting);
        never.addAll(executor.shutdownNow());
        return never;
    }

    @Instead("java/util/concurrent/ExecutorService.isShutdown")
    static boolean isShutdown(ExecutorService executor) {
        synchronized (PLANS) {
            Plans plans = PLANS.get(executor);
            return plans != null && plans.closing || executor.isShutdown();
        }
    }

    @Instead("java/util/concurrent/ExecutorService.close")
    static void close(ExecutorService executor) {
        if (executor != ForkJoinPool.commonPool()) {
            shutdown(executor);
        }
        executor.close();
    }

    @Instead("java/util/concurrent/ExecutorService.awaitTermination")
    static boolean awaitTermination(ExecutorService executor, long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        if (nanos <= 0) {
            return executor.awaitTermination(0, TimeUnit.NANOSECONDS);
        }
        return Boolean.TRUE.equals(within(nanos, () -> executor.awaitTermination(NEVER, TimeUnit.NANOSECONDS)));
    }

    @Instead("java/util/concurrent/ExecutorService.invokeAll")
    @SuppressWarnings({"rawtypes", "unchecked"})
    static List invokeAll(ExecutorService executor, Collection tasks, long timeout, TimeUnit unit) throws InterruptedException {
        long end = add(now, unit.toNanos(timeout));
        List<Future<?>> all = new ArrayList<>();
        boolean done = false;
        try {
            for (Object task : tasks) {
                all.add(executor.submit((Callable<?>) task));
            }
            for (Future<?> f : all) {
                try {
                    get(f, end - now, TimeUnit.NANOSECONDS);
                } catch (ExecutionException | CancellationException e) {
                    continue; // its future tells
                } catch (TimeoutException e) {
                    return all;
                }
            }
            done = true;
            return all;
        } finally {
            if (!done) {
                for (Future<?> f : all) {
                    f.cancel(true);
                }
            }
        }
    }

    private static long add(long moment, long nanos) {
        return moment + nanos < moment ? NEVER : moment + nanos;
    }

    @Instead("java/util/concurrent/ExecutorService.invokeAny")
    @SuppressWarnings({"rawtypes", "unchecked"})
    static Object invokeAny(ExecutorService executor, Collection tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException();
        }
        long end = add(now, unit.toNanos(timeout));
        CompletionService<Object> done = new ExecutorCompletionService<>(executor);
        List<Future<Object>> all = new ArrayList<>();
        try {
            for (Object task : tasks) {
                all.add(done.submit((Callable<Object>) task));
            }
            ExecutionException last = null;
            for (int i = 0; i < all.size(); i++) {
                Future<?> first = (Future<?>) poll(done, end - now, TimeUnit.NANOSECONDS);
                if (first == null) {
                    throw new TimeoutException();
                }
                try {
                    return first.get();
                } catch (ExecutionException e) {
                    last = e;
                }
            }
            throw last;
        } finally {
            for (Future<?> f : all) {
                f.cancel(true);
            }
        }
    }

    @Instead("java/util/concurrent/CompletionService.poll")
    static Future<?> poll(CompletionService<?> service, long timeout, TimeUnit unit) throws InterruptedException {
        return (Future<?>) orNull(unit.toNanos(timeout), service::poll, service::take);
    }

    // ---- queues and synchronizers ----

    /** What an operation gives at once, or else within some time, or else null. */
    private static Object orNull(long nanos, Operation<?> now, Operation<?> operation) {
        if (nanos <= 0) {
            return within(0, now);
        }
        Object value = within(nanos, operation);
        return value == LATE ? null : value;
    }

    private static boolean orFalse(long nanos, Operation<?> now, Operation<?> operation) {
        if (nanos <= 0) {
            return (Boolean) within(0, now);
        }
        return within(nanos, operation) != LATE;
    }

    @Instead("java/util/concurrent/BlockingQueue.poll")
    static Object poll(BlockingQueue<?> queue, long timeout, TimeUnit unit) throws InterruptedException {
        return orNull(unit.toNanos(timeout), queue::poll, queue::take);
    }

    @Instead("java/util/concurrent/BlockingDeque.pollFirst")
    static Object pollFirst(BlockingDeque<?> queue, long timeout, TimeUnit unit) throws InterruptedException {
        return orNull(unit.toNanos(timeout), queue::pollFirst, queue::takeFirst);
    }

    @Instead("java/util/concurrent/BlockingDeque.pollLast")
    static Object pollLast(BlockingDeque<?> queue, long timeout, TimeUnit unit) throws InterruptedException {
        return orNull(unit.toNanos(timeout), queue::pollLast, queue::takeLast);
    }

    @Instead("java/util/concurrent/BlockingQueue.offer")
    @SuppressWarnings({"rawtypes", "unchecked"})
    static boolean offer(BlockingQueue queue, Object element, long timeout, TimeUnit unit) throws InterruptedException {
        return orFalse(unit.toNanos(timeout), () -> queue.offer(element), () -> {
            queue.put(element);
            return true;
        });
    }

    @Instead("java/util/concurrent/BlockingDeque.offerFirst")
    @SuppressWarnings({"rawtypes", "unchecked"})
    static boolean offerFirst(BlockingDeque queue, Object element, long timeout, TimeUnit unit) throws InterruptedException {
        return orFalse(unit.toNanos(timeout), () -> queue.offerFirst(element), () -> {
            queue.putFirst(element);
            return true;
        });
    }

    @Instead("java/util/concurrent/BlockingDeque.offerLast")
    @SuppressWarnings({"rawtypes", "unchecked"})
    static boolean offerLast(BlockingDeque queue, Object element, long timeout, TimeUnit unit) throws InterruptedException {
        return orFalse(unit.toNanos(timeout), () -> queue.offerLast(element), () -> {
            queue.putLast(element);
            return true;
        });
    }

    @Instead("java/util/concurrent/TransferQueue.tryTransfer")
    @SuppressWarnings({"rawtypes", "unchecked"})
    static boolean tryTransfer(TransferQueue queue, Object element, long timeout, TimeUnit unit) throws InterruptedException {
        return orFalse(unit.toNanos(timeout), () -> queue.tryTransfer(element), () -> {
            queue.transfer(element);
            return true;
        });
    }

    @Instead("java/util/concurrent/Semaphore.tryAcquire")
    static boolean tryAcquire(Semaphore semaphore, long timeout, TimeUnit unit) throws InterruptedException {
        return tryAcquire(semaphore, 1, timeout, unit);
    }

    @Instead("java/util/concurrent/Semaphore.tryAcquire")
    static boolean tryAcquire(Semaphore semaphore, int permits, long timeout, TimeUnit unit) throws InterruptedException {
        return orFalse(unit.toNanos(timeout), () -> semaphore.tryAcquire(permits), () -> {
            semaphore.acquire(permits);
            return true;
        });
    }

    @Instead("java/util/concurrent/CountDownLatch.await")
    static boolean await(CountDownLatch latch, long timeout, TimeUnit unit) throws InterruptedException {
        return orFalse(unit.toNanos(timeout), () -> latch.getCount() == 0, () -> {
            latch.await();
            return true;
        });
    }

    @Instead("java/util/concurrent/CyclicBarrier.await")
    static int await(CyclicBarrier barrier, long timeout, TimeUnit unit)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        long nanos = unit.toNanos(timeout);
        if (nanos <= 0) {
            return barrier.await(0, TimeUnit.NANOSECONDS);
        }
        Object index = within(nanos, barrier::await);
        if (index == LATE) {
            throw new TimeoutException();
        }
        return (Integer) index;
    }

    @Instead("java/util/concurrent/Exchanger.exchange")
    @SuppressWarnings({"rawtypes", "unchecked"})
    static Object exchange(Exchanger exchanger, Object value, long timeout, TimeUnit unit)
            throws InterruptedException, TimeoutException {
        long nanos = unit.toNanos(timeout);
        Object other = nanos <= 0 ? exchanger.exchange(value, 0, TimeUnit.NANOSECONDS) : within(nanos, () -> exchanger.exchange(value));
        if (other == LATE) {
            throw new TimeoutException();
        }
        return other;
    }

    @Instead("java/util/concurrent/Phaser.awaitAdvanceInterruptibly")
    static int awaitAdvanceInterruptibly(Phaser phaser, int phase, long timeout, TimeUnit unit)
            throws InterruptedException, TimeoutException {
        Object next = within(Math.max(unit.toNanos(timeout), 0), () -> phaser.awaitAdvanceInterruptibly(phase));
        if (next == LATE) {
            throw new TimeoutException();
        }
        return (Integer) next;
    }

    @Instead("java/util/concurrent/locks/Lock.tryLock")
    static boolean tryLock(Lock lock, long timeout, TimeUnit unit) throws InterruptedException {
        return orFalse(unit.toNanos(timeout), lock::tryLock, () -> {
            lock.lockInterruptibly();
            return true;
        });
    }

    @Instead("java/util/concurrent/locks/StampedLock.tryWriteLock")
    static long tryWriteLock(StampedLock lock, long timeout, TimeUnit unit) throws InterruptedException {
        Object stamp = orNull(unit.toNanos(timeout), lock::tryWriteLock, lock::writeLockInterruptibly);
        return stamp == null ? 0 : (Long) stamp;
    }

    @Instead("java/util/concurrent/locks/StampedLock.tryReadLock")
    static long tryReadLock(StampedLock lock, long timeout, TimeUnit unit) throws InterruptedException {
        Object stamp = orNull(unit.toNanos(timeout), lock::tryReadLock, lock::readLockInterruptibly);
        return stamp == null ? 0 : (Long) stamp;
    }

    @Instead("java/util/concurrent/locks/Condition.await")
    static boolean await(Condition condition, long timeout, TimeUnit unit) throws InterruptedException {
        return awaitNanos(condition, unit.toNanos(timeout)) > 0;
    }

    @Instead("java/util/concurrent/locks/Condition.awaitNanos")
    static long awaitNanos(Condition condition, long nanos) throws InterruptedException {
        if (nanos <= 0) {
            return condition.awaitNanos(nanos);
        }
        long end = add(now, nanos);
        Object result = within(nanos, () -> {
            condition.await();
            return null;
        });
        return result == LATE ? 0 : Math.max(end - now, 1);
    }

    @Instead("java/util/concurrent/locks/Condition.awaitUntil")
    static boolean awaitUntil(Condition condition, Date deadline) throws InterruptedException {
        return awaitNanos(condition, nanosOfMillis(deadline.getTime() - currentTimeMillis())) > 0;
    }

    // ---- clocks ----

    @Instead("java/lang/System.nanoTime")
    static long nanoTime() {
        return now;
    }

    @Instead("java/lang/System.currentTimeMillis")
    static long currentTimeMillis() {
        return EPOCH + now / 1_000_000;
    }

    @Instead("java/time/Instant.now")
    static Instant instant() {
        return Instant.ofEpochMilli(EPOCH).plusNanos(now);
    }

    @Instead("java/time/Clock.systemUTC")
    static Clock systemUTC() {
        return new Virtual(ZoneId.of("UTC"));
    }

    @Instead("java/time/Clock.systemDefaultZone")
    static Clock systemDefaultZone() {
        return new Virtual(ZoneId.systemDefault());
    }

    private static final class Virtual extends Clock {
        private final ZoneId zone;

        Virtual(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Virtual(other);
        }

        @Override
        public Instant instant() {
            return DocketTime.instant();
        }
    }

    // ---- what has no virtual counterpart ----

    @Instead("java/util/Timer.new")
    static void timer() {
        throw new UnsupportedOperationException("java.util.Timer does not run on virtual time; use a ScheduledExecutorService");
    }

    @Instead("java/util/concurrent/DelayQueue.new")
    static void delayQueue() {
        throw new UnsupportedOperationException("DelayQueue does not run on virtual time; use a ScheduledExecutorService");
    }

    @Instead("java/util/concurrent/ForkJoinPool.awaitQuiescence")
    static boolean awaitQuiescence(ForkJoinPool pool, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("ForkJoinPool.awaitQuiescence does not run on virtual time");
    }
}
