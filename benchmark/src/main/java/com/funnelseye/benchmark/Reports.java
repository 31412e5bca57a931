package com.funnelseye.benchmark;

import com.funnelseye.benchmark.People.Coach;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Messages that WhatsApp has accepted, and what it is about to report of them: three statuses each, in their order.
final class Reports {

    /// One status of one message, as WhatsApp would post it.
    record Status(UUID attempt, UUID message, String wamid, String status, String phone) {

        byte[] signedPost() {
            var body = """
                {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"16505550199","phone_number_id":"%s"},"statuses":[{"id":"%s","status":"%s",\
                "timestamp":"%d","recipient_id":"%s","biz_opaque_callback_data":"%s","pricing":{"billable":true,\
                "pricing_model":"PMP","category":"service"}}]},"field":"messages"}]}]}\
                """.formatted(
                            Stage.BUSINESS_ACCOUNT_ID,
                            Stage.PHONE_NUMBER_ID,
                            wamid,
                            status,
                            Instant.now().getEpochSecond(),
                            phone.substring(1),
                            attempt)
                    .getBytes(StandardCharsets.UTF_8);
            return Wire.post(
                    "/api/webhooks/whatsapp", "X-Hub-Signature-256: sha256=%s\r\n".formatted(signature(body)), body);
        }
    }

    private static final List<String> IN_ORDER = List.of("sent", "delivered", "read");

    private Reports() {}

    /// The statuses of new accepted messages to these coaches' leads: first all "sent", then all "delivered", then all
    /// "read", so that nothing overtakes. The messages cost nothing, so no ledger is needed.
    static List<Status> of(Connection database, List<Coach> coaches, int messages) throws SQLException {
        var first = new ArrayList<Status>();
        var each = messages / coaches.size() + 1;
        for (var coach : coaches) {
            first.addAll(accepted(database, coach, each));
        }
        var all = new ArrayList<Status>();
        for (var status : IN_ORDER) {
            first.forEach(one -> all.add(new Status(one.attempt(), one.message(), one.wamid(), status, one.phone())));
        }
        return all;
    }

    private static List<Status> accepted(Connection database, Coach coach, int count) throws SQLException {
        var statuses = new ArrayList<Status>();
        try (var insert = database.prepareStatement("""
            WITH sent AS (
                INSERT INTO message (id, contact_id, coach_id, direction, sender_type, sender_id, type, text,
                                     recipient_phone, phone_number_id, wamid, sent_at, is_read, outcome, accepted_at)
                SELECT uuidv7(), contact.id, contact.coach_id, 'OUTBOUND', 'COACH', contact.coach_id, 'TEXT', 'Hello!',
                       contact.phone, ?, 'wamid.' || gen_random_uuid(), now(), true, 'ACCEPTED', now()
                  FROM (SELECT id, coach_id, phone, row_number() OVER () AS n
                          FROM contact
                         WHERE coach_id = ?) AS contact
                  JOIN generate_series(0, ? - 1) AS turn ON turn % ? + 1 = contact.n
                RETURNING id, contact_id, coach_id, wamid, recipient_phone, phone_number_id
            ), thread AS (
                INSERT INTO conversation (contact_id, coach_id, last_message_id, last_message_at, message_count)
                SELECT contact_id, coach_id, (array_agg(id ORDER BY id DESC))[1], now(), count(*)
                  FROM sent
                 GROUP BY contact_id, coach_id
                    ON CONFLICT (contact_id) DO UPDATE
                   SET last_message_id = excluded.last_message_id, last_message_at = excluded.last_message_at,
                       message_count = conversation.message_count + excluded.message_count
            ), attempted AS (
                INSERT INTO attempt (id, message_id, n, phone_number_id, outcome, wamid)
                SELECT gen_random_uuid(), id, 1, phone_number_id, 'ACCEPTED', wamid
                  FROM sent
                RETURNING id, message_id
            )
            SELECT attempted.id, attempted.message_id, sent.wamid, sent.recipient_phone
              FROM attempted
              JOIN sent ON sent.id = attempted.message_id
            """)) {
            insert.setString(1, Stage.PHONE_NUMBER_ID);
            insert.setObject(2, coach.id());
            insert.setInt(3, count);
            insert.setInt(4, coach.leads().size());
            try (var rows = insert.executeQuery()) {
                while (rows.next()) {
                    statuses.add(new Status(
                            rows.getObject(1, UUID.class),
                            rows.getObject(2, UUID.class),
                            rows.getString(3),
                            "sent",
                            rows.getString(4)));
                }
            }
        }
        return statuses;
    }

    private static String signature(byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Stage.APP_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
