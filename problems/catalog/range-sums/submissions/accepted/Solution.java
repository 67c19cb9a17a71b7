import java.io.IOException;

/** A Fenwick tree behind a reader that parses numbers from a byte buffer. */
public class Solution {
    private static final byte[] buffer = new byte[1 << 16];
    private static int at;
    private static int end;

    public static void main(String[] args) throws IOException {
        int n = (int) number();
        int q = (int) number();
        long[] tree = new long[n + 1];
        for (int i = 1; i <= n; i++) {
            tree[i] += number();
            int parent = i + (i & -i);
            if (parent <= n) {
                tree[parent] += tree[i];
            }
        }
        var out = new StringBuilder();
        for (; q > 0; q--) {
            int op = read(); // number() has taken the line feed before it
            int i = (int) number();
            long v = number();
            if (op == '+') {
                for (; i <= n; i += i & -i) {
                    tree[i] += v;
                }
            } else {
                out.append(prefix(tree, (int) v) - prefix(tree, i - 1)).append('\n');
            }
        }
        System.out.print(out);
    }

    private static long prefix(long[] tree, int i) {
        long sum = 0;
        for (; i > 0; i &= i - 1) {
            sum += tree[i];
        }
        return sum;
    }

    // The input ends with a line feed, so nobody reads on behind its end.
    private static int read() throws IOException {
        if (at == end) {
            end = System.in.read(buffer);
            at = 0;
        }
        return buffer[at++];
    }

    private static long number() throws IOException {
        int c = read();
        while (c == ' ' || c == '\n') {
            c = read();
        }
        boolean negative = c == '-';
        if (negative) {
            c = read();
        }
        long n = 0;
        for (; c >= '0' && c <= '9'; c = read()) {
            n = n * 10 + c - '0';
        }
        return negative ? -n : n;
    }
}
