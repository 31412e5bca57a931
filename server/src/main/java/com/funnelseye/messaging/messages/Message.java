package com.funnelseye.messaging.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.funnelseye.messaging.conversations.Routing.Reason;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message as the API shows it.
///
/// @param sentAt outbound: when we accepted it; inbound: WhatsApp's own time
/// @param isRead inbound: read by the coach; outbound: always true
/// @param creditsUsed credits spent on it, after refunds
/// @param routedBy inbound: why this conversation got it
/// @param scheduledAt when it shall go, while it waits for that time
public record Message(
        @JsonProperty("_id") UUID id,
        UUID contactId,
        UUID senderId,
        SenderType senderType,
        @Nullable String recipientPhone,
        Content content,
        Instant sentAt,
        MessageStatus status,
        DeliveryStatus deliveryStatus,
        @JsonProperty("isRead") boolean isRead,
        Direction direction,
        @Nullable String wamid,
        MessageType type,
        @Nullable Media media,
        @Nullable FromTemplate template,
        @Nullable UUID replyTo,
        @Nullable Instant deliveredAt,
        @Nullable Instant readAt,
        @Nullable Instant failedAt,
        @Nullable ShownFailure failure,
        long creditsUsed,
        @Nullable Reason routedBy,
        @Nullable Instant scheduledAt) {

    public record Content(@Nullable String text) {}

    /// @param url where WhatsApp fetched it from
    public record Media(
            MessageType kind,
            String url,
            @Nullable String caption,
            @Nullable String filename) {}

    public record FromTemplate(UUID id, String name, int version) {}

    /// @param advice what the user can do about it
    /// @param retryableAt not before then; null when there is nothing to wait for, or no sense in trying again
    public record ShownFailure(
            String code,
            String title,
            String advice,
            boolean retryable,
            @Nullable Instant retryableAt) {

        static ShownFailure of(Failure failure, @Nullable Instant failedAt) {
            var advice = FailureAdvice.of(failure.code());
            var retryableAt = failedAt == null || advice.pause().isZero() ? null : failedAt.plus(advice.pause());
            return new ShownFailure(
                    failure.code(), failure.title(), advice.sentence(), advice.retryable(), retryableAt);
        }
    }

    /// The same as the status, with one word for what WhatsApp does not hold yet.
    public enum DeliveryStatus {
        PENDING,
        SENT,
        DELIVERED,
        READ,
        FAILED,
        UNCONFIRMED,
        CANCELLED;

        static DeliveryStatus of(MessageStatus status) {
            return switch (status) {
                case QUEUED, SENDING -> PENDING;
                case SENT -> SENT;
                case DELIVERED -> DELIVERED;
                case READ -> READ;
                case FAILED -> FAILED;
                case UNCONFIRMED -> UNCONFIRMED;
                case CANCELLED -> CANCELLED;
            };
        }
    }
}
