import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** Corrects every later prefix sum after every correction. */
public class PrefixSums {
    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in));
        var words = new StringTokenizer(in.readLine());
        int n = Integer.parseInt(words.nextToken());
        int q = Integer.parseInt(words.nextToken());
        List<Long> prefix = new ArrayList<>();
        prefix.add(0L);
        words = new StringTokenizer(in.readLine());
        for (int i = 1; i <= n; i++) {
            prefix.add(prefix.get(i - 1) + Long.parseLong(words.nextToken()));
        }
        var out = new StringBuilder();
        for (int j = 0; j < q; j++) {
            words = new StringTokenizer(in.readLine());
            boolean isAdd = words.nextToken().equals("+");
            int a = Integer.parseInt(words.nextToken());
            int b = Integer.parseInt(words.nextToken());
            if (isAdd) {
                for (int i = a; i <= n; i++) {
                    prefix.set(i, prefix.get(i) + b);
                }
            } else {
                out.append(prefix.get(b) - prefix.get(a - 1)).append('\n');
            }
        }
        System.out.print(out);
    }
}
