package com.funnelseye.benchmark;

import com.funnelseye.benchmark.People.Coach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `POST /send` in a closed loop: durable (202 at once), and until WhatsApp has accepted it.
final class SendScenario {

    private static final int CLIENTS = 16;
    private static final long WARM_UP = 2_000;

    /// Accepted in the same way, and the sender leaves it alone: only what the caller waits for is measured.
    private final Map<String, String> tomorrow =
            Map.of("scheduledAt", Instant.now().plus(Duration.ofDays(1)).toString());

    private final Stage stage;
    private final List<Coach> coaches;
    private final Arguments arguments;
    private final Report report;

    SendScenario(Stage stage, People people, Arguments arguments, Report report) {
        this.stage = stage;
        this.coaches = people.others();
        this.arguments = arguments;
        this.report = report;
    }

    void run() throws Exception {
        var product = new ArrayList<Measured>();
        var limit = new ArrayList<Measured>();
        warmUp();
        for (var round = 0; round < arguments.rounds(); round++) {
            Quiet.await(stage);
            product.add(measure(client(tomorrow)));
            Quiet.await(stage);
            limit.add(measure(new SendLimit(stage, coaches)));
        }
        var waiting = new ArrayList<Measured>();
        for (var round = 0; round < arguments.rounds(); round++) {
            Quiet.await(stage);
            waiting.add(measure(client(Map.of())));
        }
        tell(Measured.median(product), Measured.median(limit), Measured.median(waiting));
    }

    private void tell(Measured product, Measured limit, Measured waiting) {
        report.cost("POST /send, durable", product);
        report.cost("the same SQL", limit);
        report.cost("POST /send until WhatsApp accepted", waiting);
        var ratio = product.perSecond() / limit.perSecond();
        report.bar(
                "POST /send, durable",
                "%.2f (%,.0f/s of %,.0f/s)".formatted(ratio, product.perSecond(), limit.perSecond()),
                "≥ 0.5 of the same SQL",
                ratio >= 0.5);
    }

    /// Until the server's hot code is compiled, however long that takes.
    private void warmUp() throws Exception {
        for (var done = 0L; done < WARM_UP; ) {
            done += Load.closed(CLIENTS, Duration.ofSeconds(2), client(tomorrow))
                    .done();
            done += Load.closed(CLIENTS, Duration.ofSeconds(2), client(Map.of()))
                    .done();
        }
        Quiet.await(stage);
    }

    private Measured measure(Load.Client client) throws Exception {
        return Measured.of(stage, arguments.length(), length -> Load.closed(CLIENTS, length, client));
    }

    private Load.Client client(Map<String, String> more) {
        return number -> {
            var coach = coaches.get(number % coaches.size());
            var turn = new long[] {number * 101L};
            return () -> {
                var request = new HashMap<String, String>(more);
                request.putAll(Map.of("to", coach.lead(turn[0]++).phone(), "message", "Hello!", "type", "text"));
                var answer =
                        stage.server().exchange(Wire.post("/api/messaging/send", coach.headers(), Door.json(request)));
                if (answer.status() / 100 != 2) {
                    throw new Door.Unexpected(answer.text());
                }
            };
        };
    }
}
