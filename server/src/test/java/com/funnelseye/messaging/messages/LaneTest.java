package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.Answer;
import com.funnelseye.messaging.Given.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;

/// What the tests of lanes share: lanes with messages in them, each to a person of its own, one credit apiece.
abstract class LaneTest extends DeliveryTest {

    @Autowired
    Lanes lanes;

    @Autowired
    Outbox outbox;

    @Autowired
    TransactionTemplate transaction;

    UUID lane(Person coach, Duration delay, int messages) {
        return lane(coach, delay, null, messages);
    }

    UUID lane(Person coach, Duration delay, @Nullable Instant startsAt, int messages) {
        var id = UUID.randomUUID();
        transaction.executeWithoutResult(_ -> {
            lanes.open(id, coach.id(), delay, startsAt);
            fill(coach, id, messages);
        });
        return id;
    }

    void fill(Person coach, UUID lane, int messages) {
        jdbc.sql("""
            WITH person AS (
                SELECT (12125550000 + (SELECT count(*) FROM contact) + n)::text AS digits
                  FROM generate_series(1, :messages) AS n
            ), lead AS (
                INSERT INTO contact (id, coach_id, person, phone, name, created_at, updated_at)
                SELECT gen_random_uuid(), :coach, digits, '+' || digits, 'Lead', now(), now()
                  FROM person
                RETURNING id, person, phone
            ), opened AS (
                INSERT INTO last_inbound (phone_number_id, person, at)
                SELECT :number, person, now()
                  FROM lead
            ), added AS (
                INSERT INTO message (id, contact_id, coach_id, direction, sender_type, sender_id, type, text,
                                     recipient_phone, phone_number_id, sent_at, price, is_read, lane_id)
                SELECT gen_random_uuid(), id, :coach, 'OUTBOUND', 'COACH', :coach, 'TEXT', 'Hello', phone, :number,
                       now(), 1, true, :lane
                  FROM lead
                RETURNING id
            ), reserved AS (
                INSERT INTO ledger_entry (coach_id, message_id, kind, amount)
                SELECT :coach, id, 'RESERVE', 1
                  FROM added
            )
            INSERT INTO outbox (message_id, coach_id, lane_id, due_at)
            SELECT id, :coach, :lane, now()
              FROM added
            """)
                .param("messages", messages)
                .param("coach", coach.id())
                .param("lane", lane)
                .param("number", sandbox.options().phoneNumberId())
                .update();
    }

    /// How many messages of the lane stand where.
    List<String> standings(UUID lane) {
        return jdbc.sql("""
            SELECT count(*) || ' ' || coalesce(message.outcome::text, outbox.state::text) AS standing
              FROM message
              LEFT JOIN outbox ON outbox.message_id = message.id
             WHERE message.lane_id = :lane
             GROUP BY coalesce(message.outcome::text, outbox.state::text)
             ORDER BY 1
            """).param("lane", lane).query(String.class).list();
    }

    void sweep() {
        while (work.pass("laneWork") > 0) {
            // until nothing is left
        }
    }

    static void post(RestTestClient http, String path, Object body) {
        var answer = Answer.to(http.post().uri(path).body(body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
