package com.funnelseye.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `POST /{phone-number-id}/messages`: check the request, let the fault of the moment have its way, answer.
final class MessagesEndpoint {

    /// How long a silent answer keeps its connection, unless the sandbox closes first.
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private static final String EDGE_PAGE = """
        <!DOCTYPE html><html lang="en"><head><title>Error</title></head>
        <body><h1>Sorry, something went wrong.</h1><p>We're working on getting this fixed as soon as we can.</p></body></html>
        """;

    private final String phoneNumberId;
    private final SendRules rules;
    private final Wamids wamids;
    private final Ledger ledger;
    private final Chats chats;
    private final Faults faults;
    private final StatusReports reports;
    private final CountDownLatch closing;

    MessagesEndpoint(
            SandboxOptions options,
            Wamids wamids,
            Ledger ledger,
            Chats chats,
            Faults faults,
            StatusReports reports,
            CountDownLatch closing) {
        this.phoneNumberId = options.phoneNumberId();
        this.rules = new SendRules(options.businessDigits());
        this.wamids = wamids;
        this.ledger = ledger;
        this.chats = chats;
        this.faults = faults;
        this.reports = reports;
        this.closing = closing;
    }

    void answer(Exchange exchange, String body) throws GraphRefusal, InterruptedException {
        switch (rules.read(body, exchange.saysJson())) {
            case SendRequest.Message message -> send(exchange, message, body);
            case SendRequest.MarkAsRead read -> markAsRead(exchange, read, body);
        }
    }

    /// @param id the number that was asked to send, ours or not
    void refused(String id, String body, GraphError error) {
        ledger.called(id, body, null, error.httpStatus(), error.code());
    }

    /// A customer's message that was forgotten for room is still one: only its phone does not show the ticks.
    private void markAsRead(Exchange exchange, SendRequest.MarkAsRead read, String body) {
        chats.find(read.wamid()).ifPresent(message -> chats.readByBusiness(message, read.typing()));
        ledger.called(phoneNumberId, body, null, 200, null);
        exchange.json(200, Json.object().put("success", true));
    }

    private void send(Exchange exchange, SendRequest.Message message, String body)
            throws GraphRefusal, InterruptedException {
        var fault = faults.next(message.to()).orElse(null);
        switch (fault) {
            case null -> normally(exchange, message, body, null);
            case Fault.FailsLater _, Fault.Statuses _ -> normally(exchange, message, body, fault);
            case Fault.Refused(var error) -> throw new GraphRefusal(error);
            case Fault.Html(var status, var accepted) -> {
                record(accepted, message, body, status);
                exchange.answer(status, "text/html; charset=utf-8", EDGE_PAGE.getBytes(StandardCharsets.UTF_8));
            }
            case Fault.Reset(var accepted) -> {
                record(accepted, message, body, 0);
                exchange.reset();
            }
            case Fault.Silence(var accepted) -> {
                record(accepted, message, body, 0);
                pause(SILENCE);
                exchange.reset();
            }
            case Fault.Slow(var delay) -> {
                var wamid = accept(message, body, 200);
                pause(delay);
                exchange.json(200, GraphJson.accepted(message.input(), message.to(), wamid));
            }
            case Fault.Truncated() -> {
                var whole = Json.bytes(GraphJson.accepted(message.input(), message.to(), accept(message, body, 200)));
                exchange.answer(200, Exchange.JSON, Arrays.copyOf(whole, whole.length / 2));
            }
        }
    }

    /// Statuses set out only when the answer is written, so an ordinary client is seldom overtaken by them.
    private void normally(Exchange exchange, SendRequest.Message message, String body, @Nullable Fault fault) {
        var arrived = add(message, body, 200);
        var answer = Json.bytes(GraphJson.accepted(message.input(), message.to(), arrived.wamid()));
        exchange.answer(200, Exchange.JSON, answer, reports.prepare(arrived, fault));
    }

    private void record(boolean accepted, SendRequest.Message message, String body, int httpStatus) {
        if (accepted) {
            accept(message, body, httpStatus);
        } else {
            ledger.called(phoneNumberId, body, null, httpStatus, null);
        }
    }

    private String accept(SendRequest.Message message, String body, int httpStatus) {
        var arrived = add(message, body, httpStatus);
        reports.prepare(arrived, null).run();
        return arrived.wamid();
    }

    private ChatMessage add(SendRequest.Message message, String body, int httpStatus) {
        var acceptance = ledger.accepted(message, wamids.outbound(message.to()), body);
        ledger.called(phoneNumberId, body, acceptance.wamid(), httpStatus, null);
        return chats.arrived(acceptance);
    }

    private void pause(Duration longest) throws InterruptedException {
        var _ = closing.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }
}
