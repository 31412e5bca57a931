package com.funnelseye.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Counts everything anew and compares: what is kept about threads, contacts and messages must be what a count would say.
public final class Recount {

    private static final String CONVERSATIONS = """
        SELECT message.contact_id, contact.coach_id, count(*) AS message_count,
               count(*) FILTER (WHERE NOT is_read) AS unread_count,
               (array_agg(message.id ORDER BY sent_at DESC, message.id DESC))[1] AS last_message_id,
               max(sent_at) AS last_message_at,
               (array_agg(direction ORDER BY sent_at DESC, message.id DESC))[1] = 'INBOUND' AS awaiting
          FROM message
          JOIN contact ON contact.id = message.contact_id
         GROUP BY message.contact_id, contact.coach_id
         ORDER BY message.contact_id
        """;

    private static final String KEPT_CONVERSATIONS = """
        SELECT contact_id, coach_id, message_count, unread_count, last_message_id, last_message_at, awaiting
          FROM conversation
         ORDER BY contact_id
        """;

    private static final String TOTALS = """
        SELECT coalesce(contact.coach_id, '00000000-0000-0000-0000-000000000000') AS coach_id, count(*) AS contacts,
               count(conversation.contact_id) FILTER (WHERE NOT archived) AS conversations
          FROM contact
          LEFT JOIN conversation ON conversation.contact_id = contact.id
         WHERE deleted_at IS NULL
         GROUP BY 1
         ORDER BY 1
        """;

    private static final String KEPT_TOTALS = """
        SELECT coach_id, contacts, conversations
          FROM coach_total
         WHERE contacts > 0 OR conversations > 0
         ORDER BY coach_id
        """;

    private static final String EXCHANGES = """
        SELECT contact_id, bool_or(direction = 'OUTBOUND') AS written_to, bool_or(direction = 'INBOUND') AS heard_from
          FROM message
         GROUP BY contact_id
         ORDER BY contact_id
        """;

    private static final String KEPT_EXCHANGES =
            "SELECT contact_id, written_to, heard_from FROM contact_exchange ORDER BY contact_id";

    private static final String COUNTS = """
        SELECT coalesce(coach_id, '00000000-0000-0000-0000-000000000000') AS coach_id, sender_type::text, count(*)::numeric AS total
          FROM message
         GROUP BY 1, 2
         ORDER BY 1, 2
        """;

    private static final String KEPT_COUNTS = """
        SELECT coach_id, sender_type::text, sum(total) AS total
          FROM message_count_move
         GROUP BY 1, 2
        HAVING sum(total) <> 0
         ORDER BY 1, 2
        """;

    private static final String SENDERS = """
        SELECT id
          FROM message
         WHERE direction = 'INBOUND' AND sender_id <> contact_id
        """;

    private Recount() {}

    /// Only before the first fold of the counts.
    public static void assertExact(JdbcClient jdbc) {
        assertThat(rows(jdbc, KEPT_CONVERSATIONS)).isEqualTo(rows(jdbc, CONVERSATIONS));
        assertThat(rows(jdbc, KEPT_TOTALS)).isEqualTo(rows(jdbc, TOTALS));
        assertThat(rows(jdbc, KEPT_EXCHANGES)).isEqualTo(rows(jdbc, EXCHANGES));
        assertThat(rows(jdbc, KEPT_COUNTS)).isEqualTo(rows(jdbc, COUNTS));
        assertThat(rows(jdbc, SENDERS)).isEmpty();
    }

    private static List<Map<String, Object>> rows(JdbcClient jdbc, String sql) {
        return jdbc.sql(sql).query().listOfRows();
    }
}
