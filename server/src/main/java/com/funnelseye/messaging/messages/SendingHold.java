package com.funnelseye.messaging.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.alerts.Alert.Kind;
import com.funnelseye.messaging.alerts.Alerts;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.http.Refusal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// After a backup was restored, or an asynchronous standby promoted, this database may have forgotten sends. Then no
/// open message may go out by itself: each becomes unconfirmed, and nothing is begun until an operator says so.
@Service
class SendingHold {

    private static final Logger log = LoggerFactory.getLogger(SendingHold.class);

    /// @param since null while nothing is held
    record Hold(
            @JsonProperty("held") boolean isHeld, @Nullable Instant since) {}

    private final JdbcClient jdbc;
    private final Alerts alerts;
    private final Audit audit;

    SendingHold(JdbcClient jdbc, Alerts alerts, Audit audit) {
        this.jdbc = jdbc;
        this.alerts = alerts;
        this.audit = audit;
    }

    /// A hold that lasts is not begun again: what was accepted since then is known not to be sent.
    @Transactional
    public void begin() {
        var begun = jdbc.sql("INSERT INTO sending_hold DEFAULT VALUES ON CONFLICT DO NOTHING")
                .update();
        if (begun == 0) {
            return;
        }
        var doubtful = loseSightOfAll();
        alerts.raise(
                Kind.SENDING_HELD,
                "sending",
                "Nothing is sent until an operator releases it; unconfirmed since then: " + doubtful);
        log.warn("Sending is held: messages={}", doubtful);
    }

    Hold state() {
        return jdbc.sql("SELECT true AS is_held, since FROM sending_hold")
                .query(Hold.class)
                .optional()
                .orElse(new Hold(false, null));
    }

    /// New messages go out again. Those the hold found stay unconfirmed, each for an operator to decide.
    @Transactional
    public Hold release(Admin admin, String reason) {
        if (jdbc.sql("DELETE FROM sending_hold").update() == 0) {
            throw new Refusal(HttpStatus.CONFLICT, "NOT_HELD", "Sending is not held", "Conflict");
        }
        alerts.clear(Kind.SENDING_HELD, "sending");
        audit.record(
                admin,
                "sending.released",
                new Subject("sending", null),
                Map.of("held", true),
                Map.of("held", false, "reason", reason));
        return state();
    }

    /// What waits may have been begun in the time that was lost: an attempt nobody remembers stands for that.
    private int loseSightOfAll() {
        jdbc.sql("""
            UPDATE attempt
               SET outcome = 'UNKNOWN', cause = 'sending held'
              FROM outbox
             WHERE attempt.id = outbox.attempt_id AND outbox.state = 'SENDING' AND attempt.outcome = 'OPEN'
            """).update();
        return jdbc.sql("""
            WITH doubtful AS (
                SELECT message_id, CASE state WHEN 'QUEUED' THEN gen_random_uuid() ELSE attempt_id END AS attempt_id,
                       state = 'QUEUED' AS forgotten
                  FROM outbox
                 WHERE state <> 'UNKNOWN'
                   FOR UPDATE
            ), remembered AS (
                INSERT INTO attempt (id, message_id, n, phone_number_id, outcome, cause)
                SELECT doubtful.attempt_id, message.id,
                       (SELECT count(*) + 1 FROM attempt WHERE attempt.message_id = message.id),
                       message.phone_number_id, 'UNKNOWN', 'sending held'
                  FROM doubtful
                  JOIN message ON message.id = doubtful.message_id
                 WHERE doubtful.forgotten
            )
            UPDATE outbox
               SET state = 'UNKNOWN', attempt_id = doubtful.attempt_id, lease_until = NULL, unknown_since = now()
              FROM doubtful
             WHERE outbox.message_id = doubtful.message_id
            """).update();
    }
}
