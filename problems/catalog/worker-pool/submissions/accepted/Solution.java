import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

public class Solution {
    public int[] runAll(List<Callable<Integer>> jobs, int limit) throws Exception {
        int[] results = new int[jobs.size()];
        AtomicReference<Exception> first = new AtomicReference<>();
        ExecutorService pool = Executors.newFixedThreadPool(limit);
        for (int i = 0; i < results.length; i++) {
            int at = i;
            pool.execute(() -> {
                try {
                    results[at] = jobs.get(at).call();
                } catch (Exception e) {
                    first.compareAndSet(null, e);
                    // From this thread, before it takes the next job.
                    pool.shutdownNow();
                }
            });
        }
        pool.shutdown();
        pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        if (first.get() != null) {
            throw first.get();
        }
        return results;
    }
}
