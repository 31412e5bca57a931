package com.funnelseye.messaging.messages;

import com.funnelseye.messaging.accounts.AccountChanged;
import com.funnelseye.messaging.messages.Lane.Change;
import com.funnelseye.messaging.messages.Lane.State;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Opens, pauses and ends sets of messages. Every message of a lane is an ordinary message with a row in the outbox that
/// names the lane; nothing of it is begun unless the lane runs.
@Service
public class Lanes {

    public static final Duration MAX_DELAY = Duration.ofMinutes(1);

    /// Why lanes of a suspended coach are paused; those are the ones that go on when she is active again.
    static final String SUSPENDED = "The coach is suspended";

    private final LaneRepository repository;

    Lanes(LaneRepository repository) {
        this.repository = repository;
    }

    /// A new lane, in the transaction that adds its messages: once committed, an empty lane is a completed one.
    ///
    /// @param coachId null for a lane that is no coach's
    /// @param delay at least so long between two sends, in milliseconds; zero is as fast as allowed
    /// @param startsAt null is now
    @Transactional(propagation = Propagation.MANDATORY)
    public void open(UUID laneId, @Nullable UUID coachId, Duration delay, @Nullable Instant startsAt) {
        if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
            throw new IllegalArgumentException("no such delay: " + delay);
        }
        repository.add(laneId, coachId, delay, startsAt);
    }

    /// Once this has committed no message of the lane is begun. Those begun before finish.
    @Transactional
    public Change pause(UUID laneId, String reason) {
        return change(laneId, repository.pause(laneId, reason));
    }

    /// The lane goes on from now at its own pace; what it missed is not made up for.
    @Transactional
    public Change resume(UUID laneId) {
        return change(laneId, repository.resume(laneId));
    }

    /// Once this has committed no message of the lane is begun; those that wait are cancelled and their credit is
    /// released within seconds, until the lane is [State#CANCELLED].
    @Transactional
    public Change cancel(UUID laneId) {
        return change(laneId, repository.cancel(laneId));
    }

    /// Answers how many lanes that paused.
    @Transactional
    public int pauseAllOf(UUID coachId, String reason) {
        return pauseEach(coachId, reason);
    }

    /// Sets those going that were paused for this reason. Answers how many.
    @Transactional
    public int resumeAllOf(UUID coachId, String reason) {
        return (int) repository.pausedOf(coachId, reason).stream()
                .filter(repository::resume)
                .count();
    }

    /// Answers how many lanes that paused.
    @Transactional
    public int pauseAll(String reason) {
        return pauseEach(null, reason);
    }

    /// @throws IllegalArgumentException if there is no such lane
    public State state(UUID laneId) {
        return byId(laneId).state();
    }

    /// @throws IllegalArgumentException if there is no such lane
    public Lane byId(UUID laneId) {
        return repository.byId(laneId).orElseThrow(() -> unknown(laneId));
    }

    /// The state, which does not change before this transaction ends: asked before messages are added.
    @Transactional(propagation = Propagation.MANDATORY)
    public State hold(UUID laneId) {
        return repository.hold(laneId).orElseThrow(() -> unknown(laneId));
    }

    public int runningOf(UUID coachId) {
        return repository.runningOf(coachId);
    }

    @EventListener
    void follow(AccountChanged event) {
        switch (event.change()) {
            case SUSPENDED -> pauseAllOf(event.account(), SUSPENDED);
            case ACTIVATED -> resumeAllOf(event.account(), SUSPENDED);
            case CREATED, EDITED, PASSWORD_CHANGED, PASSWORD_RESET -> {}
        }
    }

    private int pauseEach(@Nullable UUID coachId, String reason) {
        return (int) repository.goingOnOf(coachId).stream()
                .filter(id -> repository.pause(id, reason))
                .count();
    }

    private Change change(UUID laneId, boolean changed) {
        return new Change(changed, state(laneId));
    }

    private static IllegalArgumentException unknown(UUID laneId) {
        return new IllegalArgumentException("no such lane: " + laneId);
    }
}
