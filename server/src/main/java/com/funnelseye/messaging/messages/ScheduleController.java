package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.messages.Schedule.Scheduled;
import com.funnelseye.messaging.messages.Schedule.ScheduledPage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/scheduled")
class ScheduleController {

    /// Null leaves a field as it is.
    record ChangeRequest(@Nullable String message, @Nullable String scheduledAt) {

        @Nullable
        String text() {
            return message == null ? null : Draft.text(message).text();
        }

        @Nullable
        Instant time() {
            return SendOptions.of(null, scheduledAt).scheduledAt();
        }
    }

    private final Schedule schedule;

    ScheduleController(Schedule schedule) {
        this.schedule = schedule;
    }

    @GetMapping
    Reply<ScheduledPage> list(Coach coach, Page page) {
        return Reply.of(schedule.list(coach.scope(), page));
    }

    @PutMapping("/{messageId}")
    Reply<Scheduled> change(Coach coach, @PathVariable UUID messageId, @RequestBody ChangeRequest request) {
        return Reply.of("Message rescheduled", schedule.change(coach, messageId, request.text(), request.time()));
    }

    @DeleteMapping("/{messageId}")
    Reply<Message> cancel(Coach coach, @PathVariable UUID messageId) {
        return Reply.of("Message cancelled", schedule.cancel(coach, messageId));
    }
}
