package com.funnelseye.messaging.stats;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Holds messages and money against the rules: often against those that moved lately, now and then against all.
@Component
public class Rules {

    private static final UUID FIRST = new UUID(0, 0);
    private static final int BATCH = 5_000;

    /// @param broken rule → how many rows break it; empty when all is well
    /// @param messages how many were looked at
    /// @param complete false when time ran out before all messages were
    public record Verdict(Map<String, Long> broken, long messages, boolean complete) {

        public boolean holds() {
            return broken.isEmpty();
        }
    }

    private final JdbcClient jdbc;

    public Rules(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Messages that are open, were accepted lately or whose money moved lately; so that it costs the same however
    /// many there are. The ledger is not added up.
    Verdict ofLate() {
        var ids = lately();
        var broken = new LinkedHashMap<String, Long>();
        Rule.ALL.stream().filter(rule -> !rule.name().startsWith("I1 ")).forEach(rule -> judge(rule, ids, broken));
        return new Verdict(broken, ids.size(), true);
    }

    /// Every message there is, a batch at a time.
    ///
    /// @param patience after which no further batch is begun
    public Verdict ofAll(Duration patience) {
        var until = System.nanoTime() + patience.toNanos();
        // Whole tables are better read from end to end.
        jdbc.sql("SET LOCAL enable_seqscan = on").update();
        var broken = new LinkedHashMap<String, Long>();
        Rule.ALL.stream().filter(rule -> !rule.ofMessages()).forEach(rule -> judge(rule, List.of(), broken));
        var looked = 0L;
        for (var ids = after(FIRST); !ids.isEmpty(); ids = after(ids.getLast())) {
            if (System.nanoTime() - until > 0) {
                return new Verdict(broken, looked, false);
            }
            for (var rule : Rule.ALL) {
                if (rule.ofMessages()) {
                    judge(rule, ids, broken);
                }
            }
            looked += ids.size();
        }
        return new Verdict(broken, looked, true);
    }

    private void judge(Rule rule, List<UUID> ids, Map<String, Long> broken) {
        var query = jdbc.sql(rule.query());
        var bound = rule.ofMessages() ? query.param("ids", ids.toArray(UUID[]::new)) : query;
        var rows = bound.query(Long.class).single();
        if (rows > 0) {
            broken.merge(rule.name(), rows, Long::sum);
        }
    }

    private List<UUID> after(UUID last) {
        return jdbc.sql("SELECT id FROM message WHERE id > :last ORDER BY id LIMIT :limit")
                .param("last", last)
                .param("limit", BATCH)
                .query(UUID.class)
                .list();
    }

    private List<UUID> lately() {
        return jdbc.sql("""
            (SELECT id FROM message ORDER BY sent_at DESC, id DESC LIMIT :limit)
             UNION
            (SELECT message_id FROM outbox ORDER BY due_at LIMIT :limit)
             UNION
            (SELECT message_id
               FROM (SELECT message_id FROM ledger_entry ORDER BY id DESC LIMIT :limit) AS moved
              WHERE message_id IS NOT NULL)
            """).param("limit", BATCH / 3).query(UUID.class).list();
    }
}
