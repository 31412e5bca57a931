package com.funnelseye.messaging.messages;

import static java.util.stream.Collectors.toMap;

import com.funnelseye.messaging.contacts.Reachability;
import com.funnelseye.messaging.contacts.Reachability.Arrival;
import com.funnelseye.messaging.messages.StatusReader.Found;
import com.funnelseye.messaging.whatsapp.GraphError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// What reports of messages say of the people they were for. See the codes in
/// [error codes](https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes).
@Service
class Recipients {

    private final JdbcClient jdbc;
    private final Reachability reachability;

    Recipients(JdbcClient jdbc, Reachability reachability) {
        this.jdbc = jdbc;
        this.reachability = reachability;
    }

    /// @param failed messages whose failure is news: a report that comes again says nothing new of anybody
    void note(List<Found> found, Set<UUID> failed) {
        var telling = found.stream().filter(one -> isTelling(one, failed)).toList();
        if (telling.isEmpty()) {
            return;
        }
        var contacts = contactsOf(telling);
        var arrived = new ArrayList<Arrival>();
        for (var one : telling) {
            var contact = contacts.get(one.match().messageId());
            var error = one.report().error();
            if (contact != null && error != null) {
                failed(one, contact, error);
            } else if (contact != null) {
                arrived.add(new Arrival(contact, one.report().at()));
            }
        }
        reachability.arrived(arrived);
    }

    private boolean isTelling(Found one, Set<UUID> failed) {
        return switch (one.report().status()) {
            case "delivered", "read", "played" -> reachability.isInDoubt();
            case "failed" -> one.report().error() != null && failed.contains(one.match().messageId());
            default -> false;
        };
    }

    /// 131026: not on WhatsApp, or cannot get it. 130403: we blocked the person. 131050: wants no marketing from us.
    private void failed(Found one, UUID contact, GraphError error) {
        switch (error.code()) {
            case 131026, 130403 ->
                reachability.missed(contact, error.code(), one.report().at());
            case 131050 -> reachability.stopped(contact, one.match().messageId());
            default -> {}
        }
    }

    private Map<UUID, UUID> contactsOf(List<Found> found) {
        record Owner(UUID messageId, UUID contactId) {}
        return jdbc
                .sql("SELECT id AS message_id, contact_id FROM message WHERE id = ANY (:ids)")
                .param("ids", found.stream().map(one -> one.match().messageId()).toArray(UUID[]::new))
                .query(Owner.class)
                .list()
                .stream()
                .collect(toMap(Owner::messageId, Owner::contactId));
    }
}
