import java.util.HashMap;
import java.util.Map;

/**
 * Keeps a single number per client: when its bucket will be full again, on a clock that counts what flows into a
 * bucket. A bucket that will be full at f lacks f - now units now.
 */
class RateLimiter {
    private static final long TOKEN = 60_000;

    private final long full;
    private final long perMs;
    private final Map<String, Long> fullAt = new HashMap<>();

    RateLimiter(int capacity, int refillPerMinute) {
        full = capacity * TOKEN;
        perMs = refillPerMinute;
    }

    boolean allow(String clientId, long nowMs) {
        long lacking = lacking(clientId, nowMs) + TOKEN;
        if (lacking > full) {
            return false;
        }
        fullAt.put(clientId, nowMs * perMs + lacking);
        return true;
    }

    int retryAfterMs(String clientId, long nowMs) {
        long excess = Math.max(0, lacking(clientId, nowMs) + TOKEN - full);
        return (int) ((excess + perMs - 1) / perMs);
    }

    private long lacking(String clientId, long nowMs) {
        return Math.max(0, fullAt.getOrDefault(clientId, 0L) - nowMs * perMs);
    }
}
