import java.util.Scanner;

/** Parses sums that it printed before as int to remember them. */
public class ParseInt {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        int q = in.nextInt();
        long[] numbers = new long[n + 1];
        for (int i = 1; i <= n; i++) {
            numbers[i] = in.nextLong();
        }
        int largest = 0;
        for (int j = 0; j < q; j++) {
            boolean isAdd = in.next().equals("+");
            int a = in.nextInt();
            int b = in.nextInt();
            if (isAdd) {
                numbers[a] += b;
                continue;
            }
            long sum = 0;
            for (int i = a; i <= b; i++) {
                sum += numbers[i];
            }
            System.out.println(sum);
            largest = Math.max(largest, Math.toIntExact(sum));
        }
    }
}
