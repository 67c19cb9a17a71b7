@PACKAGE@import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.Boolean;
import java.lang.Character;
import java.lang.Double;
import java.lang.Exception;
import java.lang.ExceptionInInitializerError;
import java.lang.IllegalArgumentException;
import java.lang.IllegalStateException;
import java.lang.Integer;
import java.lang.Long;
import java.lang.Math;
import java.lang.Object;
import java.lang.Runtime;
import java.lang.StackTraceElement;
import java.lang.String;
import java.lang.StringBuilder;
import java.lang.System;
import java.lang.Throwable;
import java.lang.Void;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Runs a solution on the cases of a test, for Docket.
 *
 * <p>It shares its process with the solution, so nothing that it says is trusted; it only has to
 * be right for solutions that leave it alone. It uses no lambdas and no string concatenation on
 * the usual way: their first use costs milliseconds. A solution may have classes of its own whose
 * names are of java.lang; that these are imported by name keeps such classes out of here.
 */
final class DocketMain {
    private static final int FLUSH_AT = 64 << 10;

    /** How long a result may wait for others before it is written, in nanoseconds. */
    private static final long LINGER = 20_000_000;

    private static final String SIGNATURE = @SIGNATURE@;

    private DocketMain() {}

    public static void main(String[] args) {
        OutputStream results;
        InputStream tests;
        try {
            results = moveOutput();
            tests = moveInput();
        } catch (IOException e) {
            System.err.println("docket: " + e.getMessage());
            Runtime.getRuntime().halt(3);
            return;
        }
        Out out = new Out(results);
        try {
            loop(new In(tests), out);
            out.flush();
        } catch (Throwable t) {
            out.whole();
            out.flush();
            explain(t);
            flushPrints();
            Runtime.getRuntime().halt(1);
        }
        flushPrints();
        // Threads that still run end here.
        Runtime.getRuntime().halt(0);
    }

    /**
     * Keeps results apart from prints: they go to the standard output that the process was started
     * with, opened anew; what the solution prints goes to standard error.
     */
    private static OutputStream moveOutput() throws IOException {
        OutputStream results;
        try {
            results = new FileOutputStream("/proc/self/fd/1");
            new FileOutputStream(FileDescriptor.out).close(); // from now on /dev/null
        } catch (IOException e) {
            results = new FileOutputStream(FileDescriptor.out); // a host without /proc
        }
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8));
        return results;
    }

    private static InputStream moveInput() throws IOException {
        InputStream tests;
        try {
            tests = new FileInputStream("/proc/self/fd/0");
            new FileInputStream(FileDescriptor.in).close();
        } catch (IOException e) {
            return new FileInputStream(FileDescriptor.in);
        }
        System.setIn(InputStream.nullInputStream());
        return tests;
    }

    static void flushPrints() {
        System.out.flush();
        System.err.flush();
    }

    /** Prints what ended the solution, with the frames of the solution only. */
    static void explain(Throwable t) {
        if (t instanceof ExceptionInInitializerError && t.getCause() != null) {
            t = t.getCause();
        }
        boolean ours = own(t);
        System.err.print("Exception in thread \"main\" ");
        t.printStackTrace();
        if (ours) {
            System.err.println();
            System.err.println("The result cannot be used. The signature of this problem is:");
            System.err.println();
            System.err.println(SIGNATURE);
        }
    }

    /** Drops the frames of the driver, and reports whether one of them was the last. */
    private static boolean own(Throwable t) {
        boolean ours = strip(t);
        for (int depth = 0; t != null && depth < 16; t = t.getCause(), depth++) {
            if (depth > 0) {
                strip(t);
            }
            for (Throwable aside : t.getSuppressed()) {
                strip(aside);
            }
        }
        return ours;
    }

    private static boolean strip(Throwable t) {
        StackTraceElement[] all = t.getStackTrace();
        int n = all.length;
        while (n > 0 && all[n - 1].getClassName().startsWith(DocketMain.class.getName())) {
            n--;
        }
        if (n < all.length) {
            // What the driver called of the library is not the solution's either.
            int library = n;
            while (library > 0 && all[library - 1].getClassLoaderName() == null) {
                library--;
            }
            n = library == 0 ? 0 : n;
        }
        t.setStackTrace(Arrays.copyOf(all, n));
        return all.length > 0 && n == 0;
    }

    /** A map that was returned, in the order of its keys. */
    static <T> Map<String, T> sorted(Map<String, T> map) {
        for (String key : map.keySet()) {
            if (key == null) {
                throw new IllegalArgumentException("a map that was returned has the key null");
            }
        }
        return new TreeMap<>(map);
    }

