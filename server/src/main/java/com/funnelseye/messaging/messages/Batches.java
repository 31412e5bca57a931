package com.funnelseye.messaging.messages;

import static java.util.stream.Collectors.groupingBy;

import com.funnelseye.messaging.contacts.Contact;
import com.funnelseye.messaging.contacts.Crowd;
import com.funnelseye.messaging.conversations.Assignments;
import com.funnelseye.messaging.conversations.Conversations;
import com.funnelseye.messaging.credits.Credits;
import com.funnelseye.messaging.http.Ids;
import com.funnelseye.messaging.whatsapp.Channel;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Accepts one message for each of many, in a lane. However many they are, each table is written by one statement.
@Service
public class Batches {

    private final BatchPlanner planner;
    private final BatchRepository repository;
    private final Crowd crowd;
    private final Assignments assignments;
    private final Conversations conversations;
    private final Credits credits;
    private final Channel channel;
    private final Clock clock;

    Batches(
            BatchPlanner planner,
            BatchRepository repository,
            Crowd crowd,
            Assignments assignments,
            Conversations conversations,
            Credits credits,
            Channel channel,
            Clock clock) {
        this.planner = planner;
        this.repository = repository;
        this.crowd = crowd;
        this.assignments = assignments;
        this.conversations = conversations;
        this.credits = credits;
        this.channel = channel;
        this.clock = clock;
    }

    /// What would become of everybody. Writes nothing.
    public Batch plan(Batch.Order order) {
        return planner.plan(order);
    }

    /// Refused, with nothing written, for who may not send, for a time that is not to come, for a stopped channel and
    /// for too few credits.
    ///
    /// @param startsAt when the first may go; null is now
    public Batch requireSendable(Batch.Order order, @Nullable Instant startsAt) {
        CoachSuspended.refuse(order.caller());
        new SendOptions(null, startsAt).requireFuture(clock.instant());
        channel.requireOpen();
        var batch = planner.plan(order);
        if (batch.payer() != null) {
            credits.require(batch.payer(), batch.price(), batch.required());
        }
        return batch;
    }

    /// Messages, threads, outbox rows and reserved credits of all who go, in the transaction that opened the lane. The
    /// answer says which message is whose; somebody given to another coach meanwhile is not found any more.
    ///
    /// @param startsAt when the first may go; null is now
    @Transactional(propagation = Propagation.MANDATORY)
    public Batch accept(Batch batch, UUID laneId, @Nullable Instant startsAt) {
        var lines = held(withNewcomers(batch.lines()));
        var accepted =
                BatchPlanner.going(lines, line -> line.accepted(Ids.next()));
        var now = clock.instant();
        var rows = new BatchRepository.Rows(
                accepted.stream().filter(BatchLine::goes).toList());
        if (rows.size() > 0) {
            repository.addMessages(rows, batch, laneId, now);
            repository.addToOutbox(rows, laneId, startsAt);
            conversations.addedToAll(rows.contactIds(), rows.coachIds(), rows.messageIds(), now);
        }
        if (batch.payer() != null) {
            credits.reserveAll(batch.payer(), Arrays.asList(rows.messageIds()), batch.price(), batch.required());
        }
        return batch.with(accepted);
    }

    private List<BatchLine> withNewcomers(List<BatchLine> lines) {
        var newcomers = lines.stream()
                .filter(line -> line.goes() && line.newcomer())
                .map(Batches::contactOf)
                .toList();
        var ids = new HashMap<String, UUID>();
        byCoach(newcomers).forEach((coachId, ofCoach) -> ids.putAll(crowd.add(idOf(coachId), ofCoach)));
        return BatchPlanner.going(lines, line -> {
            var id = line.newcomer() ? ids.get(line.person()) : null;
            return id == null ? line : line.to(contactOf(line).as(id), false);
        });
    }

    /// One batch has newcomers of one coach, or of none.
    private static Map<UUID, List<Contact>> byCoach(List<Contact> contacts) {
        return contacts.stream()
                .collect(groupingBy(contact -> Objects.requireNonNullElse(contact.coachId(), Ids.NOTHING)));
    }

    private static @Nullable UUID idOf(UUID coachId) {
        return coachId.equals(Ids.NOTHING) ? null : coachId;
    }

    private List<BatchLine> held(List<BatchLine> lines) {
        var going = lines.stream().filter(BatchLine::goes).map(Batches::contactOf).toList();
        var contactIds = going.stream().map(Contact::id).toArray(UUID[]::new);
        if (contactIds.length == 0) {
            return lines;
        }
        crowd.bringBack(Arrays.asList(contactIds));
        var held = assignments.holdAll(
                contactIds, going.stream().map(Contact::coachId).toArray(UUID[]::new));
        return BatchPlanner.going(
                lines, line -> held.contains(contactOf(line).id()) ? line : line.judged(Verdict.NO_CONTACT));
    }

    private static Contact contactOf(BatchLine line) {
        return Objects.requireNonNull(line.contact());
    }
}
