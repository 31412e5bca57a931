package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.http.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file on the public web. WhatsApp fetches it; this server never does, so its address is judged by its letters
/// alone.
///
/// @param filename what a document is called; null for other kinds
record MediaLink(MessageType kind, String url, @Nullable String filename) {

    static final int MAX_URL_CHARS = 2048;
    private static final int MAX_FILENAME_CHARS = 240;
    private static final String FIELD = "mediaUrl";

    /// The kinds of files WhatsApp takes, by the last letters of their names.
    private static final Map<MessageType, Set<String>> EXTENSIONS = Map.of(
            MessageType.IMAGE, Set.of("jpg", "jpeg", "png"),
            MessageType.VIDEO, Set.of("mp4", "3gp", "3gpp"),
            MessageType.AUDIO, Set.of("aac", "amr", "mp3", "m4a", "ogg", "opus"),
            MessageType.DOCUMENT, Set.of("pdf", "txt", "csv", "doc", "docx", "xls", "xlsx", "ppt", "pptx"));

    /// A name of at least two labels whose last is no number: neither `localhost` nor an address in any notation.
    private static final Pattern PUBLIC_NAME =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /// Names that mean something only inside somebody's own network (RFC 6761, RFC 6762, RFC 8375 and common use).
    private static final Set<String> PRIVATE_ENDINGS = Set.of(
            "localhost",
            "localdomain",
            "local",
            "internal",
            "intranet",
            "private",
            "corp",
            "home",
            "lan",
            "arpa",
            "invalid",
            "onion");

    /// @param type the request's own word for what it is, if it has one
    static MediaLink parse(String given, @Nullable String type) {
        var uri = uri(given.strip());
        requirePublic(uri);
        var filename = filename(uri);
        var kind = kind(filename, type);
        return new MediaLink(kind, uri.toASCIIString(), kind == MessageType.DOCUMENT ? shortened(filename) : null);
    }

    private static URI uri(String given) {
        if (given.length() > MAX_URL_CHARS) {
            throw Refusal.invalid(FIELD, "mediaUrl must be at most %d characters".formatted(MAX_URL_CHARS));
        }
        try {
            return new URI(given);
        } catch (URISyntaxException notAnAddress) {
            throw notPublic();
        }
    }

    private static void requirePublic(URI uri) {
        var host = uri.getHost();
        if (!"https".equalsIgnoreCase(uri.getScheme()) || host == null || uri.getRawUserInfo() != null) {
            throw notPublic();
        }
        var name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        var ending = name.substring(name.lastIndexOf('.') + 1);
        if (name.length() > 253 || !PUBLIC_NAME.matcher(name).matches() || PRIVATE_ENDINGS.contains(ending)) {
            throw notPublic();
        }
    }

    private static String filename(URI uri) {
        var path = uri.getPath() == null ? "" : uri.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Anything may go as a document; otherwise what the request calls it must be what its name says.
    private static MessageType kind(String filename, @Nullable String type) {
        var extension = filename.substring(filename.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        var named = EXTENSIONS.entrySet().stream()
                .filter(kind -> filename.contains(".") && kind.getValue().contains(extension))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        FIELD, "mediaUrl must end in the name of a file WhatsApp can show, such as photo.jpg"));
        return switch (type == null ? "media" : type) {
            case "text", "template", "media" -> named;
            case "image", "video", "audio" -> {
                if (!named.name().equalsIgnoreCase(type)) {
                    throw Refusal.invalid(FIELD, "mediaUrl is not of type " + type);
                }
                yield named;
            }
            case "document" -> MessageType.DOCUMENT;
            default ->
                throw Refusal.invalid("type", "type must be text, template, image, video, audio, document or media");
        };
    }

    private static String shortened(String filename) {
        var name = filename.replaceAll("\\p{Cntrl}", "");
        return name.length() <= MAX_FILENAME_CHARS ? name : name.substring(name.length() - MAX_FILENAME_CHARS);
    }

    private static Refusal notPublic() {
        return Refusal.invalid(FIELD, "mediaUrl must be a public https address");
    }
}
