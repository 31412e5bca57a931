package com.funnelseye.messaging.credits;

import com.funnelseye.messaging.accounts.Caller.Coach;
import com.funnelseye.messaging.credits.CreditAccounts.CreditView;
import com.funnelseye.messaging.credits.CreditAccounts.EntryPage;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Period;
import com.funnelseye.messaging.http.Reply;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/messaging/credits")
class CreditController {

    private final CreditAccounts accounts;

    CreditController(CreditAccounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    Reply<CreditView> credits(Coach coach) {
        return Reply.of(accounts.of(coach.id()));
    }

    @GetMapping("/transactions")
    Reply<EntryPage> transactions(
            Coach coach, @RequestParam(required = false) LedgerEntry.@Nullable Kind kind, Period period, Page page) {
        return Reply.of(accounts.entries(coach.id(), new Ledger.Filter(kind, period), page));
    }

    @GetMapping("/verify")
    Reply<Fold> verify(Coach coach) {
        return Reply.of(accounts.verify(coach.id()));
    }
}
