import java.io.Writer;

/** A writer that keeps the first so many bytes of what it is given, as UTF-8 counts them. */
final class Text extends Writer {
    private static final String CUT = "\n[the compiler said more than is kept]\n";

    private final StringBuilder kept = new StringBuilder();
    private int left;
    private boolean cut;

    Text(int maxBytes) {
        left = maxBytes - CUT.length();
    }

    @Override
    public void write(char[] buf, int off, int len) {
        for (int i = off; i < off + len && !cut; i++) {
            char c = buf[i];
            // Half of a surrogate pair counts two of the pair's four bytes.
            int size = c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            if (size > left) {
                cut = true;
            } else {
                left -= size;
                kept.append(c);
            }
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return cut ? kept + CUT : kept.toString();
    }
}
