import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.TreeMap;

/** Looks up the release after the last fine one, which may not be known. */
public class NullReply {
    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in));
        int services = Integer.parseInt(in.readLine());
        while (services-- > 0) {
            int low = 1;
            int high = Integer.parseInt(in.readLine());
            Map<Integer, Boolean> broken = new TreeMap<>();
            while (low < high) {
                int middle = low + (high - low) / 2;
                System.out.println("? " + middle);
                System.out.flush();
                broken.put(middle, in.readLine().equals("broken"));
                boolean next = broken.get(broken.get(middle) ? middle : middle + 1);
                if (next) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            System.out.println("! " + low);
            System.out.flush();
        }
    }
}
