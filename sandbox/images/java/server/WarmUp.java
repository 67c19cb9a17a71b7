import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Compiles a program of the usual kind until the compiler's own code is warm.
 * The same runs train the AOT cache when the image is built.
 */
final class WarmUp {
    /** Fewer leave the first submission slow; more only delay the box. */
    private static final int ROUNDS = Integer.getInteger("docket.warmup", 12);

    private static final String PROGRAM = """
            import java.io.*;
            import java.util.*;
            import java.util.function.*;
            import java.util.stream.*;

            public class Main {
                record Edge(int to, long weight) {}

                sealed interface Shape permits Circle, Square {}
                record Circle(double r) implements Shape {}
                record Square(double side) implements Shape {}

                enum Op { ADD, MUL }

                static final int MOD = 1_000_000_007;
                private static int[] parent;

                static int find(int x) {
                    while (parent[x] != x) {
                        parent[x] = parent[parent[x]];
                        x = parent[x];
                    }
                    return x;
                }

                static double area(Shape s) {
                    return switch (s) {
                        case Circle(double r) -> Math.PI * r * r;
                        case Square q -> q.side() * q.side();
                    };
                }

                static long apply(Op op, long a, long b) {
                    return switch (op) { case ADD -> a + b; case MUL -> a * b % MOD; };
                }

                static <T extends Comparable<T>> T best(Collection<? extends T> all, Comparator<? super T> by) {
                    T best = null;
                    for (T t : all) if (best == null || by.compare(t, best) > 0) best = t;
                    return best;
                }

                public static void main(String[] args) throws IOException {
                    BufferedReader br = new BufferedReader(new InputStreamReader(System.in));
                    StringTokenizer st = new StringTokenizer(br.readLine());
                    int n = Integer.parseInt(st.nextToken()), m = Integer.parseInt(st.nextToken());
                    List<List<Edge>> graph = new ArrayList<>();
                    for (int i = 0; i < n; i++) graph.add(new ArrayList<>());
                    parent = new int[n];
                    for (int i = 0; i < n; i++) parent[i] = i;
                    for (int i = 0; i < m; i++) {
                        st = new StringTokenizer(br.readLine());
                        int a = Integer.parseInt(st.nextToken()) - 1;
                        int b = Integer.parseInt(st.nextToken()) - 1;
                        graph.get(a).add(new Edge(b, Long.parseLong(st.nextToken())));
                        parent[find(a)] = find(b);
                    }
                    PriorityQueue<long[]> queue = new PriorityQueue<>((x, y) -> Long.compare(x[1], y[1]));
                    long[] dist = new long[n];
                    Arrays.fill(dist, Long.MAX_VALUE);
                    queue.add(new long[] {0, 0});
                    while (!queue.isEmpty()) {
                        long[] top = queue.poll();
                        for (Edge e : graph.get((int) top[0])) {
                            if (dist[e.to()] > top[1] + e.weight()) {
                                dist[e.to()] = top[1] + e.weight();
                                queue.add(new long[] {e.to(), dist[e.to()]});
                            }
                        }
                    }
                    Map<String, Integer> count = new TreeMap<>();
                    for (String w : "a b a".split(" ")) count.merge(w, 1, Integer::sum);
                    StringBuilder sb = new StringBuilder();
                    count.forEach((k, v) -> sb.append(k).append('=').append(v).append(' '));
                    String joined = IntStream.range(0, n).mapToObj(i -> "d" + dist[i]).collect(Collectors.joining(","));
                    System.out.println(sb + joined + area(new Circle(1)) + apply(Op.ADD, 1, 2));
                    Function<Integer, Integer> twice = x -> x * 2;
                    Supplier<Scanner> scanner = () -> new Scanner(System.in);
                    Runnable r = new Runnable() {
                        @Override public void run() { System.out.printf("%d%n", twice.apply(best(List.of(1, 2), Comparator.naturalOrder()))); }
                    };
                    r.run();
                    try (Scanner sc = scanner.get()) {
                        while (sc.hasNextInt()) System.out.println(sc.nextInt());
                    } catch (IllegalStateException e) {
                        throw new RuntimeException("input: " + e.getMessage(), e);
                    }
                }
            }
            """;

    private static final String COMPACT = """
            void main() {
                IO.println("hello");
            }
            """;

    private static final String BROKEN = """
            class Broken {
                int f() { return "x"; }
                void g() { undefined(); }
            }
            """;

    /** What makes {@link Redirects} do something. */
    private static final String DRIVER = """
            import java.lang.annotation.*;

            final class DocketTime {
                @Retention(RetentionPolicy.CLASS)
                @interface Instead { String value(); }

                @Instead("java/util/StringTokenizer.nextToken")
                static String next(java.util.StringTokenizer t) { return t.nextToken(); }

                @Instead("java/lang/Integer.parseInt")
                static int parse(String s) { return Integer.parseInt(s); }
            }
            """;

    private WarmUp() {}

    static void run(SourceCompiler compiler) {
        try {
            for (int i = 0; i < ROUNDS; i++) {
                expect(Answer.OK, compiler.compile(List.of(new Source("Main.java", PROGRAM)), 0));
            }
            expect(Answer.OK, compiler.compile(List.of(new Source("Main.java", PROGRAM), new Source("DocketTime.java", DRIVER)), 1));
            expect(Answer.OK, compiler.compile(List.of(new Source("Main.java", COMPACT)), 0));
            expect(Answer.COMPILE_ERROR, compiler.compile(List.of(new Source("Broken.java", BROKEN)), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // What the warm-up left behind would otherwise stay in a box that may
        // idle for long.
        System.gc();
    }

    private static void expect(int status, Answer a) {
        if (a.status() != status) {
            throw new IllegalStateException("warm-up: status " + a.status() + ": " + a.diagnostics());
        }
    }
}
