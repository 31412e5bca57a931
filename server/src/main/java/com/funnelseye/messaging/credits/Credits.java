package com.funnelseye.messaging.credits;

import com.funnelseye.messaging.accounts.CoachJoined;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Every method is one insert into the ledger, whose trigger moves the balance and whose indexes refuse what would not
/// add up. Repeating a capture, release or refund changes nothing.
@Service
public class Credits {

    private final JdbcClient jdbc;
    private final long price;
    private final long initialBalance;
    private final @Nullable String purchaseUrl;

    Credits(
            JdbcClient jdbc,
            @Value("${messaging.credits.price-per-message:1}") long price,
            @Value("${messaging.credits.initial-balance:100}") long initialBalance,
            @Value("${messaging.credits.purchase-url:#{null}}") @Nullable String purchaseUrl) {
        this.jdbc = jdbc;
        this.price = price;
        this.initialBalance = initialBalance;
        this.purchaseUrl = purchaseUrl;
    }

    /// Credits a coach pays for one message.
    public long price() {
        return price;
    }

    /// Where the platform sells credits, if an operator said so.
    @Nullable
    String purchaseUrl() {
        return purchaseUrl;
    }

    /// A new coach can send from her first minute.
    @EventListener
    void joined(CoachJoined event) {
        open(event.coachId());
    }

    /// A coach's account, with the initial balance; nothing happens when she has one.
    private void open(UUID coachId) {
        var opened = jdbc.sql("INSERT INTO credit_account (coach_id) VALUES (:coachId) ON CONFLICT DO NOTHING")
                .param("coachId", coachId)
                .update();
        if (opened == 1 && initialBalance > 0) {
            grant(coachId, initialBalance, "Initial balance", null);
        }
    }

    /// Adds credits.
    @Transactional
    public void grant(UUID coachId, long amount, String reason, @Nullable UUID actor) {
        jdbc.sql("""
            INSERT INTO ledger_entry (coach_id, kind, amount, reason, actor)
            VALUES (:coachId, 'TOPUP', :amount, :reason, :actor)
            """)
                .param("coachId", coachId)
                .param("amount", amount)
                .param("reason", reason)
                .param("actor", actor)
                .update();
    }

    /// Takes `amount`, which is negative, of what can be spent. False when there is less.
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean correct(UUID coachId, long amount, String reason, UUID actor) {
        return jdbc.sql("""
            WITH holder AS (
                SELECT coach_id
                  FROM credit_account
                 WHERE coach_id = :coachId AND available + :amount >= 0
                   FOR NO KEY UPDATE
            )
            INSERT INTO ledger_entry (coach_id, kind, amount, reason, actor)
            SELECT coach_id, 'CORRECTION', :amount, :reason, :actor
              FROM holder
            """)
                        .param("coachId", coachId)
                        .param("amount", amount)
                        .param("reason", reason)
                        .param("actor", actor)
                        .update()
                == 1;
    }

    public Balance balance(UUID coachId) {
        return jdbc.sql("SELECT available, reserved, spent, status FROM credit_account WHERE coach_id = :coachId")
                .param("coachId", coachId)
                .query(Balance.class)
                .single();
    }

    /// Promises `amount` to a message, in the transaction that accepts it. The account row is locked last of all rows.
    @Transactional(propagation = Propagation.MANDATORY)
    public void reserve(UUID coachId, UUID messageId, long amount) {
        if (amount == 0) {
            return;
        }
        var reserved = jdbc.sql("""
            WITH payer AS (
                SELECT coach_id
                  FROM credit_account
                 WHERE coach_id = :coachId AND available >= :amount AND status = 'ACTIVE'
                   FOR NO KEY UPDATE
            )
            INSERT INTO ledger_entry (coach_id, message_id, kind, amount)
            SELECT coach_id, :messageId, 'RESERVE', :amount
              FROM payer
            """)
                .param("coachId", coachId)
                .param("messageId", messageId)
                .param("amount", amount)
                .update();
        if (reserved == 0) {
            refuse(coachId, amount);
        }
    }

    /// Promises `amount` to each of these messages. The coach must have it for `required` of them, which may be more:
    /// refused otherwise, with all that would have been needed.
    @Transactional(propagation = Propagation.MANDATORY)
    public void reserveAll(UUID coachId, Collection<UUID> messageIds, long amount, long required) {
        if (amount == 0 || required == 0) {
            return;
        }
        var holds = jdbc.sql("""
            SELECT true
              FROM credit_account
             WHERE coach_id = :coachId AND available >= :required AND status = 'ACTIVE'
               FOR NO KEY UPDATE
            """)
                .param("coachId", coachId)
                .param("required", amount * required)
                .query(Boolean.class)
                .optional();
        if (holds.isEmpty()) {
            refuse(coachId, amount * required);
        }
        jdbc.sql("""
            INSERT INTO ledger_entry (coach_id, message_id, kind, amount)
            SELECT :coachId, message_id, 'RESERVE', :amount
              FROM unnest(:messageIds::uuid[]) AS message_id
            """)
                .param("coachId", coachId)
                .param("messageIds", messageIds.toArray(UUID[]::new))
                .param("amount", amount)
                .update();
    }

    /// Refused when the coach could not pay for so many messages now.
    public void require(UUID coachId, long amount, long required) {
        if (balance(coachId).obstacle(amount * required) != null) {
            refuse(coachId, amount * required);
        }
    }

    /// WhatsApp accepted these messages: what was reserved is spent.
    @Transactional(propagation = Propagation.MANDATORY)
    public void capture(Collection<UUID> messageIds) {
        follow("CAPTURE", "RESERVE", messageIds);
    }

    /// These messages will not be sent: what was reserved is available again.
    @Transactional(propagation = Propagation.MANDATORY)
    public void release(Collection<UUID> messageIds) {
        follow("RELEASE", "RESERVE", messageIds);
    }

    /// WhatsApp reported these messages failed after accepting them: what was spent is available again.
    @Transactional(propagation = Propagation.MANDATORY)
    public void refund(Collection<UUID> messageIds) {
        follow("REFUND", "CAPTURE", messageIds);
    }

    private void follow(String kind, String earlier, Collection<UUID> messageIds) {
        if (messageIds.isEmpty()) {
            return;
        }
        jdbc.sql("""
            INSERT INTO ledger_entry (coach_id, message_id, kind, amount)
            SELECT coach_id, message_id, :kind::ledger_kind, amount
              FROM ledger_entry
             WHERE message_id = ANY (:messageIds) AND kind = :earlier::ledger_kind
             ORDER BY coach_id, message_id
                ON CONFLICT DO NOTHING
            """)
                .param("kind", kind)
                .param("earlier", earlier)
                .param("messageIds", messageIds.toArray(UUID[]::new))
                .update();
    }

    private void refuse(UUID coachId, long required) {
        var balance = balance(coachId);
        var obstacle = balance.obstacle(required);
        throw new InsufficientCredits(
                obstacle == null ? "Insufficient credits to send messages" : obstacle,
                balance.available(),
                required,
                purchaseUrl);
    }
}
