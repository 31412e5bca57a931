package com.funnelseye.messaging.stats;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.http.Period;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.stats.Statistics.Series;
import com.funnelseye.messaging.stats.Statistics.Stats;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/stats")
class StatsController {

    private final Statistics statistics;

    StatsController(Statistics statistics) {
        this.statistics = statistics;
    }

    @GetMapping
    Reply<Stats> stats(Coach coach, Period period) {
        return Reply.of(statistics.of(coach.scope(), period));
    }

    @GetMapping("/series")
    Reply<Series> series(Coach coach, Period period, @RequestParam(defaultValue = "day") Buckets bucket) {
        return Reply.of(statistics.series(coach.scope(), period, bucket));
    }
}
