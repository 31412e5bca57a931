package com.funnelseye.sandbox;

import static com.funnelseye.sandbox.Status.FAILED;
import static com.funnelseye.sandbox.Status.READ;

import java.time.Clock;

/// What people do with their phones: write to the business, and read what came.
final class Customers {

    private final Clock clock;
    private final Wamids wamids;
    private final Chats chats;
    private final StatusReports reports;
    private final GraphJson json;
    private final Webhooks webhooks;

    Customers(Clock clock, Wamids wamids, Chats chats, StatusReports reports, GraphJson json, Webhooks webhooks) {
        this.clock = clock;
        this.wamids = wamids;
        this.chats = chats;
        this.reports = reports;
        this.json = json;
        this.webhooks = webhooks;
    }

    String writes(CustomerText text) {
        var wamid = wamids.inbound(text.from());
        var at = text.at() == null ? clock.instant() : text.at();
        var message = chats.written(text, wamid, at);
        var body = json.inbound(text, chats.profileName(message.phone()), wamid, at);
        webhooks.add(message.phone().lane(), "inbound", wamid, body);
        return wamid;
    }

    /// @return how many messages were read now that were not before
    int reads(String number) {
        var unread = chats.receivedBy(number).stream()
                .filter(message -> message.reached() != READ && message.reached() != FAILED)
                .toList();
        unread.forEach(message -> {
            message.stopScript();
            reports.report(message, READ, null);
        });
        return unread.size();
    }
}
