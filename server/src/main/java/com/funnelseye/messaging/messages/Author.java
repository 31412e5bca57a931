package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who writes an outbound message into whose thread, and what it costs that coach.
///
/// @param coachId whose thread it is; null when it is nobody's yet
/// @param price credits, 0 for admins
record Author(UUID id, SenderType type, @Nullable UUID coachId, long price) {

    static Author of(Caller caller, @Nullable UUID coachId, long price) {
        return switch (caller) {
            case Caller.Coach coach -> new Author(coach.id(), SenderType.COACH, coachId, price);
            case Caller.Admin admin -> new Author(admin.id(), SenderType.ADMIN, coachId, 0);
        };
    }
}
