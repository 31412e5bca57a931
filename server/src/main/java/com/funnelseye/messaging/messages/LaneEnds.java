package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.messages.Lives.Event;
import java.util.Collection;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/// Starts lanes whose time has come, empties those that are cancelled and ends those that are empty.
@Service
class LaneEnds {

    /// Messages cancelled in one transaction.
    static final int BATCH = 500;

    private final LaneRepository lanes;
    private final Lives lives;
    private final TransactionTemplate transaction;

    LaneEnds(LaneRepository lanes, Lives lives, TransactionTemplate transaction) {
        this.lanes = lanes;
        this.lives = lives;
        this.transaction = transaction;
    }

    /// One pass. Answers how many lanes and messages moved.
    int runOnce() {
        var moved = lanes.start();
        for (var lane : lanes.cancelling()) {
            moved += sweep(lane);
        }
        return moved + endEmpty(null);
    }

    /// Ends the empty ones of these lanes, or of all. Answers how many.
    int endEmpty(@Nullable Collection<UUID> ids) {
        return (int) lanes.emptyOf(ids).stream().filter(this::end).count();
    }

    private int sweep(UUID lane) {
        return inTransaction(() -> {
            var waiting = lanes.holdWaiting(lane, BATCH);
            lives.move(waiting.stream()
                    .map(id -> new Event(id, new Happening.Cancelled()))
                    .toList());
            return waiting.size();
        });
    }

    /// Held first, looked at afterwards: only so is the look newer than whatever was added before.
    private boolean end(UUID lane) {
        return inTransaction(() -> {
            lanes.holdAgainstAll(lane);
            return lanes.end(lane) ? 1 : 0;
        }) == 1;
    }

    private int inTransaction(IntSupplier work) {
        var done = transaction.execute(_ -> work.getAsInt());
        return done == null ? 0 : done;
    }
}
