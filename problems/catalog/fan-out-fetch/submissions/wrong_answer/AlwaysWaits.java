import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Waits for the deadline even when everything has been answered. */
class Solution {
    Map<String, String> fetchAll(
            List<String> sources, Function<String, CompletableFuture<String>> fetch, CompletableFuture<Void> timeout) {
        Map<String, CompletableFuture<String>> calls = new HashMap<>();
        for (String source : sources) {
            calls.put(source, fetch.apply(source));
        }
        timeout.join();
        Map<String, String> found = new HashMap<>();
        calls.forEach((source, call) -> {
            if (call.isDone() && !call.isCompletedExceptionally()) {
                found.put(source, call.join());
            } else {
                call.cancel(true);
            }
        });
        return found;
    }
}
