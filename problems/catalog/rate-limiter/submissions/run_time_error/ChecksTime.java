import java.util.HashMap;
import java.util.Map;

/** Takes care that times fit into 32 bits, which times in milliseconds do for 25 days. */
class RateLimiter {
    private static final long TOKEN = 60_000;

    private static final class Bucket {
        long level;
        int asOf;
    }

    private final long full;
    private final long perMs;
    private final Map<String, Bucket> buckets = new HashMap<>();

    RateLimiter(int capacity, int refillPerMinute) {
        full = capacity * TOKEN;
        perMs = refillPerMinute;
    }

    private Bucket refill(String id, long now) {
        Bucket b = buckets.computeIfAbsent(id, k -> {
            Bucket fresh = new Bucket();
            fresh.level = full;
            return fresh;
        });
        b.level = Math.min(full, b.level + (now - b.asOf) * perMs);
        b.asOf = Math.toIntExact(now);
        return b;
    }

    boolean allow(String clientId, long nowMs) {
        Bucket b = refill(clientId, nowMs);
        if (b.level < TOKEN) {
            return false;
        }
        b.level -= TOKEN;
        return true;
    }

    int retryAfterMs(String clientId, long nowMs) {
        long missing = Math.max(0, TOKEN - refill(clientId, nowMs).level);
        return (int) ((missing + perMs - 1) / perMs);
    }
}
