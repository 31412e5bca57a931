package com.funnelseye.messaging.stats;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.stats.SystemHealth.Report;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/health")
class AdminHealthController {

    private final SystemHealth health;

    AdminHealthController(SystemHealth health) {
        this.health = health;
    }

    @GetMapping
    Reply<Report> health(Admin admin) {
        return Reply.of(health.report());
    }
}
