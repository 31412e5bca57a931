package com.funnelseye.messaging.whatsapp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;

/// Takes what Meta reports: proves it, stores it, and leaves its meaning to others.
@Service
class Webhooks {

    private final WhatsAppAccount account;
    private final Signature signature;
    private final Intake intake;

    Webhooks(WhatsAppAccount account, Signature signature, Intake intake) {
        this.account = account;
        this.signature = signature;
        this.intake = intake;
    }

    /// Answers Meta's handshake with its own challenge. See "create a webhook endpoint" in
    /// [webhooks](https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview).
    String subscribe(@Nullable String mode, @Nullable String token, @Nullable String challenge) {
        if (!"subscribe".equals(mode) || token == null || challenge == null || !isVerifyToken(token)) {
            throw new BadHandshake();
        }
        return challenge;
    }

    /// Once this returns everything is committed. Whatever keeps it from that is answered 503: Meta comes again, for
    /// seven days.
    void receive(@Nullable String signed, byte[] body) {
        if (!signature.isValid(signed, body)) {
            throw new BadSignature();
        }
        try {
            intake.store(Envelope.split(body), body.length);
        } catch (DataAccessException | TransactionException failure) {
            throw new DataAccessResourceFailureException("webhook not stored", failure);
        }
    }

    private boolean isVerifyToken(String token) {
        return MessageDigest.isEqual(
                account.verifyToken().getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