@GLUE@
    /** Reads JSON whose types are known; the judge has checked it against the signature. */
    static final class In {
        private final InputStream in;
        private final byte[] buf = new byte[64 << 10];
        private int pos;
        private int end;
        private byte[] text = new byte[256];

        In(InputStream in) {
            this.in = in;
        }

        private boolean fill() {
            try {
                end = in.read(buf, 0, buf.length);
            } catch (IOException e) {
                end = -1;
            }
            pos = 0;
            if (end < 0) {
                end = 0;
                return false;
            }
            return true;
        }

        /** The next byte of a value, or -1 at the end. Commas and colons are passed over. */
        private int peek() {
            while (true) {
                while (pos < end) {
                    byte c = buf[pos];
                    if (c > ',' && c != ':' || c == '"' || c != ',' && c != ' ' && c != '\n' && c != ':' && c != '\t' && c != '\r') {
                        return c & 0xff;
                    }
                    pos++;
                }
                if (!fill()) {
                    return -1;
                }
            }
        }

        private int next() {
            if (pos == end && !fill()) {
                return -1;
            }
            return buf[pos++] & 0xff;
        }

        private void expect(int c) {
            int got = peek();
            if (got != c) {
                throw new IllegalStateException("the input has '" + (char) got + "' in the place of '" + (char) c + "'");
            }
            pos++;
        }

        boolean more() {
            return peek() >= 0;
        }

        void open() {
            expect('[');
        }

        void close() {
            expect(']');
        }

        /** Whether the open array has another element; reads its end when it has none. */
        boolean another() {
            if (peek() != ']') {
                return true;
            }
            pos++;
            return false;
        }

        boolean isNull() {
            if (peek() != 'n') {
                return false;
            }
            skip(4);
            return true;
        }

        private void skip(int n) {
            while (n-- > 0) {
                next();
            }
        }

        long readLong() {
            int c = peek();
            boolean negative = c == '-';
            if (negative) {
                pos++;
            }
            long n = 0;
            while (pos < end || fill()) {
                c = buf[pos];
                if (c < '0' || c > '9') {
                    break;
                }
                n = n * 10 - (c - '0'); // downwards, since the lowest has no opposite
                pos++;
            }
            return negative ? n : -n;
        }

        int readInt() {
            return (int) readLong();
        }

        double readDouble() {
            peek();
            int n = 0;
            while (pos < end || fill()) {
                byte c = buf[pos];
                if ((c < '0' || c > '9') && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E') {
                    break;
                }
                n = put(n, c);
                pos++;
            }
            return Double.parseDouble(new String(text, 0, n, StandardCharsets.ISO_8859_1));
        }

        boolean readBoolean() {
            boolean yes = peek() == 't';
            skip(yes ? 4 : 5);
            return yes;
        }

        private int put(int n, byte c) {
            if (n == text.length) {
                text = Arrays.copyOf(text, 2 * n);
            }
            text[n] = c;
            return n + 1;
        }

        /** Reads a string that is one of some names, and returns which one, or -1. */
        int readName(byte[][] names) {
            expect('"');
            for (int i = 0; i < names.length; i++) {
                byte[] name = names[i];
                int close = pos + name.length;
                if (close < end && buf[close] == '"' && Arrays.equals(buf, pos, close, name, 0, name.length)) {
                    pos = close + 1;
                    return i;
                }
            }
            pos--; // it has escapes, or the buffer ends within it
            byte[] name = readString().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < names.length; i++) {
                if (Arrays.equals(name, names[i])) {
                    return i;
                }
            }
            return -1;
        }

        String readString() {
            expect('"');
            int quote = pos;
            while (quote < end && buf[quote] != '"' && buf[quote] != '\\') {
                quote++;
            }
            if (quote < end && buf[quote] == '"') {
                String s = new String(buf, pos, quote - pos, StandardCharsets.UTF_8);
                pos = quote + 1;
                return s;
            }
            int n = 0;
            StringBuilder escaped = null;
            while (true) {
                int c = next();
                if (c == '"' || c < 0) {
                    String s = new String(text, 0, n, StandardCharsets.UTF_8);
                    return escaped == null ? s : escaped.append(s).toString();
                }
                if (c != '\\') {
                    n = put(n, (byte) c);
                    continue;
                }
                if (escaped == null) {
                    escaped = new StringBuilder();
                }
                escaped.append(new String(text, 0, n, StandardCharsets.UTF_8)).append(escape());
                n = 0;
            }
        }

        /** A token: the index of the call that made it, or its text where another process did. */
        String readToken(Map<Integer, String> made) {
            return peek() == '"' ? readString() : made.get(readInt());
        }

        /** Reads the mark at the end of a call whose token another process is given. */
        boolean handedOn() {
            return peek() != ']' && readBoolean();
        }

        private char escape() {
            int c = next();
            switch (c) {
                case 'b':
                    return '\b';
                case 'f':
                    return '\f';
                case 'n':
                    return '\n';
                case 'r':
                    return '\r';
                case 't':
                    return '\t';
                case 'u':
                    int v = 0;
                    for (int i = 0; i < 4; i++) {
                        v = v << 4 | Character.digit(next(), 16);
                    }
                    return (char) v;
                default:
                    return (char) c;
            }
        }

        void openMap() {
            expect('{');
        }

        /** Reads the key of a member that is not in the map yet. */
        String readKey(Map<String, ?> map) {
            String key = readString();
            if (map.containsKey(key)) {
                throw new IllegalStateException("the input has the key '" + key + "' twice");
            }
            return key;
        }

        boolean anotherKey() {
            if (peek() != '}') {
                return true;
            }
            pos++;
            return false;
        }

        int[] readInts() {
            int[] a = new int[16];
            int n = 0;
            open();
            // One loop over the bytes, which is compiled while it runs.
            int value = 0;
            boolean negative = false;
            boolean digits = false;
            while (pos < end || fill()) {
                byte[] b = buf;
                int p = pos;
                int e = end;
                while (p < e) {
                    int c = b[p++];
                    if (c >= '0' && c <= '9') {
                        value = value * 10 - (c - '0');
                        digits = true;
                        continue;
                    }
                    if (digits) {
                        if (n == a.length) {
                            a = Arrays.copyOf(a, 2 * n);
                        }
                        a[n++] = negative ? value : -value;
                        value = 0;
                        digits = false;
                        negative = false;
                    }
                    if (c == '-') {
                        negative = true;
                    } else if (c == ']') {
                        pos = p;
                        return n == a.length ? a : Arrays.copyOf(a, n);
                    }
                }
                pos = p;
            }
            throw new IllegalStateException("the input ends within an array");
        }

        long[] readLongs() {
            long[] a = new long[16];
            int n = 0;
            open();
            while (another()) {
                if (n == a.length) {
                    a = Arrays.copyOf(a, 2 * n);
                }
                a[n++] = readLong();
            }
            return n == a.length ? a : Arrays.copyOf(a, n);
        }

        double[] readDoubles() {
            double[] a = new double[16];
            int n = 0;
            open();
            while (another()) {
                if (n == a.length) {
                    a = Arrays.copyOf(a, 2 * n);
                }
                a[n++] = readDouble();
            }
            return n == a.length ? a : Arrays.copyOf(a, n);
        }

        boolean[] readBooleans() {
            boolean[] a = new boolean[16];
            int n = 0;
            open();
            while (another()) {
                if (n == a.length) {
                    a = Arrays.copyOf(a, 2 * n);
                }
                a[n++] = readBoolean();
            }
            return n == a.length ? a : Arrays.copyOf(a, n);
        }
    }

    /** Writes JSON. */
    static final class Out {
        private final OutputStream out;
        private byte[] buf = new byte[FLUSH_AT + 4096];
        private int n;
        private int mark; // where the result of the case under way begins
        private boolean failed;

        Out(OutputStream out) {
            this.out = out;
        }

        void begin() {
            mark = n;
        }

        /** Drops the beginning of a result that was never finished. */
        void whole() {
            n = Math.min(n, mark);
        }

        /** Nobody is there to be told of a failure: a result that does not arrive is missing. */
        void flush() {
            try {
                if (!failed) {
                    out.write(buf, 0, n);
                }
            } catch (IOException e) {
                failed = true;
            }
            n = 0;
            mark = 0;
        }

        void raw(int c) {
            if (n == buf.length) {
                buf = Arrays.copyOf(buf, 2 * n);
            }
            buf[n++] = (byte) c;
            if (n >= FLUSH_AT) {
                flush();
            }
        }

        private void ascii(String s) {
            int length = s.length();
            if (n + length > buf.length) {
                buf = Arrays.copyOf(buf, Math.max(2 * buf.length, n + length));
            }
            for (int i = 0; i < length; i++) {
                buf[n++] = (byte) s.charAt(i);
            }
        }

        void separate(int index) {
            if (index > 0) {
                raw(',');
            }
        }

        void writeNull() {
            ascii("null");
        }

        void write(long v) {
            if (v < 0) {
                if (v == Long.MIN_VALUE) {
                    ascii("-9223372036854775808");
                    return;
                }
                raw('-');
                v = -v;
            }
            if (n + 20 > buf.length) {
                buf = Arrays.copyOf(buf, 2 * buf.length);
            }
            int digits = 1;
            for (long rest = v / 10; rest > 0; rest /= 10) {
                digits++;
            }
            n += digits;
            for (int i = n - 1; digits > 0; i--, digits--) {
                buf[i] = (byte) ('0' + v % 10);
                v /= 10;
            }
        }

        void write(double v) {
            if (Double.isFinite(v)) {
                ascii(Double.toString(v));
            } else {
                write(Double.toString(v)); // JSON has no name for it, so it is wrong everywhere
            }
        }

        void write(boolean v) {
            ascii(v ? "true" : "false");
        }

        void write(String s) {
            if (s == null) {
                writeNull();
                return;
            }
            raw('"');
            boolean plain = true;
            int length = s.length();
            for (int i = 0; i < length && plain; i++) {
                char c = s.charAt(i);
                plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\';
            }
            if (plain) {
                ascii(s);
            } else {
                escaped(s);
            }
            raw('"');
        }

        /** Writes a text that another process is given, and null for all others. */
        void writeToken(String s, boolean handedOn) {
            if (!handedOn) {
                writeNull();
            } else {
                write(s);
            }
        }

        /** Half of a surrogate pair is written as its escape: the judge says what is wrong with it. */
        private void escaped(String s) {
            int begin = 0;
            for (int i = 0; i < s.length(); i++) {
                char c = s.charAt(i);
                if (!Character.isSurrogate(c)) {
                    continue;
                }
                if (i + 1 < s.length() && Character.isSurrogatePair(c, s.charAt(i + 1))) {
                    i++;
                    continue;
                }
                unicode(s.substring(begin, i));
                ascii("\\u");
                ascii(Integer.toHexString(c));
                begin = i + 1;
            }
            unicode(s.substring(begin));
        }

        private void unicode(String s) {
            for (byte b : s.getBytes(StandardCharsets.UTF_8)) {
                if (b == '"' || b == '\\') {
                    raw('\\');
                    raw(b);
                } else if (b == '\n') {
                    ascii("\\n");
                } else if (b >= 0 && b < ' ') {
                    ascii("\\u00");
                    raw(Character.forDigit(b >> 4, 16));
                    raw(Character.forDigit(b & 15, 16));
                } else {
                    raw(b);
                }
            }
        }

        void write(int[] a) {
            raw('[');
            for (int i = 0; i < a.length; i++) {
                separate(i);
                write((long) a[i]);
            }
            raw(']');
        }

        void write(long[] a) {
            raw('[');
            for (int i = 0; i < a.length; i++) {
                separate(i);
                write(a[i]);
            }
            raw(']');
        }

        void write(double[] a) {
            raw('[');
            for (int i = 0; i < a.length; i++) {
                separate(i);
                write(a[i]);
            }
            raw(']');
        }

        void write(boolean[] a) {
            raw('[');
            for (int i = 0; i < a.length; i++) {
                separate(i);
                write(a[i]);
            }
            raw(']');
        }
    }
}
