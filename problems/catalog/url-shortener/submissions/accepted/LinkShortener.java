import java.util.HashMap;
import java.util.Map;

/**
 * A link shortener whose links expire. It finds links by code, and those that it made itself by URL. Both maps may hold
 * links that are gone; a link knows that about itself, so neither map has to be told.
 */
public class LinkShortener {
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final class Link {
        final String code;
        final String url;
        int clicks;
        long endMs;

        Link(String code, String url) {
            this.code = code;
            this.url = url;
        }

        void renew(long nowMs) {
            endMs = nowMs + lifetimeMs;
        }
    }

    private final long lifetimeMs;
    private final Map<String, Link> byCode = new HashMap<>();
    private final Map<String, Link> shortened = new HashMap<>();
    private long nextId;

    public LinkShortener(long firstId, long lifetimeMs) {
        this.nextId = firstId;
        this.lifetimeMs = lifetimeMs;
    }

    /** Returns the code of the service's own link to the URL, which is renewed or made. */
    public String shorten(String url, long nowMs) {
        Link link = shortened.get(url);
        if (isGone(link, nowMs)) {
            link = add(freeCode(nowMs), url);
            shortened.put(url, link);
        }
        link.renew(nowMs);
        return link.code;
    }

    /** Makes or renews the link from the alias to the URL and tells whether there is one now. */
    public boolean claim(String alias, String url, long nowMs) {
        Link link = byCode.get(alias);
        if (isGone(link, nowMs)) {
            link = add(alias, url);
        }
        if (!link.url.equals(url)) {
            return false;
        }
        link.renew(nowMs);
        return true;
    }

    /** Counts a click and returns where the code leads to, or null. */
    public String resolve(String code, long nowMs) {
        Link link = byCode.get(code);
        if (isGone(link, nowMs)) {
            return null;
        }
        link.clicks++;
        return link.url;
    }

    /** Tells how often the code was resolved, or -1 when it leads nowhere. */
    public int clicks(String code, long nowMs) {
        Link link = byCode.get(code);
        return isGone(link, nowMs) ? -1 : link.clicks;
    }

    /** Lets the link of the code end now and tells whether there was one. */
    public boolean remove(String code, long nowMs) {
        Link link = byCode.get(code);
        if (isGone(link, nowMs)) {
            return false;
        }
        link.endMs = nowMs;
        return true;
    }

    private Link add(String code, String url) {
        Link link = new Link(code, url);
        byCode.put(code, link);
        return link;
    }

    private static boolean isGone(Link link, long nowMs) {
        return link == null || link.endMs <= nowMs;
    }

    private String freeCode(long nowMs) {
        String code;
        do {
            code = encode(nextId++);
        } while (!isGone(byCode.get(code), nowMs));
        return code;
    }

    private static String encode(long id) {
        var code = new StringBuilder();
        do {
            code.append(DIGITS.charAt((int) (id % 62)));
            id /= 62;
        } while (id > 0);
        return code.reverse().toString();
    }
}
