import java.net.URI;
import java.net.URISyntaxException;
import javax.tools.SimpleJavaFileObject;

/** A source that lies in memory and may hold a public class of any name. */
final class SourceFile extends SimpleJavaFileObject {
    private final Source source;

    SourceFile(Source source) {
        super(uri(source.name()), Kind.SOURCE);
        this.source = source;
    }

    private static URI uri(String name) {
        try {
            return new URI("memory", null, "/" + name, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    @Override
    public String getName() {
        return source.name();
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        // module-info and package-info keep their meaning by their names.
        return !simpleName.endsWith("-info") || super.isNameCompatible(simpleName, kind);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source.content();
    }
}
