import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

public class Solution {
    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in));
        int services = Integer.parseInt(in.readLine());
        while (services-- > 0) {
            int low = 1;
            int high = Integer.parseInt(in.readLine());
            while (low < high) {
                int middle = low + (high - low) / 2;
                System.out.println("? " + middle); // println flushes System.out
                if (in.readLine().equals("broken")) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            System.out.println("! " + low);
        }
    }
}
