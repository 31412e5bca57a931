package com.funnelseye.messaging.messages;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;

/// Finds sends nobody finished. Such a message may have gone out, so it becomes unknown and is never sent again by
/// itself.
@Service
class Reaper {

    static final int BATCH = 100;
    private static final Logger log = LoggerFactory.getLogger(Reaper.class);

    private final Outbox outbox;
    private final Results results;

    Reaper(Outbox outbox, Results results) {
        this.outbox = outbox;
        this.results = results;
    }

    int runOnce() {
        var overdue = outbox.overdue(BATCH);
        for (var attempt : overdue) {
            log.warn("Send not finished: message.id={} attempt.id={}", attempt.messageId(), attempt.attemptId());
            giveUp(attempt);
        }
        return overdue.size();
    }

    /// One that somebody holds on to does not keep the others waiting for ever; its turn comes again.
    private void giveUp(Attempt attempt) {
        try {
            results.lostSight(attempt, "lease expired");
        } catch (ConcurrencyFailureException held) {
            log.warn("Send held by somebody: message.id={}", attempt.messageId());
        }
    }
}
