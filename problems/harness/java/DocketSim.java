@PACKAGE@import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Supplies the callables of a concurrency problem. What they do is decided outside of the box, in a
 * talk over the process's own standard streams.
 *
 * <p>Time is virtual: it moves on when every thread of the process sleeps, which the kernel knows
 * exactly, however slow or crowded the host is, to the next timer of the solution's own or to what
 * the outside has ahead, whichever comes first. Calls that end come before timers and the deadline
 * of the same moment. See {@link DocketTime} for the timers.
 */
final class DocketSim {
    static final ExecutorService IO =
            Executors.newCachedThreadPool(
                    run -> {
                        Thread t = new Thread(run, "io");
                        t.setDaemon(true);
                        return t;
                    });

    private final DocketMain.In in;
    private final DocketMain.Out out;
    private final List<Call> calls = new ArrayList<>(); // guarded by this
    private volatile long messages;
    private volatile boolean over; // nothing is said any more
    private final long began = DocketTime.now(); // of the case, on the clock of DocketTime

    DocketSim(DocketMain.In in, DocketMain.Out out) {
        this.in = in;
        this.out = out;
    }

    /** What a task fails with. */
    private static final class TaskException extends RuntimeException {
        TaskException(String message) {
            super(message, null, false, false);
        }
    }

    /** A call under way. Its future tells of being cancelled. */
    private final class Call extends CompletableFuture<Object> {
        final int number;
        final int type;

        Call(int number, int type) {
            this.number = number;
            this.type = type;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean cancelled = super.cancel(mayInterrupt);
            if (cancelled) {
                say(() -> message("cancel", number));
            }
            return cancelled;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>(); // what depends on a call is none
        }
    }

    private synchronized void say(Runnable message) {
        if (!over) {
            message.run();
            messages++;
        }
    }

    private void message(String kind, long number) {
        out.raw('[');
        out.write(kind);
        out.raw(',');
        out.write(number);
        out.raw(']');
        out.raw('\n');
    }

    private synchronized Call begin(int type, Consumer<Call> describe) {
        Call call = new Call(calls.size(), type);
        if (!over) {
            calls.add(call);
            describe.accept(call);
            messages++;
        }
        return call;
    }

    @SuppressWarnings("unchecked")
    <T> Callable<T> task(int id, int type) {
        return () -> {
            Call call = begin(type, c -> message("task", id));
            try {
                return (T) call.get();
            } catch (ExecutionException e) {
                throw (Exception) e.getCause();
            } catch (InterruptedException e) {
                call.cancel(true);
                throw e;
            }
        };
    }

    @SuppressWarnings("unchecked")
    <T> Function<String, CompletableFuture<T>> fetch(int id, int type) {
        return argument ->
                (CompletableFuture<T>)
                        begin(
                                type,
                                c -> {
                                    out.raw('[');
                                    out.write("fetch");
                                    out.raw(',');
                                    out.write((long) id);
                                    out.raw(',');
                                    out.write(argument);
                                    out.raw(']');
                                    out.raw('\n');
                                });
    }

    CompletableFuture<Void> deadline(long millis) {
        CompletableFuture<Void> deadline = new CompletableFuture<>();
        DocketTime.add(millis * 1_000_000, () -> IO.execute(() -> deadline.complete(null)));
        return deadline;
    }

    /** Runs the solution, which gives back how its result is written. */
    void run(DocketMain.In in, Callable<Consumer<DocketMain.Out>> solution) throws Throwable {
        // A failure is a value here: a future would wrap it, and a cancellation even as its own.
        CompletableFuture<Outcome> returned = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        null,
                        () -> {
                            try {
                                returned.complete(new Outcome(solution.call(), null));
                            } catch (Throwable t) {
                                returned.complete(new Outcome(null, t));
                            }
                        },
                        "main");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            // What a thread does at this moment, such as cancelling, comes before the word that the
            // solution returned.
            awaitQuiet();
            if (returned.isDone()) {
                break;
            }
            move();
        }
        synchronized (this) {
            over = true;
            finish(returned.join());
            out.flush();
        }
    }

    /** What a solution came to: how its result is written, or what it threw. */
    private record Outcome(Consumer<DocketMain.Out> result, Throwable failure) {}

    private void finish(Outcome outcome) throws Throwable {
        if (outcome.failure() != null) {
            String message = taskMessage(outcome.failure());
            if (message == null) {
                throw outcome.failure();
            }
            out.raw('[');
            out.write("throw");
            out.raw(',');
            out.write(message);
            out.raw(']');
            out.raw('\n');
            return;
        }
        out.begin();
        out.raw('[');
        out.write("return");
        out.raw(',');
        outcome.result().accept(out);
        out.raw(']');
        out.raw('\n');
    }

    /** The task's own message where the solution passes on or wraps its failure, else null. */
    private static String taskMessage(Throwable t) {
        for (int depth = 0; t != null && depth < 16; t = t.getCause(), depth++) {
            if (t instanceof TaskException) {
                return t.getMessage();
            }
            if (t instanceof CancellationException || t instanceof java.util.concurrent.TimeoutException) {
                return t.getClass().getName(); // the messages are the library's own
            }
        }
        return null;
    }

    /** Lets the timers go off that are due. Else says that everything waits, and does what the outside answers. */
    private void move() {
        if (DocketTime.ring(this::awaitQuiet)) {
            return;
        }
        long timer = DocketTime.next();
        List<Call> made;
        synchronized (this) {
            out.raw('[');
            out.write("idle");
            out.raw(',');
            if (timer == DocketTime.NEVER) {
                out.writeNull();
            } else {
                out.write((timer - began) / 1000);
            }
            out.raw(']');
            out.raw('\n');
            out.flush();
            made = new ArrayList<>(calls);
        }
        if (!in.more()) {
            Runtime.getRuntime().halt(0); // nothing can happen any more
        }
        in.open();
        DocketTime.reach(began + in.readLong() * 1000);
        in.open();
        while (in.another()) {
            in.open();
            Call call = made.get(in.readInt());
            // What the solution does when a call ends runs on threads that are not the driver's.
            if (in.readBoolean()) {
                Object value = DocketMain.readValue(in, call.type);
                IO.execute(() -> call.complete(value));
            } else {
                String message = in.readString();
                IO.execute(() -> call.completeExceptionally(new TaskException(message)));
            }
            in.close();
        }
        in.close();
    }

    /** Waits until every other thread of the process sleeps and has said all that it had to say. */
    private void awaitQuiet() {
        int quiet = 0;
        long said = messages;
        while (quiet < 3) {
            LockSupport.parkNanos(50_000);
            if (running() > 1 || messages != said) {
                quiet = 0;
                said = messages;
            } else {
                quiet++;
            }
        }
    }

    private final byte[] stat = new byte[512];

    /** How many threads run or are ready to; this one does. */
    private int running() {
        String[] threads = new File("/proc/self/task").list();
        if (threads == null) {
            return Integer.MAX_VALUE;
        }
        int n = 0;
        for (String id : threads) {
            int length;
            try (FileInputStream f = new FileInputStream("/proc/self/task/" + id + "/stat")) {
                length = f.read(stat);
            } catch (IOException e) {
                continue; // it has ended
            }
            // The state follows the name, which is in parentheses and may hold any character.
            String text = new String(stat, 0, Math.max(length, 0), StandardCharsets.ISO_8859_1);
            int at = text.lastIndexOf(')') + 2;
            char state = at < text.length() ? text.charAt(at) : 'R';
            if (state != 'S' && state != 'Z' && state != 'X') {
                n++;
            }
        }
        return n;
    }
}
