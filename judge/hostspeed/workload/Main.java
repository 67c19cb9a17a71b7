import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;

/** The steps of main.go in Java; what they are for is said there. */
public class Main {
    static final class Node {
        final int key;
        Node left;
        Node right;

        Node(int key) {
            this.key = key;
        }
    }

    static final int MASK = 0x3fffffff;

    static long next(long x) {
        return (x * 1103515245 + 12345) & MASK;
    }

    public static void main(String[] args) {
        int n = new Scanner(System.in).nextInt();
        long sum = integers(n);
        sum = sum * 31 + walk(n);
        sum = sum * 31 + counts(n / 4);
        sum = sum * 31 + sorted(n / 8);
        sum = sum * 31 + tree(n / 16);
        sum = sum * 31 + text(n / 8);
        System.out.println(sum & MASK);
    }

    static long integers(int n) {
        long x = 1;
        long sum = 0;
        for (int i = 0; i < 4 * n; i++) {
            x = next(x);
            if ((x >> 13 & 1) == 0) {
                sum += x % 1000;
            } else {
                sum ^= x >> 7;
            }
        }
        return sum & MASK;
    }

    static long walk(int n) {
        int size = 1;
        while (size < n) {
            size *= 2;
        }
        int[] to = new int[size];
        for (int i = 0; i < size; i++) {
            to[i] = (int) ((i * 5L + 12345 & MASK) % size);
        }
        int at = 0;
        long sum = 0;
        for (int i = 0; i < 2 * n; i++) {
            at = to[(int) ((at + (sum & 63)) % size)];
            sum += at & 1023;
        }
        return sum & MASK;
    }

    static long counts(int n) {
        Map<Integer, Integer> seen = new HashMap<>();
        long x = 7;
        for (int i = 0; i < n; i++) {
            x = next(x);
            seen.merge((int) ((x >> 5) % (n / 2 + 1)), 1, Integer::sum);
        }
        long sum = seen.size();
        for (int key = 0; key <= n / 2; key++) {
            sum += (long) seen.getOrDefault(key, 0) * (key & 7);
        }
        return sum & MASK;
    }

    static long sorted(int n) {
        int[] all = new int[n];
        long x = 11;
        for (int i = 0; i < n; i++) {
            x = next(x);
            all[i] = (int) (x >> 4);
        }
        Arrays.sort(all);
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += all[i] % 1000 * (i & 15);
        }
        return sum & MASK;
    }

    static long tree(int n) {
        Node root = null;
        long x = 13;
        long sum = 0;
        for (int i = 0; i < n; i++) {
            x = next(x);
            Node made = new Node((int) (x >> 3));
            if (root == null) {
                root = made;
                continue;
            }
            Node at = root;
            while (true) {
                sum++;
                Node child = made.key < at.key ? at.left : at.right;
                if (child != null) {
                    at = child;
                } else if (made.key < at.key) {
                    at.left = made;
                    break;
                } else {
                    at.right = made;
                    break;
                }
            }
        }
        return sum & MASK;
    }

    static long text(int n) {
        long x = 17;
        int sum = 0;
        for (int i = 0; i < n; i++) {
            x = next(x);
            String s = Long.toString(x >> 6) + ":" + (x & 255);
            for (int j = 0; j < s.length(); j++) {
                sum = sum * 33 + s.charAt(j) & 0xffffff;
            }
        }
        return sum;
    }
}
