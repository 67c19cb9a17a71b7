import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringTokenizer;

/** Sums in int, which overflows. */
public class Int32 {
    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in));
        var words = new StringTokenizer(in.readLine());
        int n = Integer.parseInt(words.nextToken());
        int q = Integer.parseInt(words.nextToken());
        int[] tree = new int[n + 1];
        words = new StringTokenizer(in.readLine());
        for (int i = 1; i <= n; i++) {
            add(tree, i, Integer.parseInt(words.nextToken()));
        }
        var out = new StringBuilder();
        for (int j = 0; j < q; j++) {
            words = new StringTokenizer(in.readLine());
            boolean isAdd = words.nextToken().equals("+");
            int a = Integer.parseInt(words.nextToken());
            int b = Integer.parseInt(words.nextToken());
            if (isAdd) {
                add(tree, a, b);
            } else {
                out.append(prefix(tree, b) - prefix(tree, a - 1)).append('\n');
            }
        }
        System.out.print(out);
    }

    static void add(int[] tree, int i, int v) {
        for (; i < tree.length; i += i & -i) {
            tree[i] += v;
        }
    }

    static int prefix(int[] tree, int i) {
        int sum = 0;
        for (; i > 0; i -= i & -i) {
            sum += tree[i];
        }
        return sum;
    }
}
