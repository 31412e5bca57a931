package com.funnelseye.messaging.credits;

import static java.time.ZoneOffset.UTC;

import com.funnelseye.messaging.credits.Balance.CreditStatus;
import com.funnelseye.messaging.http.Page;
import com.funnelseye.messaging.http.Period;
import com.funnelseye.messaging.http.Total;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads ledger and accounts for those who look at them.
@Repository
class Ledger {

    /// Which entries are wanted; null means any.
    record Filter(LedgerEntry.@Nullable Kind kind, Period period) {

        boolean isEmpty() {
            return kind == null && period.isAllTime();
        }
    }

    /// A coach with her balance.
    ///
    /// @param balance what she can spend
    /// @param totalUsed what she has spent, after refunds
    record Account(
            UUID coachId,
            String name,
            @Nullable String email,
            long balance,
            long reserved,
            long totalUsed,
            CreditStatus status) {}

    /// All coaches together.
    record Totals(long coaches, long balance, long reserved, long totalUsed) {}

    /// A coach with the sums of her ledger beside those of her account.
    record Sums(
            UUID coachId,
            long ledgerAvailable,
            long available,
            long ledgerReserved,
            long reserved,
            long ledgerSpent,
            long spent) {

        Fold fold() {
            return Fold.of(
                    new Fold.Sum(ledgerAvailable, available),
                    new Fold.Sum(ledgerReserved, reserved),
                    new Fold.Sum(ledgerSpent, spent));
        }
    }

    private static final String FILTER = """
         WHERE coach_id = :coachId
           AND (:kind::ledger_kind IS NULL OR kind = :kind::ledger_kind)
           AND (:from::timestamptz IS NULL OR at >= :from)
           AND (:to::timestamptz IS NULL OR at < :to)
        """;

    private final JdbcClient jdbc;

    Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Newest first. Balances are told backwards from the present one, so a page costs what its distance from the
    /// newest entry costs, like any page.
    List<LedgerEntry> entries(UUID coachId, Page page) {
        return jdbc.sql("""
            WITH newer AS (
                SELECT id, kind, amount, ledger_moves_available(kind, amount) AS change, message_id, reason, at
                  FROM ledger_entry
                 WHERE coach_id = :coachId
                 ORDER BY id DESC
                 LIMIT :offset + :limit
            )
            SELECT newer.id::text AS id, newer.kind, newer.amount, newer.change, newer.message_id, newer.reason,
                   newer.at,
                   credit_account.available + newer.change - sum(newer.change) OVER (ORDER BY newer.id DESC)
                       AS balance_after
              FROM newer
              JOIN credit_account ON credit_account.coach_id = :coachId
             ORDER BY newer.id DESC
             LIMIT :limit OFFSET :offset
            """)
                .param("coachId", coachId)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(LedgerEntry.class)
                .list();
    }

    List<LedgerEntry> entries(UUID coachId, Filter filter, Page page) {
        return filtered(coachId, filter, """
            SELECT id::text AS id, kind, amount, ledger_moves_available(kind, amount) AS change,
                   NULL::bigint AS balance_after, message_id, reason, at
              FROM ledger_entry
            """ + FILTER + " ORDER BY id DESC LIMIT :limit OFFSET :offset")
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(LedgerEntry.class)
                .list();
    }

    /// All entries of a coach, a kept count.
    Total total(UUID coachId) {
        return Total.exactly(jdbc.sql("SELECT entries FROM credit_account WHERE coach_id = :coachId")
                .param("coachId", coachId)
                .query(Long.class)
                .single());
    }

    Total total(UUID coachId, Filter filter) {
        var counting = "SELECT count(*) FROM (SELECT FROM ledger_entry" + FILTER + " LIMIT :cap + 1) AS matching";
        return Total.upToCap(filtered(coachId, filter, counting)
                .param("cap", Total.CAP)
                .query(Long.class)
                .single());
    }

    List<Account> accounts(Page page) {
        return jdbc.sql("""
            SELECT credit_account.coach_id, account.name, account.email, credit_account.available AS balance,
                   credit_account.reserved, credit_account.spent AS total_used, credit_account.status
              FROM credit_account
              JOIN account ON account.id = credit_account.coach_id
             ORDER BY account.name, account.id
             LIMIT :limit OFFSET :offset
            """)
                .param("limit", page.limit())
                .param("offset", page.offset())
                .query(Account.class)
                .list();
    }

    Totals totals() {
        return jdbc.sql("""
            SELECT count(*) AS coaches, coalesce(sum(available), 0) AS balance, coalesce(sum(reserved), 0) AS reserved,
                   coalesce(sum(spent), 0) AS total_used
              FROM credit_account
            """).query(Totals.class).single();
    }

    /// One statement, so ledger and accounts are seen at the same moment.
    ///
    /// @param coachId null for all
    /// @param wrongOnly leaves out accounts that agree
    List<Sums> sums(@Nullable UUID coachId, boolean wrongOnly, int limit) {
        return jdbc.sql("""
            WITH folded AS (
                SELECT coach_id, sum(ledger_moves_available(kind, amount)) AS available,
                       sum(CASE kind WHEN 'RESERVE' THEN amount WHEN 'CAPTURE' THEN -amount
                                     WHEN 'RELEASE' THEN -amount ELSE 0 END) AS reserved,
                       sum(CASE kind WHEN 'CAPTURE' THEN amount WHEN 'REFUND' THEN -amount ELSE 0 END) AS spent
                  FROM ledger_entry
                 WHERE (:coachId::uuid IS NULL OR coach_id = :coachId)
                 GROUP BY coach_id
            )
            SELECT credit_account.coach_id, coalesce(folded.available, 0) AS ledger_available,
                   credit_account.available, coalesce(folded.reserved, 0) AS ledger_reserved,
                   credit_account.reserved, coalesce(folded.spent, 0) AS ledger_spent, credit_account.spent
              FROM credit_account
              LEFT JOIN folded ON folded.coach_id = credit_account.coach_id
             WHERE (:coachId::uuid IS NULL OR credit_account.coach_id = :coachId)
               AND (NOT :wrongOnly
                    OR (coalesce(folded.available, 0), coalesce(folded.reserved, 0), coalesce(folded.spent, 0))
                       <> (credit_account.available, credit_account.reserved, credit_account.spent))
             ORDER BY credit_account.coach_id
             LIMIT :limit
            """)
                .param("coachId", coachId)
                .param("wrongOnly", wrongOnly)
                .param("limit", limit)
                .query(Sums.class)
                .list();
    }

    private JdbcClient.StatementSpec filtered(UUID coachId, Filter filter, String sql) {
        return jdbc.sql(sql)
                .param("coachId", coachId)
                .param("kind", filter.kind() == null ? null : filter.kind().name())
                .param("from", utc(filter.period().from()))
                .param("to", utc(filter.period().to()));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(UTC);
    }
}
