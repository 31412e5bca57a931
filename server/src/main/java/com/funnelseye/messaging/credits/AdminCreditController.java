package com.funnelseye.messaging.credits;

import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.credits.CreditAccounts.AccountPage;
import com.funnelseye.messaging.credits.CreditAccounts.CreditView;
import com.funnelseye.messaging.credits.CreditAccounts.Verdict;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Reply;
import com.funnelseye.messaging.http.Shown;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/admin")
class AdminCreditController {

    private static final long MAX_AMOUNT = 1_000_000;
    private static final int MAX_REASON_CHARS = 500;

    record ChangeRequest(
            @Shown(required = true) @Nullable Long amount,
            @Shown(required = true) @Nullable String reason) {

        long credits() {
            if (amount == null || amount == 0 || amount > MAX_AMOUNT || amount < -MAX_AMOUNT) {
                throw Refusal.invalid(
                        "amount", "amount must be a whole number from -%1$d to %1$d and not 0".formatted(MAX_AMOUNT));
            }
            return amount;
        }

        String why() {
            if (reason == null || reason.isBlank()) {
                throw Refusal.invalid("reason", "reason is required");
            }
            if (reason.codePointCount(0, reason.length()) > MAX_REASON_CHARS) {
                throw Refusal.invalid("reason", "reason must be at most %d characters".formatted(MAX_REASON_CHARS));
            }
            return reason.strip();
        }
    }

    private final CreditAccounts accounts;

    AdminCreditController(CreditAccounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping("/credits")
    Reply<AccountPage> all(Admin admin, Page page) {
        return Reply.of(accounts.all(page));
    }

    @GetMapping("/credits/verify")
    Reply<Verdict> verify(Admin admin) {
        return Reply.of(accounts.verifyAll());
    }

    @PostMapping("/coaches/{id}/credits")
    Reply<CreditView> change(Admin admin, @PathVariable UUID id, @RequestBody ChangeRequest request) {
        return Reply.of("Credits updated", accounts.change(admin, id, request.credits(), request.why()));
    }
}
