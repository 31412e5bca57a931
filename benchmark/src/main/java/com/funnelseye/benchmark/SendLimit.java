package com.funnelseye.benchmark;

import com.funnelseye.benchmark.People.Coach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/// One durable send as plain SQL over the product's own tables: one transaction that finds the contact and the window
/// and writes message, outbox row, thread and reserved credit. What is left when the product around it costs nothing.
final class SendLimit implements Load.Client {

    private static final List<String> ACCEPT = List.of(
            "SELECT id FROM contact WHERE id = ?::uuid FOR KEY SHARE",
            "SELECT at FROM last_inbound WHERE phone_number_id = ? AND person = ?",
            """
            INSERT INTO message (id, contact_id, coach_id, direction, sender_type, sender_id, type, text, recipient_phone,
                                 phone_number_id, sent_at, price, is_read)
            VALUES (?::uuid, ?::uuid, ?::uuid, 'OUTBOUND', 'COACH', ?::uuid, 'TEXT', 'Hello!', ?, ?, now(), 1, true)
            """,
            "INSERT INTO outbox (message_id, coach_id, due_at) VALUES (?::uuid, ?::uuid, now() + interval '1 day')",
            """
            INSERT INTO conversation (contact_id, coach_id, last_message_id, last_message_at, message_count)
            VALUES (?::uuid, ?::uuid, ?::uuid, now(), 1)
                ON CONFLICT (contact_id) DO UPDATE
               SET last_message_id = excluded.last_message_id, last_message_at = excluded.last_message_at,
                   message_count = conversation.message_count + 1
            """,
            "INSERT INTO ledger_entry (coach_id, message_id, kind, amount) VALUES (?::uuid, ?::uuid, 'RESERVE', 1)");

    private final Stage stage;
    private final List<Coach> coaches;

    SendLimit(Stage stage, List<Coach> coaches) {
        this.stage = stage;
        this.coaches = coaches;
    }

    @Override
    public Load.Call call(int number) throws SQLException {
        var connection = stage.connect();
        connection.setAutoCommit(false);
        var statements = new PreparedStatement[ACCEPT.size()];
        for (var n = 0; n < statements.length; n++) {
            statements[n] = connection.prepareStatement(ACCEPT.get(n));
        }
        var coach = coaches.get(number % coaches.size());
        var turn = new long[] {number * 101L};
        return () -> send(connection, statements, coach, turn[0]++);
    }

    private static void send(Connection connection, PreparedStatement[] statements, Coach coach, long turn)
            throws SQLException {
        var lead = coach.lead(turn);
        var message = UUID.randomUUID();
        var number = Stage.PHONE_NUMBER_ID;
        run(statements[0], lead.id());
        run(statements[1], number, lead.phone().substring(1));
        run(statements[2], message, lead.id(), coach.id(), coach.id(), lead.phone(), number);
        run(statements[3], message, coach.id());
        run(statements[4], lead.id(), coach.id(), message);
        run(statements[5], coach.id(), message);
        connection.commit();
    }

    private static void run(PreparedStatement statement, Object... values) throws SQLException {
        for (var n = 0; n < values.length; n++) {
            statement.setString(n + 1, values[n].toString());
        }
        statement.execute();
    }
}
