public class Counter {
    private long sum;

    public Counter(int start) {
        sum = start;
    }

    public void add(int amount) {
        sum += amount;
    }

    public long value() {
        return sum;
    }
}
