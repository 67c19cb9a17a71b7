import java.util.HashMap;
import java.util.Map;

/** Exact, but the size of a bucket is computed in 32 bits. */
class RateLimiter {
    private static final int TOKEN = 60_000;

    private final long full;
    private final int perMs;
    private final Map<String, long[]> buckets = new HashMap<>();

    RateLimiter(int capacity, int refillPerMinute) {
        full = capacity * TOKEN;
        perMs = refillPerMinute;
    }

    private long[] refill(String id, long now) {
        long[] b = buckets.computeIfAbsent(id, k -> new long[] {full, now});
        b[0] = Math.min(full, b[0] + (now - b[1]) * perMs);
        b[1] = now;
        return b;
    }

    boolean allow(String clientId, long nowMs) {
        long[] b = refill(clientId, nowMs);
        if (b[0] < TOKEN) {
            return false;
        }
        b[0] -= TOKEN;
        return true;
    }

    int retryAfterMs(String clientId, long nowMs) {
        long missing = Math.max(0, TOKEN - refill(clientId, nowMs)[0]);
        return (int) ((missing + perMs - 1) / perMs);
    }
}
