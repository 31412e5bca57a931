package com.funnelseye.messaging.bulk;

import com.funnelseye.messaging.messages.Batch;
import com.funnelseye.messaging.messages.BatchLine;
import com.funnelseye.messaging.messages.Verdict;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What would become of a bulk if it were sent now. Nothing is written.
///
/// @param creditsRequired what must be available: for all that are not skipped
/// @param creditsExpected what it would cost if WhatsApp takes all that can be sent
/// @param remainingCredits what can be spent now; null when no one coach is spoken for
/// @param durationSeconds from the first to the last
record BulkCheck(
        int total,
        long sendable,
        long failed,
        long skipped,
        long creditsRequired,
        long creditsExpected,
        @Nullable Long remainingCredits,
        boolean enoughCredits,
        long ratePerMinute,
        long durationSeconds,
        List<Judged> recipients) {

    enum Outcome {
        SEND,
        FAIL,
        SKIP
    }

    /// @param code why it fails or is skipped
    record Judged(
            int position,
            @Nullable String contact,
            @Nullable UUID leadId,
            Outcome verdict,
            @Nullable String code,
            @Nullable String error) {

        static Judged of(int position, BatchLine line) {
            return switch (line.verdict()) {
                case Verdict.Sendable() -> judged(position, line, Outcome.SEND, null, null);
                case Verdict.Failed(var code, var error) -> judged(position, line, Outcome.FAIL, code, error);
                case Verdict.Skipped(var code, var error) -> judged(position, line, Outcome.SKIP, code, error);
            };
        }

        private static Judged judged(
                int position, BatchLine line, Outcome verdict, @Nullable String code, @Nullable String error) {
            var known = line.storedContactId();
            return new Judged(
                    position,
                    line.number(),
                    known == null ? line.addressee().leadId() : known,
                    verdict,
                    code,
                    error);
        }
    }

    static BulkCheck of(Batch batch, Job job, @Nullable Long remainingCredits) {
        var lines = batch.lines();
        var sendable = batch.going().size();
        var speed = new Speed(job.delayMs());
        var required = batch.creditsRequired();
        return new BulkCheck(
                lines.size(),
                sendable,
                batch.required() - sendable,
                batch.skipped(),
                required,
                sendable * batch.price(),
                remainingCredits,
                required == 0 || (remainingCredits != null && remainingCredits >= required),
                speed.perMinute(),
                (speed.lasting(sendable).toMillis() + 999) / 1000,
                IntStream.range(0, lines.size())
                        .mapToObj(position -> Judged.of(position, lines.get(position)))
                        .toList());
    }
}
