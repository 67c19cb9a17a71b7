import java.util.HashMap;
import java.util.Map;

/** Tokens as floating-point numbers: ten tenths are not one. */
class RateLimiter {
    private static final class Bucket {
        double tokens;
        long asOf;
    }

    private final double capacity;
    private final double perMs;
    private final Map<String, Bucket> buckets = new HashMap<>();

    RateLimiter(int capacity, int refillPerMinute) {
        this.capacity = capacity;
        this.perMs = refillPerMinute / 60_000.0;
    }

    private Bucket refill(String id, long now) {
        Bucket b = buckets.computeIfAbsent(id, k -> {
            Bucket fresh = new Bucket();
            fresh.tokens = capacity;
            return fresh;
        });
        b.tokens = Math.min(capacity, b.tokens + (now - b.asOf) * perMs);
        b.asOf = now;
        return b;
    }

    boolean allow(String clientId, long nowMs) {
        Bucket b = refill(clientId, nowMs);
        if (b.tokens < 1) {
            return false;
        }
        b.tokens--;
        return true;
    }

    int retryAfterMs(String clientId, long nowMs) {
        double missing = Math.max(0, 1 - refill(clientId, nowMs).tokens);
        return (int) Math.ceil(missing / perMs);
    }
}
