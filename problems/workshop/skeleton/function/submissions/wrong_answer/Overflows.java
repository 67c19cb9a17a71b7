class Solution {
    long sumAbove(int[] numbers, int limit) {
        int sum = 0;
        for (int n : numbers) {
            if (n > limit) {
                sum += n;
            }
        }
        return sum;
    }
}
