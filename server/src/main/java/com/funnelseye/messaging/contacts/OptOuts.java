package com.funnelseye.messaging.contacts;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.whatsapp.WhatsAppAccount;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Who takes no more marketing from the business number: a person, hence for all coaches.
@Service
public class OptOuts {

    /// Who said so: the person with a word, the person in WhatsApp's own settings, or one of us for her.
    public enum Source {
        KEYWORD,
        WHATSAPP,
        MANUAL
    }

    private final Keywords keywords;
    private final JdbcClient jdbc;
    private final WhatsAppAccount account;
    private final Clock clock;

    OptOuts(Keywords keywords, JdbcClient jdbc, WhatsAppAccount account, Clock clock) {
        this.keywords = keywords;
        this.jdbc = jdbc;
        this.account = account;
        this.clock = clock;
    }

    /// @param person key of a [Person]
    public boolean isOptedOut(String person) {
        return source(person).isPresent();
    }

    /// Does what the person asked for, if the text is one of the words for it and nothing else.
    ///
    /// @param messageId the message that proves it
    @Transactional
    public void heard(String person, @Nullable String text, UUID messageId) {
        keywords.optsOut(text).ifPresent(optedOut -> chose(person, optedOut, Source.KEYWORD, messageId));
    }

    /// What the person did herself, with the message that proves it. Saying it twice changes nothing.
    @Transactional
    public void chose(String person, boolean optedOut, Source source, @Nullable UUID proofMessageId) {
        if (optedOut) {
            optOut(person, source, proofMessageId, null);
        } else {
            optIn(person, source, proofMessageId, null);
        }
    }

    /// What one of us says for the person, under all of her numbers.
    @Transactional
    void set(UUID contactId, boolean optedOut, UUID actorId) {
        jdbc.sql("SELECT person FROM contact WHERE id = :contactId OR merged_into = :contactId ORDER BY person")
                .param("contactId", contactId)
                .query(String.class)
                .list()
                .forEach(person -> set(person, optedOut, actorId));
    }

    /// Nobody but the person takes back what the person said.
    private void set(String person, boolean optedOut, UUID actorId) {
        var said = source(person);
        if (optedOut && said.isEmpty()) {
            optOut(person, Source.MANUAL, null, actorId);
        } else if (!optedOut && said.isPresent()) {
            if (said.get() != Source.MANUAL) {
                throw new Refusal(
                        HttpStatus.CONFLICT,
                        "OPTED_OUT_BY_PERSON",
                        "This person opted out themselves and comes back only by writing START",
                        "Opted out by the person");
            }
            optIn(person, Source.MANUAL, null, actorId);
        }
    }

    private Optional<Source> source(String person) {
        return jdbc.sql("SELECT source FROM opt_out WHERE phone_number_id = :phoneNumberId AND person = :person")
                .param("phoneNumberId", account.phoneNumberId())
                .param("person", person)
                .query(Source.class)
                .optional();
    }

    /// The person's own word replaces what one of us said for her.
    private void optOut(String person, Source source, @Nullable UUID proofMessageId, @Nullable UUID actorId) {
        change("""
            WITH changed AS (
                INSERT INTO opt_out (phone_number_id, person, since, source, proof_message_id)
                VALUES (:phoneNumberId, :person, :now, :source::opt_out_source, :proof)
                    ON CONFLICT (phone_number_id, person) DO UPDATE
                   SET source = excluded.source, proof_message_id = excluded.proof_message_id
                 WHERE opt_out.source = 'MANUAL' AND excluded.source <> 'MANUAL'
                RETURNING true AS opted_out
            )
            """, person, source, proofMessageId, actorId);
    }

    private void optIn(String person, Source source, @Nullable UUID proofMessageId, @Nullable UUID actorId) {
        change("""
            WITH changed AS (
                DELETE FROM opt_out
                 WHERE phone_number_id = :phoneNumberId AND person = :person
                RETURNING false AS opted_out
            )
            """, person, source, proofMessageId, actorId);
    }

    private void change(
            String changed, String person, Source source, @Nullable UUID proofMessageId, @Nullable UUID actorId) {
        jdbc.sql(changed + """
            INSERT INTO opt_out_change (phone_number_id, person, opted_out, source, actor_id, proof_message_id, at)
            SELECT :phoneNumberId, :person, opted_out, :source::opt_out_source, :actorId, :proof, :now
              FROM changed
            """)
                .param("phoneNumberId", account.phoneNumberId())
                .param("person", person)
                .param("source", source.name())
                .param("proof", proofMessageId)
                .param("actorId", actorId)
                .param("now", clock.instant().atOffset(UTC))
                .update();
    }
}
