package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.accounts.Caller;
import com.funnelseye.messaging.bulk.Recipients.Again;
import com.funnelseye.messaging.messages.Addressee;
import com.funnelseye.messaging.messages.Batch;
import com.funnelseye.messaging.messages.Batches;
import com.funnelseye.messaging.messages.DraftRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Tries failed recipients again: always with new messages, in a bulk of their own that says the same words.
@Service
class Retries {

    private record Said(
            @Nullable UUID coachId,
            @Nullable String name,
            String draft,
            @Nullable Integer templateVersion,
            int delayMs,
            @Nullable Integer autoPauseAfterFailures) {}

    private static final TypeReference<Map<String, @Nullable String>> VALUES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Bulks bulks;
    private final Recipients recipients;
    private final Batches batches;
    private final Acceptance acceptance;
    private final JsonMapper json;
    private final Clock clock;

    Retries(
            JdbcClient jdbc,
            Bulks bulks,
            Recipients recipients,
            Batches batches,
            Acceptance acceptance,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.bulks = bulks;
        this.recipients = recipients;
        this.batches = batches;
        this.acceptance = acceptance;
        this.json = json;
        this.clock = clock;
    }

    /// Asked twice, nobody is tried twice: the second finds nobody left.
    @Transactional
    public UUID retryFailed(Caller caller, UUID parentId) {
        bulks.byId(caller.scope(), parentId);
        var said = said(parentId);
        var failed = recipients.holdFailed(parentId, clock.instant());
        if (failed.isEmpty()) {
            throw new NothingToRetry();
        }
        var draft = json.readValue(said.draft(), DraftRequest.class);
        var order = new Batch.Order(
                caller,
                said.coachId(),
                draft.draft(),
                said.templateVersion(),
                failed.stream().map(this::addressee).toList());
        var job = new Job(said.name(), draft, said.delayMs(), null, said.autoPauseAfterFailures(), parentId);
        var child = acceptance.accept(batches.requireSendable(order, null), said.coachId(), job);
        recipients.retriedIn(parentId, positionsOf(failed), child);
        return child;
    }

    private Said said(UUID id) {
        return jdbc.sql("""
            SELECT coach_id, name, draft::text AS draft, template_version, delay_ms, auto_pause_after_failures
              FROM bulk
             WHERE id = :id
            """).param("id", id).query(Said.class).single();
    }

    private Addressee addressee(Again again) {
        var parameters = again.parameters();
        return new Addressee(
                again.phone(),
                again.name(),
                again.leadId(),
                parameters == null ? null : json.readValue(parameters, VALUES));
    }

    private static List<Integer> positionsOf(List<Again> failed) {
        return failed.stream().map(Again::position).toList();
    }
}
