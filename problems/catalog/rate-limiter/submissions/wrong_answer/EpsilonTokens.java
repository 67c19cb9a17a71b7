import java.util.HashMap;
import java.util.Map;

/** Tokens as floating-point numbers, with a tolerance that is enough for a while. */
class RateLimiter {
    private final double capacity;
    private final double perMs;
    private final Map<String, double[]> buckets = new HashMap<>();

    RateLimiter(int capacity, int refillPerMinute) {
        this.capacity = capacity;
        this.perMs = refillPerMinute / 60_000.0;
    }

    private double[] refill(String id, long now) {
        double[] b = buckets.computeIfAbsent(id, k -> new double[] {capacity, now});
        b[0] = Math.min(capacity, b[0] + (now - b[1]) * perMs);
        b[1] = now;
        return b;
    }

    boolean allow(String clientId, long nowMs) {
        double[] b = refill(clientId, nowMs);
        if (b[0] < 1 - 1e-9) {
            return false;
        }
        b[0]--;
        return true;
    }

    int retryAfterMs(String clientId, long nowMs) {
        double missing = 1 - refill(clientId, nowMs)[0];
        return (int) Math.max(0, Math.ceil(missing / perMs - 1e-6));
    }
}
