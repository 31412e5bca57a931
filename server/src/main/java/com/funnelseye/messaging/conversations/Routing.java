package com.funnelseye.messaging.conversations;

import com.funnelseye.messaging.contacts.Person;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The business number is shared, so somebody must be chosen who gets what a customer writes.
@Service
public class Routing {

    /// Why a conversation got a message. The order is the order in which they are tried.
    public enum Reason {
        QUOTED,
        LATEST_OUTBOUND,
        SOLE_OWNER,
        UNASSIGNED
    }

    /// @param coachId null: nobody yet, an admin assigns it
    public record Route(@Nullable UUID coachId, Reason reason) {}

    private final JdbcClient jdbc;

    Routing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Owner of the quoted message, else the coach who wrote to the person last in 30 days, else the only coach who has
    /// the person as a contact, else nobody.
    public Route of(Person person, String phoneNumberId, @Nullable String quotedWamid) {
        return owner(quoted(phoneNumberId, quotedWamid), Reason.QUOTED)
                .or(() -> owner(latestOutbound(person), Reason.LATEST_OUTBOUND))
                .or(() -> owner(soleOwner(person), Reason.SOLE_OWNER))
                .orElse(new Route(null, Reason.UNASSIGNED));
    }

    private static Optional<Route> owner(Optional<UUID> coachId, Reason reason) {
        return coachId.map(id -> new Route(id, reason));
    }

    private Optional<UUID> quoted(String phoneNumberId, @Nullable String wamid) {
        return jdbc.sql("""
            SELECT coach_id
              FROM message
             WHERE phone_number_id = :phoneNumberId AND wamid = :wamid AND coach_id IS NOT NULL
            """)
                .param("phoneNumberId", phoneNumberId)
                .param("wamid", wamid)
                .query(UUID.class)
                .optional();
    }

    private Optional<UUID> latestOutbound(Person person) {
        return jdbc.sql("""
            SELECT contact.coach_id
              FROM contact
             CROSS JOIN LATERAL (
                   SELECT sent_at
                     FROM message
                    WHERE contact_id = coalesce(contact.merged_into, contact.id) AND direction = 'OUTBOUND'
                      AND sent_at > now() - interval '30 days'
                    ORDER BY sent_at DESC, id DESC
                    LIMIT 1) AS latest
             WHERE contact.person = :person AND contact.coach_id IS NOT NULL
             ORDER BY latest.sent_at DESC
             LIMIT 1
            """).param("person", person.key()).query(UUID.class).optional();
    }

    private Optional<UUID> soleOwner(Person person) {
        return jdbc.sql("""
            SELECT min(coach_id::text)::uuid
              FROM contact
             WHERE person = :person AND coach_id IS NOT NULL
            HAVING count(*) = 1
            """).param("person", person.key()).query(UUID.class).optional();
    }
}
