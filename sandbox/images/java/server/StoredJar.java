import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs classes into a jar without compressing them, which starts fastest. */
final class StoredJar {
    private StoredJar() {}

    /** The same classes give the same bytes. */
    static byte[] of(Map<String, byte[]> classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 << 10);
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> c : classes.entrySet()) {
                CRC32 crc = new CRC32();
                crc.update(c.getValue());
                ZipEntry e = new ZipEntry(c.getKey().replace('.', '/') + ".class");
                e.setMethod(ZipEntry.STORED);
                e.setSize(c.getValue().length);
                e.setCrc(crc.getValue());
                e.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
                zip.putNextEntry(e);
                zip.write(c.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
