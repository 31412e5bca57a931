package com.funnelseye.messaging.conversations;

import com.funnelseye.messaging.contacts.Person;
import com.funnelseye.messaging.whatsapp.WhatsAppAccount;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Kept with each message, in its transaction: nothing here is counted when somebody looks.
@Service
public class Conversations {

    private final JdbcClient jdbc;
    private final WhatsAppAccount account;
    private final Clock clock;

    Conversations(JdbcClient jdbc, WhatsAppAccount account, Clock clock) {
        this.jdbc = jdbc;
        this.account = account;
        this.clock = clock;
    }

    /// One more message in the thread of a contact. A message older than the newest changes the counts alone.
    /// Whatever the person writes is unread, and brings an archived thread back.
    @Transactional(propagation = Propagation.MANDATORY)
    public void added(UUID contactId, @Nullable UUID coachId, UUID messageId, Instant at, boolean inbound) {
        jdbc.sql("""
            INSERT INTO conversation (contact_id, coach_id, last_message_id, last_message_at, message_count,
                                      unread_count, awaiting)
            VALUES (:contactId, :coachId, :messageId, :at, 1, :inbound::boolean::integer, :inbound)
                ON CONFLICT (contact_id) DO UPDATE
               SET (last_message_id, awaiting) = (
                       SELECT id, inbound
                         FROM (VALUES (excluded.last_message_at, excluded.last_message_id, excluded.awaiting),
                                      (conversation.last_message_at, conversation.last_message_id,
                                       conversation.awaiting)) AS message (at, id, inbound)
                        ORDER BY at DESC, id DESC
                        LIMIT 1),
                   last_message_at = greatest(conversation.last_message_at, excluded.last_message_at),
                   message_count = conversation.message_count + 1,
                   unread_count = conversation.unread_count + excluded.unread_count,
                   archived = conversation.archived AND NOT excluded.awaiting
            """)
                .param("contactId", contactId)
                .param("coachId", coachId)
                .param("messageId", messageId)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("inbound", inbound)
                .update();
    }

    /// One more message of ours in each of these threads, all accepted at the same time. No contact comes twice.
    @Transactional(propagation = Propagation.MANDATORY)
    public void addedToAll(UUID[] contactIds, @Nullable UUID[] coachIds, UUID[] messageIds, Instant at) {
        jdbc.sql("""
            INSERT INTO conversation (contact_id, coach_id, last_message_id, last_message_at, message_count,
                                      unread_count, awaiting)
            SELECT contact_id, coach_id, message_id, :at, 1, 0, false
              FROM unnest(:contactIds::uuid[], :coachIds::uuid[], :messageIds::uuid[])
                       AS added (contact_id, coach_id, message_id)
             ORDER BY contact_id
                ON CONFLICT (contact_id) DO UPDATE
               SET last_message_id = CASE WHEN conversation.last_message_at > excluded.last_message_at
                                          THEN conversation.last_message_id ELSE excluded.last_message_id END,
                   awaiting = conversation.awaiting AND conversation.last_message_at > excluded.last_message_at,
                   last_message_at = greatest(conversation.last_message_at, excluded.last_message_at),
                   message_count = conversation.message_count + 1
            """)
                .param("contactIds", contactIds)
                .param("coachIds", coachIds)
                .param("messageIds", messageIds)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /// So many inbound messages of the thread have been read. Answers how many are still unread.
    @Transactional(propagation = Propagation.MANDATORY)
    public long read(UUID contactId, int count) {
        return jdbc.sql("""
            UPDATE conversation
               SET unread_count = unread_count - :count
             WHERE contact_id = :contactId
            RETURNING unread_count
            """)
                .param("contactId", contactId)
                .param("count", count)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /// So many inbound messages of the thread are unread again. Answers how many are now.
    @Transactional(propagation = Propagation.MANDATORY)
    public long unread(UUID contactId, int count) {
        return read(contactId, -count);
    }

    /// Puts a thread aside, or takes it back. False when there is no thread.
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean archive(UUID contactId, boolean archived) {
        return jdbc.sql("UPDATE conversation SET archived = :archived WHERE contact_id = :contactId")
                        .param("contactId", contactId)
                        .param("archived", archived)
                        .update()
                == 1;
    }

    /// The person wrote: the window is open for 24 hours from then, for all coaches.
    @Transactional(propagation = Propagation.MANDATORY)
    public void wrote(Person person, Instant at) {
        jdbc.sql("""
            INSERT INTO last_inbound (phone_number_id, person, at)
            VALUES (:phoneNumberId, :person, :at)
                ON CONFLICT (phone_number_id, person) DO UPDATE
               SET at = greatest(last_inbound.at, excluded.at)
            """)
                .param("phoneNumberId", account.phoneNumberId())
                .param("person", person.key())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    public Window window(String person) {
        var lastInbound = jdbc.sql("""
            SELECT at
              FROM last_inbound
             WHERE phone_number_id = :phoneNumberId AND person = :person
            """)
                .param("phoneNumberId", account.phoneNumberId())
                .param("person", person)
                .query(Instant.class)
                .optional()
                .orElse(null);
        return Window.after(lastInbound, clock.instant());
    }

    /// Those of these people free text may go to now.
    public Set<String> withOpenWindow(Collection<String> persons) {
        return new HashSet<>(jdbc.sql("""
            SELECT person
              FROM last_inbound
             WHERE phone_number_id = :phoneNumberId AND person = ANY (:persons) AND at > :since
            """)
                .param("phoneNumberId", account.phoneNumberId())
                .param("persons", persons.toArray(String[]::new))
                .param("since", clock.instant().minus(Window.LENGTH).atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list());
    }

    /// Free text may go to this person now; refused otherwise, before anything is charged.
    public Window requireOpenWindow(String person) {
        var window = window(person);
        if (!window.open()) {
            throw new WindowClosed(window);
        }
        return window;
    }
}
