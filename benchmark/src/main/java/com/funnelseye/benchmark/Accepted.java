package com.funnelseye.benchmark;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What WhatsApp's stand-in has accepted: the ground truth of a run.
///
/// @param to the recipient's digits
/// @param attempt the id a send carries
record Accepted(long number, Instant at, String to, String attempt) {

    static long countOf(Stage stage) throws IOException {
        return stage.sandbox()
                .get("/sandbox/state", "")
                .path("counts")
                .path("accepted")
                .longValue(0);
    }

    /// All above a number, in their order.
    static List<Accepted> after(Stage stage, long number) throws IOException {
        var all = new ArrayList<Accepted>();
        var last = number;
        while (true) {
            var page = stage.sandbox()
                    .get("/sandbox/acceptances?after=" + last, "")
                    .path("acceptances");
            if (page.isEmpty()) {
                return all;
            }
            for (var one : page) {
                last = one.path("number").longValue();
                all.add(new Accepted(
                        last,
                        Instant.parse(one.path("at").stringValue()),
                        one.path("to").stringValue(),
                        one.path("callbackData").stringValue("")));
            }
        }
    }
}
