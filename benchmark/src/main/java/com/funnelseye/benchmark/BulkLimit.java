package com.funnelseye.benchmark;

import com.funnelseye.benchmark.People.Coach;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// What the database must do for the messages of a bulk until WhatsApp has them: accept, begin, record, a hundred in a
/// transaction each.
final class BulkLimit {

    private static final int GROUP = 100;

    private static final String ACCEPT = """
        WITH accepted AS (
            INSERT INTO message (id, contact_id, coach_id, direction, sender_type, sender_id, type, text, recipient_phone,
                                 phone_number_id, sent_at, price, is_read)
            SELECT told.id, contact.id, contact.coach_id, 'OUTBOUND', 'COACH', contact.coach_id, 'TEXT', 'Hello!',
                   contact.phone, '%s', now(), 1, true
              FROM unnest(?::uuid[], ?::uuid[]) AS told (id, contact_id)
              JOIN contact ON contact.id = told.contact_id
            RETURNING id, contact_id, coach_id
        ), waiting AS (
            INSERT INTO outbox (message_id, coach_id, due_at)
            SELECT id, coach_id, now() + interval '2 days' FROM accepted
        ), thread AS (
            INSERT INTO conversation (contact_id, coach_id, last_message_id, last_message_at, message_count)
            SELECT contact_id, coach_id, id, now(), 1 FROM accepted
                ON CONFLICT (contact_id) DO UPDATE
               SET last_message_id = excluded.last_message_id, last_message_at = excluded.last_message_at,
                   message_count = conversation.message_count + 1
        )
        INSERT INTO ledger_entry (coach_id, message_id, kind, amount)
        SELECT coach_id, id, 'RESERVE', 1 FROM accepted
        """.formatted(Stage.PHONE_NUMBER_ID);

    private static final String BEGIN = """
        WITH begun AS (
            UPDATE outbox
               SET state = 'SENDING', attempt_id = gen_random_uuid(), tries = 1,
                   lease_until = now() + interval '60 seconds'
             WHERE message_id = ANY (?)
            RETURNING message_id, attempt_id
        )
        INSERT INTO attempt (id, message_id, n, phone_number_id)
        SELECT attempt_id, message_id, 1, '%s' FROM begun
        """.formatted(Stage.PHONE_NUMBER_ID);

    private static final List<String> RECORD = List.of(
            "UPDATE attempt SET outcome = 'ACCEPTED', wamid = 'wamid.' || id WHERE message_id = ANY (?)",
            "DELETE FROM outbox WHERE message_id = ANY (?)",
            """
            UPDATE message
               SET outcome = 'ACCEPTED', wamid = attempt.wamid, accepted_at = now()
              FROM attempt
             WHERE attempt.message_id = message.id AND message.id = ANY (?)
            """,
            """
            INSERT INTO ledger_entry (coach_id, message_id, kind, amount)
            SELECT coach_id, message_id, 'CAPTURE', amount
              FROM ledger_entry
             WHERE message_id = ANY (?) AND kind = 'RESERVE'
            """);

    private BulkLimit() {}

    static Load.Result run(Connection database, List<Coach> coaches, Duration length) throws SQLException {
        var latencies = new Latencies();
        var start = System.nanoTime();
        var done = 0;
        database.setAutoCommit(false);
        while (System.nanoTime() - start < length.toNanos()) {
            var begun = System.nanoTime();
            send(database, coaches.get(done / GROUP % coaches.size()), done);
            latencies.add(System.nanoTime() - begun);
            done += GROUP;
        }
        return new Load.Result(done, 0, (System.nanoTime() - start) / 1e9, latencies);
    }

    private static void send(Connection database, Coach coach, int from) throws SQLException {
        var ids = IntStream.range(0, GROUP).mapToObj(_ -> UUID.randomUUID()).toArray();
        var leads = IntStream.range(0, GROUP)
                .mapToObj(n -> coach.lead(from + n).id())
                .toArray();
        var messages = database.createArrayOf("uuid", ids);
        try (var accept = database.prepareStatement(ACCEPT)) {
            accept.setArray(1, messages);
            accept.setArray(2, database.createArrayOf("uuid", leads));
            accept.executeUpdate();
        }
        database.commit();
        run(database, BEGIN, messages);
        database.commit();
        for (var sql : RECORD) {
            run(database, sql, messages);
        }
        database.commit();
    }

    private static void run(Connection database, String sql, java.sql.Array messages) throws SQLException {
        try (var statement = database.prepareStatement(sql)) {
            statement.setArray(1, messages);
            statement.executeUpdate();
        }
    }
}
