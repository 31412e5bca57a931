package com.funnelseye.messaging.whatsapp;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// How many messages a second the business number sends, whichever node they go out from. Sends take slots, evenly
/// spaced, a little ahead of time. A single reply does not stand in line: it goes at once and those after it wait.
@Service
public class Throughput {

    /// Bulk messages take slots no further ahead than this, so that what overtakes them overtakes few.
    static final Duration AHEAD = Duration.ofMillis(200);

    /// By so much a single message is before its turn.
    static final Duration OVERTAKES = Duration.ofMillis(250);

    /// Nothing is begun while the next slot is further away: it would only wait, begun.
    static final Duration FAR = Duration.ofSeconds(1);

    /// A number slowed down to nothing is as fast as it may be after so long.
    static final Duration RECOVERY = Duration.ofMinutes(1);

    private static final double SLOWEST = 1;

    private static final String RATE = """
        least(:limit, coalesce(pace.slowed_to
                               + extract(epoch FROM now() - pace.slowed_at)::float8 * :limit / :recovery, :limit))
        """;

    private static final Logger log = LoggerFactory.getLogger(Throughput.class);

    /// How many may be begun now.
    ///
    /// @param singles messages that overtake
    /// @param inLine messages that do not
    public record Room(int singles, int inLine) {}

    /// Slots, evenly spaced from `first` on. Times are the database's.
    public record Slots(Instant first, double perSecond) {

        public Instant at(int place) {
            return first.plusNanos((long) (place / perSecond * 1e9));
        }

        /// For a message that does not stand in line.
        public Instant overtaking(int place) {
            return at(place).minus(OVERTAKES);
        }
    }

    private final JdbcClient jdbc;
    private final String number;
    private final double limit;

    Throughput(
            JdbcClient jdbc,
            WhatsAppAccount account,
            @Value("${messaging.whatsapp.messages-per-second:80}") int messagesPerSecond) {
        if (messagesPerSecond < 1) {
            throw new IllegalArgumentException("messaging.whatsapp.messages-per-second must be 1 or more");
        }
        this.jdbc = jdbc;
        this.number = account.phoneNumberId();
        this.limit = messagesPerSecond;
    }

    /// What WhatsApp allows, as configured.
    public double limitPerSecond() {
        return limit;
    }

    /// What is sent at most at this moment: less than the limit for a while after WhatsApp said that it was too much.
    public double ratePerSecond() {
        return jdbc.sql("SELECT " + RATE + " FROM number_pace AS pace WHERE phone_number_id = :number")
                .param("number", number)
                .param("limit", limit)
                .param("recovery", RECOVERY.toSeconds())
                .query(Double.class)
                .optional()
                .orElse(limit);
    }

    public Room room() {
        return jdbc.sql("""
            SELECT greatest(0, least(ceil((:far - ahead) * rate), 1000000))::integer AS singles,
                   greatest(0, least(ceil((:inLine - ahead) * rate), 1000000))::integer AS in_line
              FROM (SELECT greatest(extract(epoch FROM next_send_at - clock_timestamp())::float8, 0) AS ahead,
            """ + RATE + """
                                AS rate
                      FROM number_pace AS pace
                     WHERE phone_number_id = :number
                     UNION ALL
                    SELECT 0, :limit
                     WHERE NOT EXISTS (SELECT FROM number_pace WHERE phone_number_id = :number)) AS line
            """)
                .param("number", number)
                .param("limit", limit)
                .param("recovery", RECOVERY.toSeconds())
                .param("far", FAR.toMillis() / 1000.0)
                .param("inLine", AHEAD.toMillis() / 1000.0)
                .query(Room.class)
                .single();
    }

    /// Takes so many slots; none while the next is far away. The row stays locked until this transaction ends, so this
    /// is the last thing it should ask for.
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Slots> take(int slots) {
        return jdbc.sql("""
            INSERT INTO number_pace AS pace (phone_number_id, next_send_at)
            VALUES (:number, clock_timestamp() + make_interval(secs => :slots / :limit))
                ON CONFLICT (phone_number_id) DO UPDATE
               SET next_send_at = greatest(pace.next_send_at, clock_timestamp())
                                  + make_interval(secs => :slots / (
            """ + RATE + """
                                    ))
             WHERE pace.next_send_at < clock_timestamp() + make_interval(secs => :far)
            RETURNING next_send_at - make_interval(secs => :slots / (
            """ + RATE + ")) AS first, " + RATE + " AS per_second")
                .param("number", number)
                .param("slots", (double) slots)
                .param("limit", limit)
                .param("recovery", RECOVERY.toSeconds())
                .param("far", FAR.toMillis() / 1000.0)
                .query(Slots.class)
                .optional();
    }

    /// WhatsApp said "too fast": half of what it was, at most once a second however many messages met it.
    public void halve() {
        if (slow("greatest(:slowest, (" + RATE + ") / 2)", limit / 2, Duration.ofSeconds(1)) > 0) {
            log.warn("Slowed down: messages_per_second={}", ratePerSecond());
        }
    }

    /// As slow as it gets; from there it recovers as ever.
    public void crawl() {
        slow(":slowest", SLOWEST, Duration.ZERO);
    }

    /// Nothing is begun for so long.
    public void rest(Duration pause) {
        jdbc.sql("""
            INSERT INTO number_pace AS pace (phone_number_id, next_send_at)
            VALUES (:number, now() + make_interval(secs => :pause))
                ON CONFLICT (phone_number_id) DO UPDATE
               SET next_send_at = greatest(pace.next_send_at, excluded.next_send_at)
            """)
                .param("number", number)
                .param("pause", pause.toMillis() / 1000.0)
                .update();
    }

    /// @param unless it was slowed down within so long
    private int slow(String rate, double first, Duration unless) {
        return jdbc.sql("""
            INSERT INTO number_pace AS pace (phone_number_id, slowed_to, slowed_at)
            VALUES (:number, greatest(:slowest, :first), now())
                ON CONFLICT (phone_number_id) DO UPDATE
               SET slowed_at = now(), slowed_to =
            """ + rate + " WHERE coalesce(pace.slowed_at <= now() - make_interval(secs => :unless), true)")
                .param("unless", unless.toMillis() / 1000.0)
                .param("number", number)
                .param("limit", limit)
                .param("recovery", RECOVERY.toSeconds())
                .param("slowest", SLOWEST)
                .param("first", first)
                .update();
    }
}
