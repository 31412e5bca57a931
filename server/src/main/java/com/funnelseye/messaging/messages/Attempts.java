package com.funnelseye.messaging.messages;

import static java.util.stream.Collectors.toMap;

import com.funnelseye.messaging.whatsapp.GraphError;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.StatusReported;
import java.util.List;
import java.util.Map;
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

    /// Attempt → the wamid WhatsApp gave it. Answers the wamids that are news. Rows are locked by id.
    List<String> accepted(Map<UUID, String> wamids) {
        return jdbc.sql("""
            WITH told AS (
                SELECT id, wamid
                  FROM unnest(:ids::uuid[], :wamids::text[]) AS told (id, wamid)
            ), news AS (
                SELECT attempt.id, told.wamid
                  FROM attempt
                  JOIN told ON told.id = attempt.id
                 WHERE attempt.outcome <> 'ACCEPTED'
                 ORDER BY attempt.id
                   FOR NO KEY UPDATE OF attempt
            )
            UPDATE attempt
               SET outcome = 'ACCEPTED', wamid = news.wamid
              FROM news
             WHERE attempt.id = news.id AND attempt.outcome <> 'ACCEPTED'
            RETURNING attempt.wamid
            """)
                .param("ids", wamids.keySet().toArray(UUID[]::new))
                .param("wamids", wamids.values().toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /// Those attempts that reports name although another business number made them, with that number.
    Map<UUID, String> ofAnotherNumber(List<StatusReported> reports) {
        record Foreign(UUID attemptId, String phoneNumberId) {}
        return jdbc
                .sql("""
                    SELECT attempt.id AS attempt_id, report.phone_number_id
                      FROM unnest(:attemptIds::uuid[], :numbers::text[]) AS report (attempt_id, phone_number_id)
                      JOIN attempt ON attempt.id = report.attempt_id
                                  AND attempt.phone_number_id <> report.phone_number_id
                    """)
                .param(
                        "attemptIds",
                        reports.stream().map(StatusReported::attemptId).toArray(UUID[]::new))
                .param(
                        "numbers",
                        reports.stream().map(StatusReported::phoneNumberId).toArray(String[]::new))
                .query(Foreign.class)
                .list()
                .stream()
                .collect(toMap(Foreign::attemptId, Foreign::phoneNumberId, (first, _) -> first));
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
