package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One draft for many, with what becomes of each of them.
///
/// @param payer the coach who pays; null when nobody does
/// @param price credits for one message
/// @param templateVersion of a template, the one that is sent
public record Batch(
        Caller caller,
        @Nullable UUID payer,
        long price,
        @Nullable Integer templateVersion,
        List<BatchLine> lines) {

    /// What is asked for.
    ///
    /// @param coachId of an admin, whom she speaks for; what a coach says of coaches is ignored
    /// @param templateVersion null sends the current one
    public record Order(
            Caller caller,
            @Nullable UUID coachId,
            Draft draft,
            @Nullable Integer templateVersion,
            List<Addressee> addressees) {}

    public List<BatchLine> going() {
        return lines.stream().filter(BatchLine::goes).toList();
    }

    public long skipped() {
        return lines.stream().filter(BatchLine::isSkipped).count();
    }

    /// How many messages the payer must be able to pay for: all but those that are skipped.
    public long required() {
        return lines.size() - skipped();
    }

    public long creditsRequired() {
        return required() * price;
    }

    Batch with(List<BatchLine> changed) {
        return new Batch(caller, payer, price, templateVersion, changed);
    }
}
