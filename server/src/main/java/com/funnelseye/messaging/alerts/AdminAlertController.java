package com.funnelseye.messaging.alerts;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.alerts.Alerts.AlertPage;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Reply;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin/alerts")
class AdminAlertController {

    private final Alerts alerts;

    AdminAlertController(Alerts alerts) {
        this.alerts = alerts;
    }

    @GetMapping
    Reply<AlertPage> list(Admin admin, @RequestParam(required = false) @Nullable Boolean open, Page page) {
        return Reply.of(alerts.list(open, page));
    }
}
