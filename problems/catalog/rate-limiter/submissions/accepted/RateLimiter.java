import java.util.HashMap;
import java.util.Map;

/** A token bucket for each of many clients. */
public class RateLimiter {
    /**
     * What one token counts. Amounts are whole numbers of 1/60000 of a token: with that unit, a bucket gains
     * refillPerMinute units a millisecond and nothing is ever rounded.
     */
    private static final long TOKEN = 60_000;

    private final long full;
    private final long perMs;
    private final Map<String, Bucket> buckets = new HashMap<>();

    private final class Bucket {
        private long level = full;
        private long asOfMs;

        void refill(long nowMs) {
            level = Math.min(full, level + (nowMs - asOfMs) * perMs);
            asOfMs = nowMs;
        }

        boolean take() {
            if (level < TOKEN) {
                return false;
            }
            level -= TOKEN;
            return true;
        }

        long missing() {
            return Math.max(0, TOKEN - level);
        }
    }

    public RateLimiter(int capacity, int refillPerMinute) {
        full = capacity * TOKEN;
        perMs = refillPerMinute;
    }

    /** Takes a token from the client's bucket and tells whether there was one. */
    public boolean allow(String clientId, long nowMs) {
        return refilled(clientId, nowMs).take();
    }

    /** Tells how long it takes until the client's bucket holds a token. */
    public int retryAfterMs(String clientId, long nowMs) {
        return (int) ((refilled(clientId, nowMs).missing() + perMs - 1) / perMs);
    }

    private Bucket refilled(String clientId, long nowMs) {
        Bucket bucket = buckets.computeIfAbsent(clientId, id -> new Bucket());
        bucket.refill(nowMs);
        return bucket;
    }
}
