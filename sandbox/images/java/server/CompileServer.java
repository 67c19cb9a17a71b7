import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiler that stays warm: it reads sources on standard input and answers
 * with a jar on standard output, one request after the other.
 *
 * <p>It never runs what it compiles, nor annotation processors. A source can
 * make it slow, or make it run out of memory, which ends the process; the
 * caller then starts another one.
 *
 * <p>The protocol, all integers 32-bit big-endian:
 *
 * <pre>
 * at start  0x06 once it is warm
 * request   files; per file: name length, name, content length, content;
 *           how many of the last files are the driver's
 * answer    status (1 byte), main class length, main class,
 *           diagnostics length, diagnostics, jar length, jar
 * </pre>
 *
 * Exit codes: 0 at the end of its input, 3 out of memory, 4 malformed request.
 */
public final class CompileServer {
    static final int READY = 6;
    static final int MALFORMED = 4;

    static final int MAX_FILES = 64;
    static final int MAX_NAME = 256;
    static final int MAX_CONTENT = 4 << 20;

    /** Deep but honest nesting compiles; a bomb is told that it is one. */
    private static final long STACK = 96L << 20;

    private CompileServer() {}

    public static void main(String[] args) throws Exception {
        // Nothing but answers may go to standard output.
        OutputStream raw = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);

        Throwable[] failure = new Throwable[1];
        Thread worker = new Thread(null, () -> {
            try {
                serve(new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in), 1 << 16)), raw);
            } catch (Throwable t) {
                failure[0] = t;
            }
        }, "compile", STACK);
        worker.start();
        worker.join();
        if (failure[0] instanceof MalformedRequest m) {
            System.err.println("compile server: " + m.getMessage());
            System.exit(MALFORMED);
        }
        if (failure[0] != null) {
            failure[0].printStackTrace();
            System.exit(1);
        }
    }

    private static void serve(DataInputStream in, OutputStream raw) throws IOException {
        SourceCompiler compiler = new SourceCompiler();
        WarmUp.run(compiler);
        raw.write(READY);
        raw.flush();
        while (true) {
            Request r = readRequest(in);
            if (r == null) {
                return;
            }
            write(raw, compiler.compile(r.sources, r.drivers));
        }
    }

    private record Request(List<Source> sources, int drivers) {}

    /** Reads one request; null at the end of the input. */
    private static Request readRequest(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        try {
            int count = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            if (count < 1 || count > MAX_FILES) {
                throw new MalformedRequest(count + " files");
            }
            List<Source> sources = new ArrayList<>(count);
            int left = MAX_CONTENT;
            for (int i = 0; i < count; i++) {
                String name = new String(readBytes(in, MAX_NAME), StandardCharsets.UTF_8);
                byte[] content = readBytes(in, left);
                left -= content.length;
                if (name.isEmpty()) {
                    throw new MalformedRequest("a file without a name");
                }
                sources.add(new Source(name, new String(content, StandardCharsets.UTF_8)));
            }
            int drivers = in.readInt();
            if (drivers < 0 || drivers > count) {
                throw new MalformedRequest(drivers + " files of the driver among " + count);
            }
            return new Request(sources, drivers);
        } catch (EOFException e) {
            throw new MalformedRequest("cut short");
        }
    }

    private static byte[] readBytes(DataInputStream in, int max) throws IOException {
        int n = in.readInt();
        if (n < 0 || n > max) {
            throw new MalformedRequest("a length of " + n + " where at most " + max + " is allowed");
        }
        byte[] b = new byte[n];
        in.readFully(b);
        return b;
    }

    private static void write(OutputStream raw, Answer a) throws IOException {
        byte[] main = a.mainClass().getBytes(StandardCharsets.UTF_8);
        byte[] diagnostics = a.diagnostics().getBytes(StandardCharsets.UTF_8);
        DataOutputStream out = new DataOutputStream(raw);
        byte[] head = new byte[1 + 4 + main.length + 4 + diagnostics.length + 4];
        java.nio.ByteBuffer.wrap(head)
                .put((byte) a.status())
                .putInt(main.length).put(main)
                .putInt(diagnostics.length).put(diagnostics)
                .putInt(a.jar().length);
        out.write(head);
        out.write(a.jar());
        out.flush();
    }

    /** The caller does not speak the protocol; the stream cannot be trusted any more. */
    private static final class MalformedRequest extends IOException {
        MalformedRequest(String what) {
            super("malformed request: " + what);
        }
    }
}
