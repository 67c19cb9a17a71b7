import java.util.Comparator;
import java.util.PriorityQueue;

/** Unboxes the top of a heap that is empty. */
class RunningMedian {
    private final PriorityQueue<Integer> lower = new PriorityQueue<>(Comparator.reverseOrder());
    private final PriorityQueue<Integer> upper = new PriorityQueue<>();

    void add(int value) {
        lower.add(value);
        upper.add(lower.poll());
        if (upper.size() > lower.size()) {
            lower.add(upper.poll());
        }
    }

    double median() {
        double middle = lower.peek();
        return lower.size() > upper.size() ? middle : (middle + upper.peek()) / 2;
    }
}
