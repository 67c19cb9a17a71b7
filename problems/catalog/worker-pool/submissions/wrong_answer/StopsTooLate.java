import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Waits for the jobs in their order, so that it learns late of a failure, and not of the first. */
class Solution {
    int[] runAll(List<Callable<Integer>> jobs, int limit) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(limit);
        try {
            List<Future<Integer>> futures = new ArrayList<>();
            for (Callable<Integer> job : jobs) {
                futures.add(pool.submit(job));
            }
            int[] results = new int[jobs.size()];
            for (int i = 0; i < results.length; i++) {
                results[i] = futures.get(i).get();
            }
            return results;
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(1, TimeUnit.MINUTES);
        }
    }
}
