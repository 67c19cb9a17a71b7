class Counter {
    private int sum;

    Counter(int start) {
        sum = start;
    }

    void add(int amount) {
        sum += amount;
    }

    long value() {
        return sum;
    }
}
