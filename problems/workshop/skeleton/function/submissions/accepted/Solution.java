import java.util.Arrays;

public class Solution {
    public long sumAbove(int[] numbers, int limit) {
        return Arrays.stream(numbers).filter(n -> n > limit).asLongStream().sum();
    }
}
