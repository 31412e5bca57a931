package com.funnelseye.sandbox;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the page and an operator see of the whole.
record ControlState(Business business, WebhookState webhook, Counts counts, List<Magic> magicNumbers) {

    record Business(String phoneNumberId, String businessAccountId, String displayPhoneNumber, String verifiedName) {}

    record WebhookState(@Nullable URI url, boolean verified, Webhooks.Counts deliveries) {}

    /// @param playing messages whose statuses are not all reported yet
    record Counts(long accepted, long requests, int phones, long playing) {}

    record Magic(String name, String number, String effect) {}

    private static final List<Magic> MAGIC = Arrays.stream(MagicNumber.values())
            .map(magic -> new Magic(magic.name(), magic.number(), magic.effect()))
            .toList();

    static ControlState of(
            SandboxOptions options,
            Subscription subscription,
            Webhooks webhooks,
            Ledger ledger,
            Chats chats,
            StatusReports reports) {
        return new ControlState(
                new Business(
                        options.phoneNumberId(),
                        options.businessAccountId(),
                        options.displayPhoneNumber(),
                        options.verifiedName()),
                new WebhookState(subscription.address(), subscription.verified(), webhooks.counts()),
                new Counts(ledger.acceptances().last(), ledger.calls().last(), chats.phoneCount(), reports.playing()),
                MAGIC);
    }
}
