package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller.Coach;
import java.util.UUID;

/// Who writes an outbound message, and what it costs whom.
///
/// @param price credits, 0 for admins
record Author(UUID id, SenderType type, UUID coachId, long price) {

    static Author coach(Coach coach, long price) {
        return new Author(coach.id(), SenderType.COACH, coach.id(), price);
    }
}
