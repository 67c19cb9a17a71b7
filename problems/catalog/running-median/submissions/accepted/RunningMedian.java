import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Knows the median of a stream of numbers at any time. The smaller half of them and the larger half are in a heap each; the
 * lower half has as many as the upper one, or one more.
 */
public class RunningMedian {
    private final Queue<Integer> lower = new PriorityQueue<>(Comparator.reverseOrder());
    private final Queue<Integer> upper = new PriorityQueue<>();

    /** Takes a value. It passes through the half that does not grow, which gives up what belongs into the other. */
    public void add(int value) {
        if (lower.size() == upper.size()) {
            upper.add(value);
            lower.add(upper.remove());
        } else {
            lower.add(value);
            upper.add(lower.remove());
        }
    }

    /** Returns the median of all values, or 0 if there are none. */
    public double median() {
        if (lower.isEmpty()) {
            return 0;
        }
        double middle = lower.element();
        if (lower.size() > upper.size()) {
            return middle;
        }
        return (middle + upper.element()) / 2;
    }
}
