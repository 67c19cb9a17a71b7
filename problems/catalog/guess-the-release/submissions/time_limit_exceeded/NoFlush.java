import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;

/** Leaves its probes in a buffer, so that both sides wait for ever. */
public class NoFlush {
    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in));
        try (var out = new BufferedWriter(new OutputStreamWriter(System.out))) {
            int services = Integer.parseInt(in.readLine());
            while (services-- > 0) {
                int low = 1;
                int high = Integer.parseInt(in.readLine());
                while (low < high) {
                    int middle = low + (high - low) / 2;
                    out.write("? " + middle);
                    out.newLine();
                    if (in.readLine().equals("broken")) {
                        high = middle;
                    } else {
                        low = middle + 1;
                    }
                }
                out.write("! " + low);
                out.newLine();
            }
        }
    }
}
