package com.funnelseye.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/// The customers' phones as a web page: three hand-written files, read once.
final class Page {

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-cache");

    @SuppressWarnings("ArrayRecordComponent")
    private record File(String contentType, byte[] bytes) {}

    private final Map<String, File> files = Map.of(
            "/", read("page.html", "text/html; charset=utf-8"),
            "/page.css", read("page.css", "text/css; charset=utf-8"),
            "/page.js", read("page.js", "text/javascript; charset=utf-8"),
            "/favicon.svg", read("favicon.svg", "image/svg+xml"));

    boolean has(String path) {
        return files.containsKey(path);
    }

    void answer(Exchange exchange) {
        var file = Objects.requireNonNull(files.get(exchange.path()));
        exchange.putAll(HEADERS);
        exchange.answer(200, file.contentType(), file.bytes());
    }

    private static File read(String name, String contentType) {
        try (var resource = Page.class.getResourceAsStream(name)) {
            return new File(contentType, Objects.requireNonNull(resource, name).readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
