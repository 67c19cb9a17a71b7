import java.util.Comparator;
import java.util.PriorityQueue;

/** Adds up the middle two as int before it divides by a double. */
class RunningMedian {
    private final PriorityQueue<Integer> lower = new PriorityQueue<>(Comparator.reverseOrder());
    private final PriorityQueue<Integer> upper = new PriorityQueue<>();

    void add(int value) {
        if (lower.isEmpty() || value <= lower.peek()) {
            lower.add(value);
        } else {
            upper.add(value);
        }
        if (lower.size() > upper.size() + 1) {
            upper.add(lower.poll());
        } else if (lower.size() < upper.size()) {
            lower.add(upper.poll());
        }
    }

    double median() {
        if (lower.isEmpty()) {
            return 0;
        }
        return lower.size() > upper.size() ? lower.peek() : (lower.peek() + upper.peek()) / 2.0;
    }
}
