package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.whatsapp.RawEvent.Kind;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class EventRepository {

    private final JdbcClient jdbc;

    EventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(List<RawEvent> events) {
        jdbc.sql("""
            INSERT INTO whatsapp_event (id, kind, phone_number_id, wamid, payload, applied_at)
            SELECT id::uuid, kind::whatsapp_event_kind, phone_number_id, wamid, payload,
                   CASE WHEN kind = 'OTHER' THEN now() END
              FROM unnest(:ids::text[], :kinds::text[], :numbers::text[], :wamids::text[], :payloads::text[])
                AS event (id, kind, phone_number_id, wamid, payload)
            """)
                .param("ids", column(events, event -> event.id().toString()))
                .param("kinds", column(events, event -> event.kind().name()))
                .param("numbers", column(events, RawEvent::phoneNumberId))
                .param("wamids", column(events, RawEvent::wamid))
                .param("payloads", column(events, RawEvent::payload))
                .update();
    }

    List<StoredEvent> due(Kind kind, int limit) {
        return jdbc.sql("""
            SELECT id, payload, received_at
              FROM whatsapp_event
             WHERE kind = :kind::whatsapp_event_kind AND applied_at IS NULL AND due_at <= now()
             ORDER BY due_at, id
             LIMIT :limit
               FOR UPDATE SKIP LOCKED
            """)
                .param("kind", kind.name())
                .param("limit", limit)
                .query(StoredEvent.class)
                .list();
    }

    void applied(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
            UPDATE whatsapp_event
               SET applied_at = now()
             WHERE id = ANY (:ids::uuid[]) AND applied_at IS NULL
            """).param("ids", texts(ids)).update();
    }

    void setAside(UUID id, String problem) {
        jdbc.sql("""
            UPDATE whatsapp_event
               SET applied_at = now(), problem = :problem
             WHERE id = :id AND applied_at IS NULL
            """).param("id", id).param("problem", problem).update();
    }

    /// Seven days: no longer does Meta itself repeat a webhook.
    void park(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
            UPDATE whatsapp_event
               SET tries = tries + 1,
                   due_at = now() + make_interval(secs => least(60, 2 ^ least(tries, 6))),
                   applied_at = CASE WHEN received_at < now() - interval '7 days' THEN now() END,
                   problem = CASE WHEN received_at < now() - interval '7 days' THEN 'unmatched' END
             WHERE id = ANY (:ids::uuid[]) AND applied_at IS NULL
            """).param("ids", texts(ids)).update();
    }

    /// Could not be applied: tried again later, but not for ever.
    void failed(UUID id, String problem, int maxFailures) {
        jdbc.sql("""
            UPDATE whatsapp_event
               SET failures = failures + 1,
                   due_at = now() + make_interval(secs => least(60, 2 ^ least(failures, 6))),
                   applied_at = CASE WHEN failures + 1 >= :max THEN now() END,
                   problem = CASE WHEN failures + 1 >= :max THEN :problem END
             WHERE id = :id AND applied_at IS NULL
            """)
                .param("id", id)
                .param("max", maxFailures)
                .param("problem", problem)
                .update();
    }

    /// Events with ids below `bound`, oldest first; what is still to be applied stays.
    int forget(UUID bound, int limit) {
        return jdbc.sql("""
            DELETE FROM whatsapp_event
             WHERE id IN (SELECT id FROM whatsapp_event WHERE id < :bound AND applied_at IS NOT NULL ORDER BY id LIMIT :limit)
            """).param("bound", bound).param("limit", limit).update();
    }

    /// Passes over events that are being read at this moment: waiting for them could be a deadlock, since their reader
    /// may be waiting for the caller's message. It parks them, and they come up again a second later.
    int wake(Collection<String> wamids) {
        if (wamids.isEmpty()) {
            return 0;
        }
        return jdbc.sql("""
            WITH parked AS (
                SELECT id
                  FROM whatsapp_event
                 WHERE wamid = ANY (:wamids::text[]) AND applied_at IS NULL AND due_at > now()
                   FOR UPDATE SKIP LOCKED
            )
            UPDATE whatsapp_event
               SET due_at = now()
              FROM parked
             WHERE whatsapp_event.id = parked.id
            """).param("wamids", wamids.toArray(String[]::new)).update();
    }

    /// What of the events is personal goes; that they came stays.
    void forget(Collection<UUID> ids) {
        jdbc.sql("UPDATE whatsapp_event SET payload = '{}', wamid = erased_wamid(wamid) WHERE id = ANY (:ids::uuid[])")
                .param("ids", texts(ids))
                .update();
    }

    /// Those that are due are left to their readers.
    void forget(Collection<String> wamids, Collection<String> mentions) {
        jdbc.sql("""
            UPDATE whatsapp_event
               SET payload = '{}', wamid = erased_wamid(wamid)
             WHERE applied_at IS NOT NULL AND wamid = ANY (:wamids::text[])
            """).param("wamids", wamids.toArray(String[]::new)).update();
        jdbc.sql("""
            UPDATE whatsapp_event
               SET payload = '{}', wamid = erased_wamid(wamid)
             WHERE (kind = 'OTHER' OR problem IS NOT NULL)
               AND EXISTS (SELECT FROM unnest(:mentions::text[]) AS mention WHERE position(mention IN payload) > 0)
            """).param("mentions", mentions.toArray(String[]::new)).update();
    }

    private static @Nullable String[] column(List<RawEvent> events, Function<RawEvent, @Nullable String> value) {
        return events.stream().map(value).toArray(String[]::new);
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
