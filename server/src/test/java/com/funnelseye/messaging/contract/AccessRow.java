package com.funnelseye.messaging.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;

/// One endpoint of `contract/access.txt`.
///
/// @param ids name of an id in path, query or body → what kind of thing it names
record AccessRow(HttpMethod method, String url, Audience audience, Map<String, String> ids, String body) {

    private static final Pattern ID = Pattern.compile("(\\w+):(\\w+)");

    enum Audience {
        OPEN,
        ANYONE,
        COACH,
        ADMIN
    }

    static List<AccessRow> all() {
        try {
            return new ClassPathResource("contract/access.txt")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(AccessRow::parse)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static AccessRow parse(String line) {
        var columns = Arrays.stream(line.split("\\|", 4)).map(String::strip).toList();
        var endpoint = columns.getFirst().split("\\s+", 2);
        var ids = new LinkedHashMap<String, String>();
        ID.matcher(columns.get(2)).results().forEach(id -> ids.put(id.group(1), id.group(2)));
        var audience = Audience.valueOf(columns.get(1).toUpperCase(Locale.ROOT));
        return new AccessRow(HttpMethod.valueOf(endpoint[0]), endpoint[1], audience, ids, columns.get(3));
    }

    /// Verb and path, as the endpoints of the server are known by.
    String endpoint() {
        return method + " " + url.replaceFirst("\\?.*", "");
    }

    String urlWith(Map<String, UUID> values) {
        return filled(url, values)
                .replace("{version}", "1")
                .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    }

    String bodyWith(Map<String, UUID> values) {
        return filled(body, values);
    }

    private static String filled(String text, Map<String, UUID> values) {
        var filled = text;
        for (var value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue().toString());
        }
        return filled;
    }
}
