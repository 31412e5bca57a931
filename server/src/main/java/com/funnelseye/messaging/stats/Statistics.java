package com.funnelseye.messaging.stats;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.funnelseye.messaging.accounts.Accounts;
import com.funnelseye.messaging.accounts.Scope;
import com.funnelseye.messaging.credits.Balance;
import com.funnelseye.messaging.credits.Balance.CreditStatus;
import com.funnelseye.messaging.credits.CreditAccounts;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Period;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.messages.Message;
import com.funnelseye.messaging.messages.MessageSearch;
import com.funnelseye.messaging.messages.MessageSearch.Filter;
import com.funnelseye.messaging.stats.Counters.Slice;
import com.funnelseye.messaging.stats.Ranking.Order;
import com.funnelseye.messaging.stats.Ranking.Row;
import com.funnelseye.messaging.stats.Ranking.Sort;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The numbers people look at.
@Service
class Statistics {

    private static final Page RECENT = new Page(1, 10);
    private static final Page TOP = new Page(1, 5);

    record CreditsShown(long balance, CreditStatus status, long totalUsed) {

        static CreditsShown of(Balance balance) {
            return new CreditsShown(balance.available(), balance.status(), balance.spent());
        }
    }

    /// As the specification samples it.
    record Stats(
            long totalMessages,
            long sentMessages,
            long deliveredMessages,
            long readMessages,
            long failedMessages,
            long inboundMessages,
            String successRate,
            List<Message> recentMessages,
            CreditsShown credits) {}

    record SystemStats(@JsonUnwrapped Stats stats, long coachMessages, long adminMessages, List<TopCoach> topCoaches) {}

    record TopCoach(UUID coachId, String name, long totalMessages, long deliveredMessages, String successRate) {

        static TopCoach of(Row row) {
            return new TopCoach(row.id(), row.name(), row.totalMessages(), row.deliveredMessages(), row.successRate());
        }
    }

    record Point(
            Instant start,
            long totalMessages,
            long sentMessages,
            long deliveredMessages,
            long readMessages,
            long failedMessages,
            long inboundMessages,
            String successRate) {

        static Point of(Instant start, Slice slice) {
            return new Point(
                    start,
                    slice.total(),
                    slice.sent(),
                    slice.delivered(),
                    slice.read(),
                    slice.failed(),
                    slice.inbound(),
                    Tally.percent(slice.delivered(), slice.total()));
        }
    }

    record Series(Buckets bucket, String tz, List<Point> series) {}

    private final Counters counters;
    private final Ranking ranking;
    private final MessageSearch messages;
    private final CreditAccounts credits;
    private final Accounts accounts;
    private final Clock clock;

    Statistics(
            Counters counters,
            Ranking ranking,
            MessageSearch messages,
            CreditAccounts credits,
            Accounts accounts,
            Clock clock) {
        this.counters = counters;
        this.ranking = ranking;
        this.messages = messages;
        this.credits = credits;
        this.accounts = accounts;
        this.clock = clock;
    }

    Stats of(Scope scope, Period period) {
        return shown(scope, period, counters.tally(scope, period));
    }

    SystemStats ofSystem(Scope scope, Period period) {
        var tally = counters.tally(scope, period);
        var top = ranking.coaches(new Ranking.Filter(null, null), period, Sort.VOLUME, Order.DESC, TOP);
        return new SystemStats(
                shown(scope, period, tally),
                tally.byCoach(),
                tally.byAdmin(),
                top.stream().map(TopCoach::of).toList());
    }

    /// Every bucket of the period, empty ones too.
    Series series(Scope scope, Period period, Buckets bucket) {
        var starts = bucket.of(period, clock);
        var slices = counters.series(scope, starts).stream().collect(toMap(Slice::bucket, Function.identity()));
        var points = IntStream.range(1, starts.size())
                .mapToObj(n -> Point.of(starts.get(n - 1), slices.getOrDefault(n, new Slice(n, 0, 0, 0, 0, 0, 0))))
                .toList();
        return new Series(bucket, period.zone().getId(), points);
    }

    /// Everyone, or one coach who must exist.
    Scope scope(@Nullable UUID coachId) {
        if (coachId != null && accounts.coach(coachId).isEmpty()) {
            throw Refusal.notFound("Coach");
        }
        return new Scope.Everyone(coachId);
    }

    private Stats shown(Scope scope, Period period, Tally tally) {
        var coachId = scope.coachId();
        return new Stats(
                tally.total(),
                tally.sent(),
                tally.delivered(),
                tally.read(),
                tally.failed(),
                tally.inbound(),
                tally.successRate(),
                messages.page(Filter.outbound(scope, period), RECENT),
                CreditsShown.of(coachId == null ? credits.together() : credits.balance(coachId)));
    }
}
