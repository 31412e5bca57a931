package com.funnelseye.messaging.audit;

import com.funnelseye.messaging.accounts.AccountChanged;
import com.funnelseye.messaging.audit.Audit.Subject;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Tells of changes to accounts, which know nothing of the audit, in the transaction of the change.
@Component
class AuditedAccounts {

    private final Audit audit;

    AuditedAccounts(Audit audit) {
        this.audit = audit;
    }

    @EventListener
    void changed(AccountChanged event) {
        var action = "account." + event.change().name().toLowerCase(Locale.ROOT);
        var subject = new Subject("account", event.account());
        audit.record(event.actor(), action, subject, before(event), after(event));
    }

    private static Map<String, ?> before(AccountChanged event) {
        return switch (event.change()) {
            case SUSPENDED -> Map.of("status", "active");
            case ACTIVATED -> Map.of("status", "suspended");
            case CREATED, EDITED, PASSWORD_CHANGED, PASSWORD_RESET -> Map.of();
        };
    }

    /// Of an edit only the names of the fields: their values are personal.
    private static Map<String, ?> after(AccountChanged event) {
        return switch (event.change()) {
            case SUSPENDED -> withReason(event, "suspended");
            case ACTIVATED -> withReason(event, "active");
            case EDITED -> Map.of("fields", event.fields().stream().sorted().toList());
            case CREATED, PASSWORD_CHANGED, PASSWORD_RESET -> Map.of();
        };
    }

    private static Map<String, ?> withReason(AccountChanged event, String status) {
        var reason = event.reason();
        return reason == null ? Map.of("status", status) : Map.of("status", status, "reason", reason);
    }
}
