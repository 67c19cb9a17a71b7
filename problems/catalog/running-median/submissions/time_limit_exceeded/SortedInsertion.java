import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds the place of a value quickly, but has to move all values behind it. */
class RunningMedian {
    private final List<Integer> sorted = new ArrayList<>();

    void add(int value) {
        int i = Collections.binarySearch(sorted, value);
        sorted.add(i < 0 ? -i - 1 : i, value);
    }

    double median() {
        int n = sorted.size();
        if (n == 0) {
            return 0;
        }
        return ((double) sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }
}
