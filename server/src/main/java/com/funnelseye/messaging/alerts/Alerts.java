package com.funnelseye.messaging.alerts;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.alerts.Alert.Kind;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Total;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Raising what is raised already changes nothing, nor does clearing what is not: whoever finds the fact may say so as
/// often as it likes. Each alert is logged once.
@Service
public class Alerts {

    private static final Duration KEPT = Duration.ofDays(90);
    private static final int SHOWN = 100;
    private static final int BATCH = 1_000;
    private static final Logger log = LoggerFactory.getLogger(Alerts.class);

    record AlertPage(List<Alert> alerts, Pagination pagination) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    Alerts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// @param subject an id or a name of ours
    /// @param details for an operator; no personal value
    @Transactional
    public void raise(Kind kind, String subject, String details) {
        var raised = jdbc.sql("""
            INSERT INTO alert (id, kind, subject, details, since)
            VALUES (:id, :kind::alert_kind, :subject, :details, :now)
                ON CONFLICT (kind, subject) WHERE until IS NULL DO NOTHING
            """)
                .param("id", Ids.next())
                .param("kind", kind.name())
                .param("subject", subject)
                .param("details", details)
                .param("now", clock.instant().atOffset(UTC))
                .update();
        if (raised > 0) {
            log.warn("Alert raised: alert.kind={} alert.subject={} {}", kind, subject, details);
        }
    }

    @Transactional
    public void clear(Kind kind, String subject) {
        var cleared = jdbc.sql("""
            UPDATE alert
               SET until = greatest(since, :now)
             WHERE kind = :kind::alert_kind AND subject = :subject AND until IS NULL
            """)
                .param("kind", kind.name())
                .param("subject", subject)
                .param("now", clock.instant().atOffset(UTC))
                .update();
        if (cleared > 0) {
            log.info("Alert cleared: alert.kind={} alert.subject={}", kind, subject);
        }
    }

    /// All there is to say of this kind: subject → details. What is not named is over.
    @Transactional
    public void set(Kind kind, Map<String, String> now) {
        subjects(kind).stream().filter(subject -> !now.containsKey(subject)).forEach(subject -> clear(kind, subject));
        now.forEach((subject, details) -> raise(kind, subject, details));
    }

    /// Ends alerts of this kind that were raised so long ago.
    @Transactional
    public void expire(Kind kind, Duration age) {
        var now = clock.instant();
        jdbc.sql("UPDATE alert SET until = :now WHERE kind = :kind::alert_kind AND until IS NULL AND since < :before")
                .param("kind", kind.name())
                .param("now", now.atOffset(UTC))
                .param("before", now.minus(age).atOffset(UTC))
                .update();
    }

    /// Those that last, newest first, up to a hundred.
    public List<Alert> open() {
        return jdbc.sql("""
            SELECT id, kind, subject, details, since, until
              FROM alert
             WHERE until IS NULL
             ORDER BY since DESC, id DESC
             LIMIT :limit
            """).param("limit", SHOWN).query(Alert.class).list();
    }

    /// Newest first.
    ///
    /// @param open true: those that last, false: those that are over, null: all
    AlertPage list(@Nullable Boolean open, Page page) {
        var alerts = jdbc.sql("""
            SELECT id, kind, subject, details, since, until
              FROM alert
             WHERE (:open::boolean IS NULL OR (until IS NULL) = :open)
             ORDER BY since DESC, id DESC
             LIMIT :limit OFFSET :offset
            """)
                .param("open", open)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Alert.class)
                .list();
        return new AlertPage(alerts, page.of(total(open)));
    }

    /// Forgets what was over long ago, a batch at a time.
    @Transactional
    public int forget() {
        return jdbc.sql("""
            DELETE FROM alert
             WHERE id IN (SELECT id FROM alert WHERE until < :before LIMIT :limit)
            """)
                .param("before", clock.instant().minus(KEPT).atOffset(UTC))
                .param("limit", BATCH)
                .update();
    }

    private Collection<String> subjects(Kind kind) {
        return jdbc.sql("SELECT subject FROM alert WHERE kind = :kind::alert_kind AND until IS NULL")
                .param("kind", kind.name())
                .query(String.class)
                .list();
    }

    private Total total(@Nullable Boolean open) {
        return Total.upToCap(jdbc.sql("""
            SELECT count(*)
              FROM (SELECT FROM alert WHERE (:open::boolean IS NULL OR (until IS NULL) = :open) LIMIT :cap + 1) AS alert
            """)
                .param("open", open)
                .param("cap", Total.CAP)
                .query(Long.class)
                .single());
    }
}
