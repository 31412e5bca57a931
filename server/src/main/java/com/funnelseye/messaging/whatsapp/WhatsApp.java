package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.whatsapp.Answer.Lost;
import com.funnelseye.messaging.whatsapp.Answer.NotSent;
import com.funnelseye.messaging.whatsapp.Answer.Received;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/// The Cloud API: one call each, never repeated by itself, answered with what is known afterwards. Never called inside
/// a transaction.
@Service
public class WhatsApp {

    /// No call takes longer. A lease on a message being sent must exceed it.
    public static final Duration SEND_DEADLINE = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(WhatsApp.class);
    private static final String HEALTH_FIELDS =
            "fields=verified_name,display_phone_number,quality_rating,status,throughput";

    private final GraphClient graph;
    private final String number;

    WhatsApp(WhatsAppAccount account, GraphClient graph) {
        this.graph = graph;
        this.number = account.phoneNumberId();
    }

    /// Calls at the same time; more of them wait for a connection.
    public int concurrency() {
        return graph.maxConnections();
    }

    public SendResult send(Outgoing outgoing) {
        var start = System.nanoTime();
        var result = resultOf(graph.post(number + "/messages", OutgoingJson.of(outgoing)));
        logFailure(outgoing, result, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    /// Marks this message and all earlier ones of its thread as read: the two blue ticks.
    public MarkReadResult markRead(String wamid) {
        return switch (graph.post(number + "/messages", OutgoingJson.markRead(wamid))) {
            case NotSent(var cause) -> notMarked(MarkReadResult.TRY_LATER, cause);
            case Lost(var cause) -> notMarked(MarkReadResult.TRY_LATER, cause);
            case Received received -> markedBy(received);
        };
    }

    /// Asks WhatsApp about the business number: spends nothing and reaches no customer.
    public Health check() {
        return switch (graph.get(number, HEALTH_FIELDS)) {
            case NotSent(var cause) -> new Health.Unreachable(cause);
            case Lost(var cause) -> new Health.Unreachable(cause);
            case Received received -> healthIn(received);
        };
    }

    private static SendResult resultOf(Answer answer) {
        return switch (answer) {
            case NotSent(var cause) -> new SendResult.NotSent(cause);
            case Lost(var cause) -> new SendResult.Ambiguous(cause, null);
            case Received received ->
                accepted(received)
                        .or(() -> received.error().map(error -> Verdict.on(error, received.pause())))
                        .orElseGet(() -> new SendResult.Ambiguous(received.unreadable(), null));
        };
    }

    private static Optional<SendResult> accepted(Received received) {
        return received.json().filter(_ -> received.isSuccess()).flatMap(body -> {
            var wamid = GraphJson.id(body.path("messages").path(0).path("id"));
            var waId = GraphJson.id(body.path("contacts").path(0).path("wa_id"));
            return Optional.ofNullable(wamid).map(id -> new SendResult.Accepted(id, waId));
        });
    }

    private static MarkReadResult markedBy(Received received) {
        return received.error()
                .map(error -> notMarked(resultOf(error), "WhatsApp error %d".formatted(error.code())))
                .orElseGet(() -> received.isSuccess() && received.json().isPresent()
                        ? MarkReadResult.DONE
                        : notMarked(MarkReadResult.TRY_LATER, received.unreadable()));
    }

    private static MarkReadResult resultOf(GraphError error) {
        return Verdict.on(error, null) instanceof SendResult.Rejected
                ? MarkReadResult.REFUSED
                : MarkReadResult.TRY_LATER;
    }

    /// Not worth more than this line: the customer's blue ticks come late or never.
    private static MarkReadResult notMarked(MarkReadResult result, String cause) {
        log.warn("Not marked as read: {} {}", result, cause);
        return result;
    }

    private static Health healthIn(Received received) {
        var error = received.error();
        if (error.isPresent()) {
            return new Health.Refused(error.get());
        }
        return received.json()
                .filter(_ -> received.isSuccess())
                .map(WhatsApp::up)
                .orElseGet(() -> new Health.Unreachable(received.unreadable()));
    }

    private static Health up(JsonNode number) {
        return new Health.Up(
                GraphJson.text(number.path("verified_name")),
                GraphJson.text(number.path("display_phone_number")),
                GraphJson.text(number.path("quality_rating")),
                GraphJson.text(number.path("status")),
                GraphJson.text(number.path("throughput").path("level")));
    }

    /// Once per failed call, here; Meta's support asks for the trace id.
    private static void logFailure(Outgoing outgoing, SendResult result, Duration duration) {
        switch (result) {
            case SendResult.Accepted _ -> {}
            case SendResult.NotSent(var cause) -> logFailure("not sent", cause, null, outgoing, duration);
            case SendResult.Ambiguous(var cause, var error) ->
                logFailure("ambiguous", cause, error, outgoing, duration);
            case SendResult.Later later ->
                logFailure("later", later.reason().name(), later.error(), outgoing, duration);
            case SendResult.Held(var error) -> logFailure("held", error.title(), error, outgoing, duration);
            case SendResult.Rejected(var error) -> logFailure("rejected", error.title(), error, outgoing, duration);
            case SendResult.ChannelDown(var error) ->
                logFailure("channel down", error.title(), error, outgoing, duration);
        }
    }

    private static void logFailure(
            String outcome, String cause, @Nullable GraphError error, Outgoing outgoing, Duration duration) {
        log.warn(
                "Send {}: {} attempt.id={} graph.code={} graph.trace={} duration_ms={}",
                outcome,
                cause,
                outgoing.attemptId(),
                error == null ? null : error.code(),
                error == null ? null : error.traceId(),
                duration.toMillis());
    }
}
