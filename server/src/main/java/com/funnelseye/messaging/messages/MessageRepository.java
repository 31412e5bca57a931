package com.funnelseye.messaging.messages;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.conversations.Routing.Reason;
import com.funnelseye.messaging.http.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class MessageRepository {

    private static final String ROWS = """
        SELECT message.id, message.contact_id, message.sender_id, message.sender_type, message.recipient_phone,
               message.text, message.sent_at, message.is_read, message.direction, message.wamid, message.type,
               coalesce(message.outcome::text, outbox.state::text) AS state,
               message.delivered_at, message.read_at, message.failed_at,
               message.failure_code, message.failure_title, message.failure_details,
               message.media_url, message.media_filename,
               message.template_id, template.name AS template_name, message.template_version,
               message.routed_by, outbox.scheduled_at, quoted.id AS reply_to, charged.credits AS credits_used
          FROM message
          LEFT JOIN outbox ON outbox.message_id = message.id
          LEFT JOIN template ON template.id = message.template_id
          LEFT JOIN message AS quoted ON quoted.phone_number_id = message.phone_number_id
                                     AND quoted.wamid = message.reply_to_wamid
          LEFT JOIN LATERAL (
               SELECT coalesce(sum(CASE kind WHEN 'CAPTURE' THEN amount WHEN 'REFUND' THEN -amount ELSE 0 END), 0)
                          AS credits
                 FROM ledger_entry
                WHERE ledger_entry.message_id = message.id) AS charged ON true
        """;

    private record Row(
            UUID id,
            UUID contactId,
            UUID senderId,
            SenderType senderType,
            @Nullable String recipientPhone,
            @Nullable String text,
            Instant sentAt,
            boolean isRead,
            Direction direction,
            @Nullable String wamid,
            MessageType type,
            @Nullable State state,
            @Nullable Instant deliveredAt,
            @Nullable Instant readAt,
            @Nullable Instant failedAt,
            @Nullable String failureCode,
            @Nullable String failureTitle,
            @Nullable String failureDetails,
            @Nullable String mediaUrl,
            @Nullable String mediaFilename,
            @Nullable UUID templateId,
            @Nullable String templateName,
            @Nullable Integer templateVersion,
            @Nullable UUID replyTo,
            long creditsUsed,
            @Nullable Reason routedBy,
            @Nullable Instant scheduledAt) {

        /// What customers write has arrived by definition.
        MessageStatus status() {
            return state == null ? MessageStatus.DELIVERED : MessageStatus.of(state, deliveredAt, readAt, failedAt);
        }

        Message.@Nullable ShownFailure failure() {
            return failureCode == null || failureTitle == null || status() != MessageStatus.FAILED
                    ? null
                    : Message.ShownFailure.of(new Failure(failureCode, failureTitle, failureDetails), failedAt);
        }

        Message.@Nullable Media media() {
            return mediaUrl == null ? null : new Message.Media(type, mediaUrl, text, mediaFilename);
        }

        Message.@Nullable FromTemplate template() {
            return templateId == null || templateName == null || templateVersion == null
                    ? null
                    : new Message.FromTemplate(templateId, templateName, templateVersion);
        }

        Message message() {
            return new Message(
                    id,
                    contactId,
                    senderId,
                    senderType,
                    recipientPhone,
                    new Message.Content(text),
                    sentAt,
                    status(),
                    Message.DeliveryStatus.of(status()),
                    isRead,
                    direction,
                    wamid,
                    type,
                    media(),
                    template(),
                    replyTo,
                    deliveredAt,
                    readAt,
                    failedAt,
                    failure(),
                    creditsUsed,
                    routedBy,
                    scheduledAt);
        }
    }

    private final JdbcClient jdbc;

    MessageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void addOutbound(
            UUID id,
            UUID contactId,
            Author author,
            String recipientPhone,
            Composition composition,
            @Nullable String quoted,
            String phoneNumberId,
            Instant now) {
        var media = composition.media();
        var template = composition.template();
        jdbc.sql("""
            INSERT INTO message (id, contact_id, coach_id, direction, sender_type, sender_id, type, text,
                                 media_url, media_filename, template_id, template_version,
                                 recipient_phone, phone_number_id, reply_to_wamid, sent_at, price, is_read, merged_from)
            VALUES (:id, :contactId, :coachId, 'OUTBOUND', :senderType::sender_type, :senderId, :type::message_type,
                    :text, :mediaUrl, :mediaFilename, :templateId, :templateVersion,
                    :recipientPhone, :phoneNumberId, :quoted, :now, :price, true,
                    (SELECT known.id
                       FROM contact
                       JOIN contact AS known ON known.merged_into = contact.id AND known.person = contact.reached_as
                      WHERE contact.id = :contactId))
            """)
                .param("id", id)
                .param("contactId", contactId)
                .param("coachId", author.coachId())
                .param("senderType", author.type().name())
                .param("senderId", author.id())
                .param("type", composition.type().name())
                .param("text", composition.text())
                .param("mediaUrl", media == null ? null : media.url())
                .param("mediaFilename", media == null ? null : media.filename())
                .param("templateId", template == null ? null : template.id())
                .param("templateVersion", template == null ? null : template.version())
                .param("recipientPhone", recipientPhone)
                .param("phoneNumberId", phoneNumberId)
                .param("quoted", quoted)
                .param("now", now.atOffset(UTC))
                .param("price", author.price())
                .update();
    }

    /// Answers false when this wamid is already here: webhooks come twice.
    boolean addInbound(UUID id, Inbound inbound) {
        return jdbc.sql("""
            INSERT INTO message (id, contact_id, coach_id, direction, sender_type, sender_id, type, text,
                                 recipient_phone, phone_number_id, wamid, reply_to_wamid, sent_at, is_read,
                                 routed_by, raw, merged_from)
            VALUES (:id, :contactId, :coachId, 'INBOUND', 'LEAD', :contactId, :type::message_type, :text,
                    :recipientPhone, :phoneNumberId, :wamid, :quoted, :at, false,
                    :routedBy::routing_reason, :raw,
                    (SELECT id FROM contact WHERE merged_into = :contactId AND person = :person))
                ON CONFLICT (phone_number_id, wamid) WHERE wamid IS NOT NULL DO NOTHING
            """)
                        .param("id", id)
                        .param("contactId", inbound.contactId())
                        .param("person", inbound.person())
                        .param("coachId", inbound.coachId())
                        .param("type", inbound.type().name())
                        .param("text", inbound.text())
                        .param("recipientPhone", inbound.businessPhone())
                        .param("phoneNumberId", inbound.phoneNumberId())
                        .param("wamid", inbound.wamid())
                        .param("quoted", inbound.quoted())
                        .param("at", inbound.at().atOffset(UTC))
                        .param("routedBy", inbound.routedBy().name())
                        .param("raw", inbound.raw())
                        .update()
                == 1;
    }

    /// What tells how a message that was accepted goes on.
    record Standing(@Nullable UUID coachId, @Nullable Instant scheduledAt, String person) {}

    Standing standing(UUID id) {
        return jdbc.sql("""
            SELECT message.coach_id, outbox.scheduled_at, contact.person
              FROM message
              JOIN contact ON contact.id = message.contact_id
              LEFT JOIN outbox ON outbox.message_id = message.id
             WHERE message.id = :id
            """).param("id", id).query(Standing.class).single();
    }

    /// Whether this message was here and its contact has been erased since.
    boolean isErased(String phoneNumberId, String wamid) {
        return jdbc.sql("""
            SELECT EXISTS (SELECT
                             FROM message
                            WHERE phone_number_id = :phoneNumberId AND wamid = erased_wamid(:wamid))
            """)
                .param("phoneNumberId", phoneNumberId)
                .param("wamid", wamid)
                .query(Boolean.class)
                .single();
    }

    Optional<Message> byId(UUID id) {
        return jdbc.sql(ROWS + " WHERE message.id = :id")
                .param("id", id)
                .query(Row.class)
                .optional()
                .map(Row::message);
    }

    List<Message> byIds(Collection<UUID> ids) {
        return jdbc
                .sql(ROWS + " WHERE message.id = ANY (:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .query(Row.class)
                .list()
                .stream()
                .map(Row::message)
                .toList();
    }

    /// Newest first.
    List<Message> thread(UUID contactId, Page page) {
        return jdbc
                .sql(ROWS + """
                     WHERE message.contact_id = :contactId
                     ORDER BY message.sent_at DESC, message.id DESC
                     LIMIT :limit OFFSET :offset
                    """)
                .param("contactId", contactId)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Row.class)
                .list()
                .stream()
                .map(Row::message)
                .toList();
    }

    /// Marks the newest inbound message of a thread unread. Answers how many that changed: none or one.
    int markNewestUnread(UUID contactId) {
        return jdbc.sql("""
            UPDATE message
               SET is_read = false
             WHERE is_read
               AND id = (SELECT id
                           FROM message
                          WHERE contact_id = :contactId AND direction = 'INBOUND'
                          ORDER BY sent_at DESC, id DESC
                          LIMIT 1)
            """).param("contactId", contactId).update();
    }

    /// Marks inbound messages of a thread read: one of them, or all when `only` is null. Answers those that were
    /// unread.
    List<UUID> markRead(UUID contactId, @Nullable UUID only) {
        return jdbc.sql("""
            UPDATE message
               SET is_read = true
             WHERE contact_id = :contactId AND NOT is_read AND (:only::uuid IS NULL OR id = :only)
            RETURNING id
            """)
                .param("contactId", contactId)
                .param("only", only)
                .query(UUID.class)
                .list();
    }
}
