package com.funnelseye.messaging.contacts;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.contacts.OptOuts.Source;
import com.funnelseye.messaging.whatsapp.WhatsAppAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Whom WhatsApp cannot bring messages to: a fact of the person, hence of every coach's contact.
@Service
public class Reachability {

    /// A message reached the contact.
    public record Arrival(UUID contactId, Instant at) {}

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final OptOuts optOuts;
    private final WhatsAppAccount account;

    /// Mostly nobody is marked, and then arrivals tell nothing.
    private volatile long nobodyUntilNanos = System.nanoTime();

    Reachability(JdbcClient jdbc, OptOuts optOuts, WhatsAppAccount account) {
        this.jdbc = jdbc;
        this.optOuts = optOuts;
        this.account = account;
    }

    /// Whether anybody is marked. Cheap enough to be asked for every report; right within seconds.
    public boolean isInDoubt() {
        var now = System.nanoTime();
        if (nobodyUntilNanos - now > 0) {
            return false;
        }
        var any = jdbc.sql("SELECT EXISTS (SELECT FROM unreachable)").query(Boolean.class).single();
        if (!any) {
            nobodyUntilNanos = now + TRUSTED_FOR.toNanos();
        }
        return any;
    }

    /// WhatsApp could not bring a message to this contact, for a reason that lies with the person.
    @Transactional(propagation = Propagation.MANDATORY)
    public void missed(UUID contactId, int code, Instant at) {
        jdbc.sql("""
            INSERT INTO unreachable (phone_number_id, person, since, code)
            SELECT :number, person, :at, :code
              FROM contact
             WHERE id = :contactId
                ON CONFLICT (phone_number_id, person) DO UPDATE
               SET since = excluded.since, code = excluded.code
             WHERE excluded.since > unreachable.since
            """)
                .param("number", account.phoneNumberId())
                .param("contactId", contactId)
                .param("code", code)
                .param("at", at.atOffset(UTC))
                .update();
        nobodyUntilNanos = System.nanoTime();
    }

    /// Messages arrived after all.
    @Transactional(propagation = Propagation.MANDATORY)
    public void arrived(Collection<Arrival> arrivals) {
        if (arrivals.isEmpty()) {
            return;
        }
        jdbc.sql("""
            DELETE FROM unreachable
             USING unnest(:contactIds::uuid[], :times::timestamptz[]) AS arrival (contact_id, at)
              JOIN contact ON contact.id = arrival.contact_id
             WHERE unreachable.phone_number_id = :number AND unreachable.person = contact.person
               AND unreachable.since <= arrival.at
            """)
                .param("number", account.phoneNumberId())
                .param(
                        "contactIds",
                        arrivals.stream().map(Arrival::contactId).toArray(UUID[]::new))
                .param(
                        "times",
                        arrivals.stream().map(arrival -> arrival.at().toString()).toArray(String[]::new))
                .update();
    }

    /// WhatsApp says the person stopped marketing of this business.
    @Transactional(propagation = Propagation.MANDATORY)
    public void stopped(UUID contactId, UUID proofMessageId) {
        jdbc.sql("SELECT person FROM contact WHERE id = :id")
                .param("id", contactId)
                .query(String.class)
                .optional()
                .ifPresent(person -> optOuts.chose(person, true, Source.WHATSAPP, proofMessageId));
    }
}
