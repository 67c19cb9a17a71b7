package docket.launcher;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Touches, once, what solutions to coding challenges use. The JVM records
 * which classes that loads and links, and the image keeps the record as an
 * AOT cache, so that a submission's own start finds them ready.
 *
 * <p>Submissions never run this class: it lies first on their class path only
 * because the cache belongs to it.
 */
public final class Launcher {
    private record Point(int x, int y) implements Comparable<Point> {
        @Override
        public int compareTo(Point o) {
            return Integer.compare(x * x + y * y, o.x * o.x + o.y * o.y);
        }
    }

    private record Edge(int to, long weight) {}

    private sealed interface Shape permits Circle, Square {}

    private record Circle(double r) implements Shape {}

    private record Square(double side) implements Shape {}

    private enum Op {
        ADD,
        SUB,
        MUL;

        long apply(long a, long b) {
            return switch (this) {
                case ADD -> a + b;
                case SUB -> a - b;
                case MUL -> a * b;
            };
        }
    }

    /** A fast reader of the kind that many solutions bring along. */
    private static final class FastReader {
        private final DataInputStream in;
        private final byte[] buf = new byte[1 << 16];
        private int head;
        private int tail;

        FastReader(InputStream in) {
            this.in = new DataInputStream(in);
        }

        private int read() throws IOException {
            if (head == tail) {
                head = 0;
                tail = in.read(buf, 0, buf.length);
                if (tail <= 0) {
                    tail = 0;
                    return -1;
                }
            }
            return buf[head++];
        }

        long next() throws IOException {
            int c = read();
            while (c >= 0 && c <= ' ') {
                c = read();
            }
            long v = 0;
            while (c > ' ') {
                v = v * 10 + (c - '0');
                c = read();
            }
            return v;
        }
    }

    private static final String INPUT = "5 3\n10 20 30 40 50\n1 2 7\n2 3 8\n3 5 9\nhello world 2.5\n";

    private Launcher() {}

    private static InputStream input() {
        return new ByteArrayInputStream(INPUT.getBytes(StandardCharsets.UTF_8));
    }

    public static void main(String[] args) throws Exception {
        // Standard input and output as they are, then everything else on a
        // buffer, so that the training prints nothing.
        var real = System.in;
        real.read(new byte[16]);
        PrintStream out = new PrintStream(new ByteArrayOutputStream());

        scanners(out);
        readers(out);
        collections(out);
        streams(out);
        text(out);
        numbers(out);
        time(out);
        language(out);
        failures(out);
        concurrency(out);
        System.out.print("");
        System.out.printf("%s", "");
        System.out.flush();
        System.err.flush();
    }

    private static void scanners(PrintStream out) {
        Scanner stdin = new Scanner(System.in);
        while (stdin.hasNext()) {
            out.println(stdin.next());
        }
        Scanner sc = new Scanner(input());
        int n = sc.nextInt();
        int m = sc.nextInt();
        int[] a = new int[n];
        for (int i = 0; i < n; i++) {
            a[i] = sc.nextInt();
        }
        for (int i = 0; i < m; i++) {
            out.println(sc.nextLong() + sc.nextInt() + sc.nextLong());
        }
        out.println(sc.next() + sc.next() + sc.nextDouble() + sc.nextLine() + sc.hasNextLine());
        out.println(Arrays.toString(a) + new Scanner("1 2").hasNextInt() + new Scanner("true").nextBoolean());
    }

