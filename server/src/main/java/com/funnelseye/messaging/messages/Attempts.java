package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.whatsapp.GraphError;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.StatusReported;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What became of every try at WhatsApp.
@Repository
class Attempts {

    /// Which attempt of which message an event is about.
    record Match(UUID eventId, UUID attemptId, UUID messageId) {}

    private final JdbcClient jdbc;

    Attempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Answers whether that is news.
    boolean accepted(UUID attemptId, String wamid) {
        return jdbc.sql("UPDATE attempt SET outcome = 'ACCEPTED', wamid = :wamid WHERE id = :id AND outcome <>"
                                + " 'ACCEPTED'")
                        .param("id", attemptId)
                        .param("wamid", wamid)
                        .update()
                == 1;
    }

    /// Several at once, in the order of their ids.
    void accepted(SortedMap<UUID, String> wamids) {
        jdbc.sql("""
            WITH answer AS (
                SELECT attempt.id, told.wamid
                  FROM unnest(:ids::uuid[], :wamids::text[]) AS told (id, wamid)
                  JOIN attempt ON attempt.id = told.id
                 WHERE attempt.outcome <> 'ACCEPTED'
                 ORDER BY attempt.id
                   FOR NO KEY UPDATE OF attempt
            )
            UPDATE attempt
               SET outcome = 'ACCEPTED', wamid = answer.wamid
              FROM answer
             WHERE attempt.id = answer.id
            """)
                .param("ids", wamids.keySet().toArray(UUID[]::new))
                .param("wamids", wamids.values().toArray(String[]::new))
                .update();
    }

    void rejected(UUID attemptId, GraphError error) {
        ended(attemptId, "REJECTED", error.code(), error.title());
    }

    void notSent(UUID attemptId, String cause) {
        ended(attemptId, "NOT_SENT", null, cause);
    }

    void unknown(UUID attemptId, String cause) {
        ended(attemptId, "UNKNOWN", null, cause);
    }

    /// Acceptance is never taken back.
    private void ended(UUID attemptId, String outcome, @Nullable Integer code, String cause) {
        jdbc.sql("""
            UPDATE attempt
               SET outcome = :outcome::attempt_outcome, error_code = :code, cause = :cause
             WHERE id = :id AND outcome IN ('OPEN', 'UNKNOWN')
            """)
                .param("id", attemptId)
                .param("outcome", outcome)
                .param("code", code)
                .param("cause", cause)
                .update();
    }

    /// Finds the attempts that reports are about: by wamid, else by the attempt id they carry. Either way the business
    /// number must be the attempt's own, an attempt that has a wamid answers to no other, and a wamid that has an
    /// attempt belongs to no other.
    List<Match> matching(List<StatusReported> reports) {
        return jdbc.sql("""
            SELECT report.event_id, attempt.id AS attempt_id, attempt.message_id
              FROM unnest(:eventIds::uuid[], :numbers::text[], :wamids::text[], :attemptIds::uuid[])
                   AS report (event_id, phone_number_id, wamid, attempt_id)
              JOIN LATERAL (
                   SELECT id, message_id
                     FROM attempt
                    WHERE phone_number_id = report.phone_number_id AND wamid = report.wamid
                    UNION
                   SELECT id, message_id
                     FROM attempt
                    WHERE id = report.attempt_id AND phone_number_id = report.phone_number_id AND wamid IS NULL
                      AND NOT EXISTS (SELECT FROM attempt AS owner
                                       WHERE owner.phone_number_id = report.phone_number_id
                                         AND owner.wamid = report.wamid)
                   ) AS attempt ON true
            """)
                .param("eventIds", reports.stream().map(StatusReported::id).toArray(UUID[]::new))
                .param(
                        "numbers",
                        reports.stream().map(StatusReported::phoneNumberId).toArray(String[]::new))
                .param("wamids", reports.stream().map(StatusReported::wamid).toArray(String[]::new))
                .param(
                        "attemptIds",
                        reports.stream().map(StatusReported::attemptId).toArray(UUID[]::new))
                .query(Match.class)
                .list();
    }
}
