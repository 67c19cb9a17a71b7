import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

public class Solution {
    public Map<String, String> fetchAll(
            List<String> sources, Function<String, CompletableFuture<String>> fetch, CompletableFuture<Void> timeout) {
        Map<String, CompletableFuture<String>> calls = new LinkedHashMap<>();
        for (String source : sources) {
            calls.put(source, fetch.apply(source));
        }
        CompletableFuture<Void> all =
                CompletableFuture.allOf(calls.values().stream()
                        .map(call -> call.handle((text, failure) -> text))
                        .toArray(CompletableFuture[]::new));
        CompletableFuture.anyOf(all, timeout).join();
        Map<String, String> found = new HashMap<>();
        calls.forEach((source, call) -> {
            if (call.state() == CompletableFuture.State.SUCCESS) {
                found.put(source, call.join());
            } else {
                call.cancel(true);
            }
        });
        return found;
    }
}
