package com.funnelseye.messaging.credits;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.funnelseye.messaging.accounts.Accounts;
import com.funnelseye.messaging.accounts.Caller.Admin;
import com.funnelseye.messaging.audit.Audit;
import com.funnelseye.messaging.audit.Audit.Subject;
import com.funnelseye.messaging.credits.Balance.CreditStatus;
import com.funnelseye.messaging.credits.Ledger.Filter;
import com.funnelseye.messaging.credits.Ledger.Totals;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Pagination;
import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.http.Total;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Looking at credits, and what admins do with them.
@Service
public class CreditAccounts {

    static final int MAX_PROBLEMS = 100;

    /// @param balance what can be spent
    /// @param spent what was spent, after refunds; `totalUsed` says the same
    record CreditView(
            long balance,
            long reserved,
            long spent,
            long totalUsed,
            CreditStatus status,
            long pricePerMessage,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String purchaseUrl) {}

    record EntryPage(List<LedgerEntry> transactions, Pagination pagination) {}

    record AccountPage(List<Ledger.Account> coaches, Totals totals, Pagination pagination) {}

    record Problem(UUID coachId, Fold.Sum available, Fold.Sum reserved, Fold.Sum spent) {}

    /// @param problems accounts that differ from their ledger, up to a hundred
    record Verdict(boolean valid, long coaches, List<Problem> problems) {}

    private final Credits credits;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Audit audit;

    CreditAccounts(Credits credits, Ledger ledger, Accounts accounts, Audit audit) {
        this.credits = credits;
        this.ledger = ledger;
        this.accounts = accounts;
        this.audit = audit;
    }

    CreditView of(UUID coachId) {
        var balance = credits.balance(coachId);
        return new CreditView(
                balance.available(),
                balance.reserved(),
                balance.spent(),
                balance.spent(),
                balance.status(),
                credits.price(),
                credits.purchaseUrl());
    }

    EntryPage entries(UUID coachId, Filter filter, Page page) {
        var entries = filter.isEmpty() ? ledger.entries(coachId, page) : ledger.entries(coachId, filter, page);
        var total = filter.isEmpty() ? ledger.total(coachId) : ledger.total(coachId, filter);
        return new EntryPage(entries, page.of(total));
    }

    Fold verify(UUID coachId) {
        return ledger.sums(coachId, false, 1).getFirst().fold();
    }

    /// All coaches by name.
    AccountPage all(Page page) {
        var totals = ledger.totals();
        return new AccountPage(ledger.accounts(page), totals, page.of(Total.exactly(totals.coaches())));
    }

    Verdict verifyAll() {
        var problems = problems();
        return new Verdict(problems.isEmpty(), ledger.totals().coaches(), problems);
    }

    /// Whether every balance is the fold of its ledger. Reads the whole ledger: not for every request.
    public boolean addUp() {
        return ledger.sums(null, true, 1).isEmpty();
    }

    public Balance balance(UUID coachId) {
        return credits.balance(coachId);
    }

    /// All coaches' balances together, shown as one active account.
    public Balance together() {
        var totals = ledger.totals();
        return new Balance(totals.balance(), totals.reserved(), totals.totalUsed(), CreditStatus.ACTIVE);
    }

    /// Gives credits, or takes some back if `amount` is negative.
    @Transactional
    public CreditView change(Admin admin, UUID coachId, long amount, String reason) {
        requireCoach(coachId);
        if (amount > 0) {
            credits.grant(coachId, amount, reason, admin.id());
        } else if (!credits.correct(coachId, amount, reason, admin.id())) {
            throw Refusal.invalid("amount", "The coach has fewer credits available than would be taken");
        }
        var after = of(coachId);
        audit.record(
                admin,
                amount > 0 ? "credits.granted" : "credits.corrected",
                new Subject("coach", coachId),
                Map.of("balance", after.balance() - amount),
                Map.of("balance", after.balance(), "amount", amount, "reason", reason));
        return after;
    }

    private void requireCoach(UUID id) {
        if (accounts.coach(id).isEmpty()) {
            throw Refusal.notFound("Coach");
        }
    }

    private List<Problem> problems() {
        return ledger.sums(null, true, MAX_PROBLEMS).stream()
                .map(sums -> {
                    var fold = sums.fold();
                    return new Problem(sums.coachId(), fold.available(), fold.reserved(), fold.spent());
                })
                .toList();
    }
}
