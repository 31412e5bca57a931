package com.funnelseye.sandbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Files sent by `link`. Like Meta's, the answer says nothing of what the link leads to; unlike Meta, nobody goes there
/// afterwards.
final class MediaRules {

    static final Set<String> TYPES = Set.of("audio", "document", "image", "video");
    static final int LONGEST_CAPTION = 1024;

    private MediaRules() {}

    static SendRequest.Content read(JsonNode root, String type) throws GraphRefusal {
        var media = root.path(type);
        if (!media.isObject()) {
            throw SendRules.invalid(
                    "The parameter " + type + " is required.", "A message of this type needs its " + type + " object.");
        }
        if (media.has("id") && media.has("link")) {
            throw SendRules.invalid(
                    "Param " + type + " must have one of {ID, LINK}", "An id and a link exclude each other.");
        }
        if (media.has("id")) {
            throw SendRules.badValue("The sandbox has no uploaded media, only links.");
        }
        var link = SendRules.requiredText(media, "link", type + "['link']");
        if (!isWebAddress(link)) {
            throw SendRules.badValue(type + "['link'] is not a valid URI.");
        }
        var caption = caption(media, type);
        var filename = type.equals("document") ? optionalText(media, "filename", type) : null;
        return new SendRequest.Content(type, caption == null ? "" : caption, link, filename);
    }

    private static @Nullable String caption(JsonNode media, String type) throws GraphRefusal {
        var caption = optionalText(media, "caption", type);
        if (caption == null) {
            return null;
        }
        if (type.equals("audio")) {
            throw SendRules.invalid("Unexpected key \"caption\" on param \"audio\".", "Audio has no caption.");
        }
        if (caption.codePointCount(0, caption.length()) > LONGEST_CAPTION) {
            throw SendRules.tooLong(type + "['caption']", LONGEST_CAPTION);
        }
        return caption;
    }

    private static @Nullable String optionalText(JsonNode media, String field, String type) throws GraphRefusal {
        return media.has(field) ? SendRules.requiredText(media, field, type + "['" + field + "']") : null;
    }

    private static boolean isWebAddress(String link) {
        try {
            var uri = new URI(link);
            var scheme = String.valueOf(uri.getScheme());
            return uri.getHost() != null && (scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"));
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }
}
