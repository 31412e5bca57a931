package com.funnelseye.messaging.messages;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.contacts.Contact;
import com.funnelseye.messaging.whatsapp.WhatsAppAccount;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class BatchRepository {

    /// Messages as columns, the way one statement takes them.
    record Rows(List<BatchLine> lines) {

        int size() {
            return lines.size();
        }

        UUID[] messageIds() {
            return lines.stream().map(BatchLine::messageId).toArray(UUID[]::new);
        }

        UUID[] contactIds() {
            return contacts().stream().map(Contact::id).toArray(UUID[]::new);
        }

        @Nullable
        UUID[] coachIds() {
            return contacts().stream().map(Contact::coachId).toArray(UUID[]::new);
        }

        @Nullable
        String[] phones() {
            return contacts().stream().map(Contact::phone).toArray(String[]::new);
        }

        @Nullable
        String[] texts() {
            return lines.stream().map(line -> composition(line).text()).toArray(String[]::new);
        }

        /// But for the words all messages of a batch are made alike.
        Composition first() {
            return composition(lines.getFirst());
        }

        private static Composition composition(BatchLine line) {
            return Objects.requireNonNull(line.composition());
        }

        private List<Contact> contacts() {
            return lines.stream()
                    .map(line -> Objects.requireNonNull(line.contact()))
                    .toList();
        }
    }

    private final JdbcClient jdbc;
    private final WhatsAppAccount account;

    BatchRepository(JdbcClient jdbc, WhatsAppAccount account) {
        this.jdbc = jdbc;
        this.account = account;
    }

    void addMessages(Rows rows, Batch batch, UUID laneId, Instant now) {
        var media = rows.first().media();
        var template = rows.first().template();
        var author = Author.of(batch.caller(), null, batch.price());
        jdbc.sql("""
            INSERT INTO message (id, contact_id, coach_id, direction, sender_type, sender_id, type, text,
                                 media_url, media_filename, template_id, template_version,
                                 recipient_phone, phone_number_id, sent_at, price, is_read, lane_id)
            SELECT row.id, row.contact_id, row.coach_id, 'OUTBOUND', :senderType::sender_type, :senderId,
                   :type::message_type, row.text, :mediaUrl, :mediaFilename, :templateId, :templateVersion,
                   row.phone, :phoneNumberId, :now, :price, true, :laneId
              FROM unnest(:ids::uuid[], :contactIds::uuid[], :coachIds::uuid[], :texts::text[], :phones::text[])
                       AS row (id, contact_id, coach_id, text, phone)
            """)
                .param("ids", rows.messageIds())
                .param("contactIds", rows.contactIds())
                .param("coachIds", rows.coachIds())
                .param("texts", rows.texts())
                .param("phones", rows.phones())
                .param("senderType", author.type().name())
                .param("senderId", author.id())
                .param("type", rows.first().type().name())
                .param("mediaUrl", media == null ? null : media.url())
                .param("mediaFilename", media == null ? null : media.filename())
                .param("templateId", template == null ? null : template.id())
                .param("templateVersion", template == null ? null : template.version())
                .param("phoneNumberId", account.phoneNumberId())
                .param("now", now.atOffset(UTC))
                .param("price", batch.price())
                .param("laneId", laneId)
                .update();
    }

    /// Due in their order: a microsecond apart.
    void addToOutbox(Rows rows, UUID laneId, @Nullable Instant startsAt) {
        jdbc.sql("""
            INSERT INTO outbox (message_id, coach_id, due_at, lane_id)
            SELECT row.message_id, row.coach_id,
                   coalesce(:startsAt::timestamptz, now()) + row.position * interval '1 microsecond', :laneId
              FROM unnest(:messageIds::uuid[], :coachIds::uuid[]) WITH ORDINALITY
                       AS row (message_id, coach_id, position)
            """)
                .param("messageIds", rows.messageIds())
                .param("coachIds", rows.coachIds())
                .param("laneId", laneId)
                .param("startsAt", startsAt == null ? null : startsAt.atOffset(UTC))
                .update();
    }
}
