package com.funnelseye.messaging.faults;

import com.funnelseye.messaging.faults.Api.Answer;
import com.funnelseye.sandbox.Acceptance;
import com.funnelseye.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What WhatsApp accepted and what clients were told, held against what the database says.
final class Truth {

    private final Rows rows;
    private final Sandbox sandbox;
    private final Map<String, Set<UUID>> told = new ConcurrentHashMap<>();

    Truth(Rows rows, Sandbox sandbox) {
        this.rows = rows;
        this.sandbox = sandbox;
    }

    /// A client with this key got this answer.
    void told(String key, Answer answer) {
        if (answer.isAcknowledged()) {
            told.computeIfAbsent(key, _ -> ConcurrentHashMap.newKeySet()).add(answer.messageId());
        }
    }

    int acknowledged() {
        return told.size();
    }

    /// Until nothing moves by itself any more.
    void settle() {
        try {
            Pause.until("what is due is sent, what is begun is recorded", Duration.ofSeconds(90), this::isQuiet);
            if (!sandbox.awaitIdle(Duration.ofSeconds(60))) {
                throw new AssertionError("webhooks are not taken");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Pause.until("webhooks are applied", Duration.ofSeconds(60), () -> rows.count("""
            SELECT count(*)
              FROM whatsapp_event
              LEFT JOIN attempt USING (phone_number_id, wamid)
             WHERE applied_at IS NULL AND (whatsapp_event.kind <> 'STATUS' OR attempt.id IS NOT NULL)
            """) == 0);
    }

    private boolean isQuiet() {
        return rows.count("SELECT count(*) FROM outbox WHERE state <> 'UNKNOWN' AND due_at < now() + interval '1 day'")
                == 0;
    }

    void check() {
        var faults = faults();
        if (!faults.isEmpty()) {
            throw new AssertionError(String.join("\n", faults));
        }
    }

    /// Every promise that was broken; none, if all is well.
    List<String> faults() {
        var faults = new ArrayList<String>();
        Invariants.broken(rows).forEach((rule, count) -> faults.add("%s: %d".formatted(rule, count)));
        var messages = rows.pairs("SELECT id, message_id FROM attempt");
        var accepted = new TreeMap<String, Long>();
        for (var acceptance : sandbox.acceptances()) {
            var message = messages.get(String.valueOf(acceptance.callbackData()));
            if (message == null) {
                faults.add("accepted, but of no attempt: " + acceptance.callbackData());
            } else {
                accepted.merge(message, 1L, Long::sum);
            }
        }
        compare(accepted, faults);
        keys(faults);
        return faults;
    }

    private void compare(Map<String, Long> accepted, List<String> faults) {
        var resends = rows.pairs("SELECT id, resends_authorised FROM message WHERE resends_authorised > 0");
        accepted.forEach((message, times) -> {
            if (times > 1 + Long.parseLong(resends.getOrDefault(message, "0"))) {
                faults.add("sent %d times: %s".formatted(times, message));
            }
        });
        var ours = new HashSet<>(rows.list("SELECT id::text FROM message WHERE outcome = 'ACCEPTED'"));
        accepted.keySet().stream()
                .filter(message -> !ours.contains(message))
                .forEach(message -> faults.add("WhatsApp has it, we do not know: " + message));
        rows.list("SELECT message_id::text FROM ledger_entry WHERE kind = 'CAPTURE'").stream()
                .filter(message -> !accepted.containsKey(String.valueOf(message)))
                .forEach(message -> faults.add("charged, and WhatsApp never had it: " + message));
    }

    private void keys(List<String> faults) {
        var there = new HashSet<>(rows.list("SELECT id::text FROM message"));
        told.forEach((key, ids) -> {
            if (ids.size() > 1) {
                faults.add("key %s made %s".formatted(key, ids));
            }
            ids.stream()
                    .filter(id -> !there.contains(id.toString()))
                    .forEach(id -> faults.add("acknowledged and missing: " + id));
        });
    }

    long acceptances(String to) {
        return sandbox.acceptances().stream()
                .map(Acceptance::to)
                .filter(to.substring(1)::equals)
                .count();
    }

    /// Calls of WhatsApp for this recipient, whatever came of them.
    long calls(String to) {
        return sandbox.requests().stream()
                .filter(call -> call.request().contains(to.substring(1)))
                .count();
    }
}
