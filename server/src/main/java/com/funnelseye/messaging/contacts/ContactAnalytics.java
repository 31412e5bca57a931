package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.accounts.Scope;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// How the contacts of a coach, or of all, are made up. Each look is one pass over the contacts, so an answer is kept
/// for a minute.
@Service
class ContactAnalytics {

    static final Duration AGE = Duration.ofSeconds(60);

    /// Of each kind, the most frequent values.
    static final int MAX_VALUES = 100;

    private static final String NONE = "None";

    /// @param written contacts somebody wrote to
    /// @param replied those of them who wrote, too
    /// @param replyRate replied ÷ written in percent, two decimals
    record Analytics(
            long total,
            Map<String, Long> byStatus,
            Map<String, Long> bySource,
            Map<String, Long> byTemperature,
            long written,
            long replied,
            String replyRate) {}

    private record Group(String kind, @Nullable String value, long contacts) {}

    private record Exchange(long written, long replied) {}

    private final JdbcClient jdbc;
    private final Cache<Optional<UUID>, Analytics> recent =
            Caffeine.newBuilder().expireAfterWrite(AGE).maximumSize(1_000).build();

    ContactAnalytics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Analytics of(Scope scope) {
        return recent.get(Optional.ofNullable(scope.coachId()), _ -> read(scope));
    }

    private Analytics read(Scope scope) {
        var groups = groups(scope);
        var exchange = exchange(scope);
        var total = groups.stream()
                .filter(group -> group.kind().equals("all"))
                .mapToLong(Group::contacts)
                .sum();
        return new Analytics(
                total,
                values(groups, "status"),
                values(groups, "source"),
                values(groups, "temperature"),
                exchange.written(),
                exchange.replied(),
                percent(exchange.replied(), exchange.written()));
    }

    private List<Group> groups(Scope scope) {
        return jdbc.sql("""
            SELECT CASE WHEN grouping(status) = 0 THEN 'status'
                        WHEN grouping(source) = 0 THEN 'source'
                        WHEN grouping(temperature) = 0 THEN 'temperature'
                        ELSE 'all' END AS kind,
                   coalesce(status, source, temperature) AS value,
                   count(*) AS contacts
              FROM contact
             WHERE deleted_at IS NULL AND (:coachId::uuid IS NULL OR coach_id = :coachId)
             GROUP BY GROUPING SETS ((), (status), (source), (temperature))
             ORDER BY contacts DESC, value
            """)
                .param("coachId", scope.coachId())
                .query(Group.class)
                .list();
    }

    private Exchange exchange(Scope scope) {
        return jdbc.sql("""
            SELECT count(*) AS written, count(*) FILTER (WHERE exchange.heard_from) AS replied
              FROM contact_exchange AS exchange
              JOIN contact ON contact.id = exchange.contact_id
             WHERE exchange.written_to AND contact.deleted_at IS NULL
               AND (:coachId::uuid IS NULL OR contact.coach_id = :coachId)
            """)
                .param("coachId", scope.coachId())
                .query(Exchange.class)
                .single();
    }

    private static Map<String, Long> values(List<Group> groups, String kind) {
        var values = new LinkedHashMap<String, Long>();
        groups.stream()
                .filter(group -> group.kind().equals(kind))
                .limit(MAX_VALUES)
                .forEach(group ->
                        values.merge(Objects.requireNonNullElse(group.value(), NONE), group.contacts(), Long::sum));
        return values;
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "0.00" : String.format(Locale.ROOT, "%.2f", 100.0 * part / whole);
    }
}
