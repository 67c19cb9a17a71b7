import java.util.Scanner;

/** Adds low and high as int, which overflows for late releases. */
public class Overflow {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int services = in.nextInt();
        while (services-- > 0) {
            int low = 1;
            int high = in.nextInt();
            while (low < high) {
                int middle = (low + high) / 2;
                System.out.println("? " + middle);
                System.out.flush();
                if (!in.hasNext()) {
                    return; // the cluster has had enough
                }
                if (in.next().equals("broken")) {
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
