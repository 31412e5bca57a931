package com.funnelseye.messaging.stats;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Period;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.messages.Direction;
import com.funnelseye.messaging.messages.MessageStatus;
import com.funnelseye.messaging.messages.MessageType;
import com.funnelseye.messaging.stats.Counters.FailureCount;
import com.funnelseye.messaging.stats.MessageMonitor.MessagePage;
import com.funnelseye.messaging.stats.MessageMonitor.Wanted;
import com.funnelseye.messaging.stats.Statistics.Series;
import com.funnelseye.messaging.stats.Statistics.SystemStats;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin")
class AdminStatsController {

    private static final int MAX_CODES = 200;

    record CoachPage(List<Ranking.Row> coaches, Pagination pagination) {}

    record Failures(long total, List<FailureCount> errors) {}

    private final Statistics statistics;
    private final Ranking ranking;
    private final Counters counters;
    private final MessageMonitor messages;
    private final Audit audit;

    AdminStatsController(
            Statistics statistics, Ranking ranking, Counters counters, MessageMonitor messages, Audit audit) {
        this.statistics = statistics;
        this.ranking = ranking;
        this.counters = counters;
        this.messages = messages;
        this.audit = audit;
    }

    @GetMapping("/stats")
    Reply<SystemStats> stats(Admin admin, Period period, @RequestParam(required = false) @Nullable UUID coachId) {
        return Reply.of(statistics.ofSystem(statistics.scope(coachId), period));
    }

    @GetMapping("/stats/series")
    Reply<Series> series(
            Admin admin,
            Period period,
            @RequestParam(defaultValue = "day") Buckets bucket,
            @RequestParam(required = false) @Nullable UUID coachId) {
        return Reply.of(statistics.series(statistics.scope(coachId), period, bucket));
    }

    @GetMapping("/coaches")
    Reply<CoachPage> coaches(
            Admin admin,
            Period period,
            Page page,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) Ranking.@Nullable Status status,
            @RequestParam(defaultValue = "volume") Ranking.Sort sort,
            @RequestParam(defaultValue = "desc") Ranking.Order order) {
        var filter = new Ranking.Filter(search, status);
        var rows = ranking.coaches(filter, period, sort, order, page);
        return Reply.of(new CoachPage(rows, page.of(ranking.total(filter))));
    }

    @GetMapping("/coaches/{coachId}/messages")
    Reply<MessagePage> messagesOf(Admin admin, @PathVariable UUID coachId, Period period, Page page) {
        var found = messages.page(Wanted.allOf(statistics.scope(coachId), period), page);
        audit.record(admin, "coach.messages_viewed", new Subject("coach", coachId));
        return Reply.of(found);
    }

    @GetMapping("/messages")
    Reply<MessagePage> messages(
            Admin admin,
            Period period,
            Page page,
            @RequestParam(required = false) @Nullable UUID coachId,
            @RequestParam(required = false) @Nullable MessageStatus status,
            @RequestParam(required = false) @Nullable MessageType type,
            @RequestParam(required = false) @Nullable Direction direction,
            @RequestParam(required = false) @Nullable String search) {
        var wanted = new Wanted(statistics.scope(coachId), period, direction, status, type, search);
        var found = messages.page(wanted, page);
        audit.record(admin, "messages.viewed", new Subject("coach", coachId));
        return Reply.of(found);
    }

    @GetMapping("/errors")
    Reply<Failures> errors(Admin admin, Period period, @RequestParam(required = false) @Nullable UUID coachId) {
        var scope = statistics.scope(coachId);
        var failed = counters.tally(scope, period).failed();
        return Reply.of(new Failures(failed, counters.failures(scope, period, MAX_CODES)));
    }
}