    private static void readers(PrintStream out) throws IOException {
        BufferedReader br = new BufferedReader(new InputStreamReader(input()));
        StringTokenizer st = new StringTokenizer(br.readLine());
        out.println(Integer.parseInt(st.nextToken()) + Long.parseLong(st.nextToken()));
        for (String s : br.readLine().trim().split("\\s+")) {
            out.println(Integer.parseInt(s));
        }
        for (String s : br.readLine().split(" ")) {
            out.println(Integer.valueOf(s));
        }
        out.println(br.lines().map(String::trim).collect(Collectors.joining(",")));
        StreamTokenizer tok = new StreamTokenizer(new BufferedReader(new InputStreamReader(input())));
        tok.nextToken();
        out.println((int) tok.nval);
        out.println(new FastReader(input()).next());
        PrintWriter pw = new PrintWriter(new BufferedWriter(new OutputStreamWriter(out)));
        pw.println(1);
        pw.printf("%d %s%n", 2, "x");
        pw.flush();
        out.println(new String(input().readAllBytes(), StandardCharsets.UTF_8));
        out.println(new BufferedReader(new StringReader("a\nb")).readLine() + new StringWriter());
        new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false).flush();
        new java.io.BufferedOutputStream(System.out).flush();
        new BufferedReader(new InputStreamReader(System.in)).readLine();
        new DataInputStream(System.in).read();
    }

    private static void collections(PrintStream out) {
        List<Integer> list = new ArrayList<>(List.of(3, 1, 2));
        Collections.sort(list);
        list.sort(Comparator.reverseOrder());
        list.sort((x, y) -> x - y);
        list.removeIf(x -> x > 2);
        Collections.addAll(list, 7, 8);
        Collections.reverse(list);
        Collections.swap(list, 0, 1);
        out.println(list + " " + Collections.max(list) + Collections.unmodifiableList(list) + Collections.emptyList());
        Map<String, Integer> map = new HashMap<>();
        for (String w : "a b a c".split(" ")) {
            map.merge(w, 1, Integer::sum);
        }
        map.computeIfAbsent("z", k -> 0);
        map.compute("a", (k, v) -> v == null ? 1 : v + 1);
        map.getOrDefault("q", 0);
        map.putIfAbsent("y", 3);
        for (Map.Entry<String, Integer> e : map.entrySet()) {
            out.println(e.getKey() + "=" + e.getValue());
        }
        map.forEach((k, v) -> out.println(k + v));
        Map<Integer, List<Edge>> graph = new TreeMap<>();
        graph.computeIfAbsent(1, k -> new ArrayList<>()).add(new Edge(2, 7L));
        out.println(((TreeMap<Integer, List<Edge>>) graph).firstEntry() + " " + ((TreeMap<Integer, List<Edge>>) graph).floorKey(5));
        Set<Integer> set = new HashSet<>(list);
        Set<String> sorted = new TreeSet<>(map.keySet());
        Set<Integer> linked = new LinkedHashSet<>(list);
        out.println(set + "" + sorted + linked + ((TreeSet<String>) sorted).ceiling("b"));
        Deque<Integer> deque = new ArrayDeque<>(list);
        deque.push(1);
        deque.addLast(2);
        deque.pollFirst();
        out.println(deque.peekLast());
        Queue<Integer> queue = new LinkedList<>();
        queue.offer(1);
        queue.poll();
        PriorityQueue<Point> heap = new PriorityQueue<>();
        heap.add(new Point(3, 4));
        heap.add(new Point(1, 1));
        out.println(heap.poll());
        PriorityQueue<int[]> rows = new PriorityQueue<>((x, y) -> Integer.compare(x[0], y[0]));
        rows.add(new int[] {2, 1});
        rows.add(new int[] {1, 1});
        PriorityQueue<Edge> edges = new PriorityQueue<>(Comparator.comparingLong(Edge::weight));
        edges.add(new Edge(1, 2));
        PriorityQueue<Edge> others = new PriorityQueue<>(Comparator.comparing(Edge::weight).thenComparing(Edge::to));
        others.add(new Edge(1, 2));
        others.add(new Edge(1, 3));
        LinkedHashMap<Integer, Integer> lru = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Integer> e) {
                return size() > 1;
            }
        };
        lru.put(1, 1);
        lru.put(2, 2);
        BitSet bits = new BitSet(100);
        bits.set(5);
        out.println(bits.cardinality());
        EnumMap<Op, Integer> byOp = new EnumMap<>(Op.class);
        byOp.put(Op.ADD, 1);
        Stack<Integer> stack = new Stack<>();
        stack.push(1);
        stack.pop();
        Iterator<Integer> it = list.iterator();
        it.next();
        it.remove();
        int[] ints = {3, 1, 2};
        Arrays.sort(ints);
        Integer[] boxed = {3, 1, 2};
        Arrays.sort(boxed, Collections.reverseOrder());
        int[][] grid = new int[3][3];
        for (int[] row : grid) {
            Arrays.fill(row, -1);
        }
        Arrays.sort(grid, (x, y) -> x[0] - y[0]);
        Arrays.sort(grid, Comparator.comparingInt(r -> r[0]));
        long[] longs = new long[1000];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = (i * 7919L) % 1000;
        }
        Arrays.sort(longs);
        int[] big = new int[2000];
        for (int i = 0; i < big.length; i++) {
            big[i] = (i * 7919) % 2000;
        }
        Arrays.sort(big);
        out.println(Arrays.binarySearch(ints, 2) + Arrays.hashCode(ints) + Arrays.deepToString(grid) + Arrays.asList(boxed));
        out.println(Arrays.copyOfRange(ints, 0, 2).length + Arrays.stream(ints).sum() + Objects.hash(1, 2));
        out.println(Map.of("a", 1, "b", 2) + "" + Set.of(1, 2, 3) + Optional.of(1));
        out.println(new Random(42).nextInt(10) + new SplittableRandom(1).nextInt(5));
    }

    private static void streams(PrintStream out) {
        out.println(IntStream.rangeClosed(1, 5).filter(i -> i % 2 == 1).map(i -> i * i).sum());
        out.println(IntStream.range(0, 5).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
        out.println(IntStream.range(0, 5).boxed().sorted(Comparator.reverseOrder()).toList());
        out.println(Stream.of("b", "a", "c").sorted().map(String::toUpperCase).collect(Collectors.toList()));
        Map<Integer, Long> byLength = Stream.of("b", "a", "cc").collect(Collectors.groupingBy(String::length, TreeMap::new, Collectors.counting()));
        out.println(byLength);
        out.println(Stream.of("b", "a").collect(Collectors.toMap(Function.identity(), String::length)));
        out.println(Stream.of(1, 2, 3).mapToInt(Integer::intValue).max().getAsInt());
        out.println(Stream.of(1, 2, 3).reduce(0, Integer::sum) + Stream.of(1, 2).mapToLong(Long::valueOf).sum());
        out.println(Stream.iterate(1, x -> x * 2).limit(5).anyMatch(x -> x > 3));
        out.println(LongStream.rangeClosed(1, 3).reduce(1, (x, y) -> x * y));
        out.println(Arrays.stream(new String[] {"1", "2"}).mapToInt(Integer::parseInt).toArray().length);
        out.println(Arrays.stream("3 1 2".split(" ")).map(Integer::parseInt).collect(Collectors.toSet()));
        out.println("abc".chars().mapToObj(c -> (char) c).collect(Collectors.groupingBy(c -> c, Collectors.counting())));
        out.println(Stream.of(1, 2, 3, 4).collect(Collectors.partitioningBy(x -> x > 2)));
        out.println(Stream.of(List.of(1), List.of(2)).flatMap(List::stream).distinct().skip(1).findFirst().orElse(0));
        out.println(Stream.of(new Point(1, 2)).sorted(Comparator.comparing(Point::x).thenComparing(Point::y).reversed()).count());
        Map.of("a", 1, "b", 2).entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(e -> out.println(e.getKey()));
        out.println(IntStream.of(1, 2).average().orElse(0) + IntStream.of(1).summaryStatistics().getMax());
    }

    private static void text(PrintStream out) {
        StringBuilder sb = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            sb.append(i).append(' ').append(1.5).append(7L).append('c').append(true);
        }
        sb.insert(0, "x").reverse().setLength(4);
        sb.deleteCharAt(0).setCharAt(0, 'q');
        out.println(sb);
        out.println(String.format("%d %5d %05d %s %.3f %x %c %b %,d %-5s|%n", 1, 2, 3, "s", 1.5, 255, 'c', true, 1234567L, "l"));
        out.printf("%.2f %d%n", 2.5, 3L);
        out.println("%s".formatted("x") + String.join(",", "a", "b") + "abc".repeat(2) + " x ".strip() + "a,b".split(",").length);
        out.println("Hello".toLowerCase().toUpperCase().replace('l', 'x').replaceAll("[aeiou]", "*").indexOf("x"));
        out.println("abc".contains("b") + "abc".substring(1) + "abc".charAt(0) + new String(new char[] {'a'}) + String.valueOf(1.0));
        Matcher m = Pattern.compile("(\\d+)-(?<name>\\w+)").matcher("12-ab 34-cd");
        while (m.find()) {
            out.println(m.group(1) + m.group("name"));
        }
        char[] cs = "hello".toCharArray();
        Arrays.sort(cs);
        out.println(new String(cs) + "a".compareTo("b") + "é".length() + "a".equals("A") + "abc".hashCode());
        String block = """
                text
                block""";
        out.println(block.lines().count());
        int k = 5;
        String concat = "k=" + k + ", " + 2.5 + 'c' + 7L + true + null + out.hashCode();
        out.println(concat + Character.isDigit('1') + Character.getNumericValue('7') + Integer.toBinaryString(5));
        out.println(Double.toString(0.1) + Float.toString(1.5f) + Double.parseDouble("3.25") + Long.toHexString(255));
    }

    private static void numbers(PrintStream out) {
        BigInteger b = BigInteger.ONE;
        for (int i = 1; i < 30; i++) {
            b = b.multiply(BigInteger.valueOf(i));
        }
        out.println(b + " " + b.mod(BigInteger.valueOf(1_000_000_007L)) + new BigInteger("123").modPow(BigInteger.TWO, BigInteger.TEN));
        out.println(new BigDecimal("1.10").setScale(1, RoundingMode.HALF_UP).add(BigDecimal.ONE).divide(new BigDecimal(3), 5, RoundingMode.HALF_EVEN));
        out.println(Math.sqrt(2) + Math.pow(2, 10) + Math.floorMod(-1, 5) + Math.abs(-1) + Math.max(1, 2) + Math.hypot(3, 4));
        out.println(Integer.bitCount(7) + Long.numberOfTrailingZeros(8) + Integer.MAX_VALUE + Long.compare(1, 2));
        out.println(Integer.toString(255, 16) + Integer.parseInt("ff", 16) + Math.round(2.5) + Math.log(2) + Math.sin(1));
    }

    private static void time(PrintStream out) {
        long start = System.nanoTime();
        out.println(LocalDate.of(2024, 2, 29).plusDays(1) + " " + LocalDateTime.of(2024, 1, 1, 0, 0).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")));
        out.println(Duration.ofSeconds(90) + " " + Instant.ofEpochSecond(0) + LocalDate.parse("2024-01-01").getDayOfWeek());
        out.println(System.currentTimeMillis() + Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private static double area(Shape s) {
        return switch (s) {
            case Circle(double r) -> Math.PI * r * r;
            case Square(double side) when side > 1 -> side * side;
            case Square q -> q.side();
        };
    }

    private static String kind(Object o) {
        return switch (o) {
            case null -> "null";
            case Integer i when i > 10 -> "big" + i;
            case Integer i -> "int" + i;
            case String s -> "string" + s;
            default -> o.getClass().getSimpleName();
        };
    }

    private static void language(PrintStream out) {
        out.println(area(new Circle(1)) + area(new Square(2)) + kind(1) + kind("x") + kind(2.0) + kind(null));
        out.println(new Point(1, 2) + " " + new Point(1, 2).equals(new Point(1, 2)) + new Point(1, 2).hashCode());
        for (Op op : Op.values()) {
            out.println(op.apply(2, 3) + op.name() + Op.valueOf("ADD").ordinal());
        }
        switch ("b") {
            case "a" -> out.println(1);
            case "b" -> out.println(2);
            default -> out.println(3);
        }
        Supplier<List<String>> supplier = ArrayList::new;
        Predicate<String> p = String::isEmpty;
        BinaryOperator<Integer> sum = Integer::sum;
        IntBinaryOperator min = Math::min;
        Function<Integer, Integer> twice = x -> x * 2;
        Runnable r = () -> out.println(supplier.get());
        r.run();
        out.println(p.negate().test("") + "" + sum.apply(1, 2) + min.applyAsInt(1, 2) + twice.andThen(x -> x + 1).compose((Integer x) -> x - 1).apply(3));
        Object o = new int[0].clone();
        if (o instanceof int[] ints && ints.length == 0) {
            out.println("none");
        }
        out.println(Runtime.getRuntime().availableProcessors() + Runtime.getRuntime().totalMemory());
        out.println(Objects.requireNonNullElse(null, "x") + System.getProperty("java.version") + System.lineSeparator());
    }

    private static void failures(PrintStream out) {
        try {
            out.println(new int[1][0][new Random().nextInt(1)]);
        } catch (ArrayIndexOutOfBoundsException e) {
            e.printStackTrace(out);
        }
        try {
            Object o = null;
            out.println(o.toString());
        } catch (NullPointerException e) {
            out.println(e.getMessage());
        }
        try {
            out.println(Integer.parseInt("x"));
        } catch (NumberFormatException e) {
            StringWriter sw = new StringWriter();
            e.printStackTrace(new PrintWriter(sw));
            out.println(sw);
        }
        try {
            throw new IllegalStateException("outer", new RuntimeException("inner"));
        } catch (IllegalStateException e) {
            e.printStackTrace(out);
        }
    }

    private static void concurrency(PrintStream out) throws Exception {
        Thread t = new Thread(() -> out.println("thread"));
        t.start();
        t.join();
        Thread big = new Thread(null, () -> out.println("big"), "solver", 1 << 26);
        big.start();
        big.join();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Future<Integer> f = pool.submit(() -> 1);
        out.println(f.get() + pool.invokeAll(List.of(() -> 1, () -> 2)).size());
        pool.shutdown();
        pool.awaitTermination(1, TimeUnit.SECONDS);
        out.println(CompletableFuture.supplyAsync(() -> 1).thenApply(x -> x + 1).thenCombine(CompletableFuture.completedFuture(2), Integer::sum).get());
        out.println(ForkJoinPool.commonPool().invoke(new RecursiveTask<Integer>() {
            @Override
            protected Integer compute() {
                return 1;
            }
        }));
        Thread.ofVirtual().start(() -> out.println("virtual")).join();
        ConcurrentHashMap<String, AtomicInteger> counts = new ConcurrentHashMap<>();
        counts.computeIfAbsent("a", k -> new AtomicInteger()).incrementAndGet();
        AtomicLong al = new AtomicLong();
        al.addAndGet(1);
        ReentrantLock lock = new ReentrantLock();
        Condition cond = lock.newCondition();
        lock.lock();
        try {
            cond.signalAll();
        } finally {
            lock.unlock();
        }
        new ReentrantReadWriteLock().readLock().lock();
        BlockingQueue<Integer> q = new LinkedBlockingQueue<>();
        q.put(1);
        q.take();
        new ArrayBlockingQueue<Integer>(1).offer(1);
        CountDownLatch latch = new CountDownLatch(1);
        latch.countDown();
        latch.await();
        Semaphore s = new Semaphore(1);
        s.acquire();
        s.release();
        synchronized (out) {
            out.notifyAll();
        }
        out.println(IntStream.range(0, 100).parallel().sum() + ThreadLocalRandom.current().nextInt(1));
        Thread.sleep(1);
    }
}
