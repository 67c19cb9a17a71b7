import java.util.PriorityQueue;

/** Turns a heap round by a comparison that subtracts, which overflows for values far apart. */
class RunningMedian {
    private final PriorityQueue<Integer> lower = new PriorityQueue<>((a, b) -> b - a);
    private final PriorityQueue<Integer> upper = new PriorityQueue<>((a, b) -> a - b);

    void add(int value) {
        lower.add(value);
        upper.add(lower.poll());
        if (upper.size() > lower.size()) {
            lower.add(upper.poll());
        }
    }

    double median() {
        if (lower.isEmpty()) {
            return 0;
        }
        double middle = lower.peek();
        return lower.size() > upper.size() ? middle : (middle + upper.peek()) / 2;
    }
}
