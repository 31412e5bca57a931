package com.funnelseye.messaging.messages;

import static com.funnelseye.messaging.messages.Life.Money.CAPTURE;
import static com.funnelseye.messaging.messages.Life.Money.REFUND;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.messages.Happening.Accepted;
import com.funnelseye.messaging.messages.Happening.Delivered;
import com.funnelseye.messaging.messages.Happening.FailedLater;
import com.funnelseye.messaging.messages.Happening.LostSight;
import com.funnelseye.messaging.messages.Happening.Postponed;
import com.funnelseye.messaging.messages.Happening.Read;
import com.funnelseye.messaging.messages.Happening.Rejected;
import com.funnelseye.messaging.messages.Happening.Sent;
import com.funnelseye.messaging.messages.Life.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifeTest {

    private static final UUID CURRENT = new UUID(0, 1);
    private static final UUID FORMER = new UUID(0, 2);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Failure FULL = new Failure("131026", "Undeliverable", null);

    /// A webhook or an answer. Whatever WhatsApp reports of a message, it says first of all that it has it.
    record Report(String kind, Instant at) {
        List<Happening> meaning() {
            var accepted = new Accepted("wamid.A", at);
            return switch (kind) {
                case "accepted" -> List.of(accepted);
                case "sent" -> List.of(accepted, new Sent(at));
                case "delivered" -> List.of(accepted, new Delivered(at));
                case "read" -> List.of(accepted, new Read(at));
                default -> List.of(accepted, new FailedLater(at, new Failure(kind, "Error " + kind, null)));
            };
        }
    }

    record Story(Life end, List<Money> money) {}

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
        EVENT          | QUEUED                  | SENDING                 | UNKNOWN                 | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        accepted       | ACCEPTED CAPTURE        | ACCEPTED CAPTURE        | ACCEPTED CAPTURE        | ACCEPTED        | ACCEPTED | ACCEPTED  | ACCEPTED
        later          | QUEUED                  | QUEUED                  | QUEUED                  | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        rejected       | QUEUED                  | FAILED RELEASE          | FAILED RELEASE          | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        lost           | QUEUED                  | UNKNOWN                 | UNKNOWN                 | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        former later   | QUEUED                  | SENDING                 | UNKNOWN                 | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        former rejected| QUEUED                  | SENDING                 | UNKNOWN                 | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        former lost    | QUEUED                  | SENDING                 | UNKNOWN                 | ACCEPTED        | FAILED   | CANCELLED | ABANDONED
        delivered      | ACCEPTED CAPTURE        | ACCEPTED CAPTURE        | ACCEPTED CAPTURE        | ACCEPTED        | ACCEPTED | ACCEPTED  | ACCEPTED
        131026         | ACCEPTED CAPTURE REFUND | ACCEPTED CAPTURE REFUND | ACCEPTED CAPTURE REFUND | ACCEPTED REFUND | ACCEPTED | ACCEPTED  | ACCEPTED
        """)
    void each_event_moves_each_state_as_agreed(
            String event,
            String queued,
            String sending,
            String unknown,
            String accepted,
            String failed,
            String cancelled,
            String abandoned) {
        var ends = List.of(queued, sending, unknown, accepted, failed, cancelled, abandoned)
                .iterator();
        for (var state : State.values()) {
            var story = tell(lifeIn(state), happenings(event));
            var money = new ArrayList<>(story.money());
            // Without a capture the ledger has nothing to refund.
            if (!state.isOpen() && state != State.ACCEPTED) {
                money.remove(REFUND);
            }
            var end = story.end().state() + (money.isEmpty() ? "" : " " + words(money));
            assertThat(end).as("%s while %s", event, state).isEqualTo(ends.next());
        }
    }

    @Property
    void reports_in_any_order_and_any_number_give_the_same_facts(
            @ForAll("reports") @NotEmpty List<Report> reports, @ForAll State start, @ForAll Random chance) {
        var again = new ArrayList<>(reports);
        reports.forEach(report -> again.addAll(Collections.nCopies(chance.nextInt(3), report)));
        Collections.shuffle(again, chance);

        var once = tell(lifeIn(start), meanings(reports)).end();
        var shuffled = tell(lifeIn(start), meanings(again)).end();

        assertThat(shuffled).isEqualTo(once);
    }

    @Property
    void money_is_captured_once_or_released_and_refunded_only_for_a_failure_before_any_arrival(
            @ForAll("happenings") List<Happening> happenings) {
        var life = lifeIn(State.SENDING);
        var settled = new ArrayList<Money>();
        for (var happening : happenings) {
            var arrived = life.deliveredAt() != null || life.readAt() != null;
            var step = life.after(happening);
            if (step.money().contains(REFUND)) {
                assertThat(arrived).isFalse();
                assertThat(step.life().failedAt()).isNotNull();
            }
            step.money().stream().filter(move -> move != REFUND).forEach(settled::add);
            life = step.life();
            assertThat(settled).hasSize(life.state().isOpen() ? 0 : 1);
        }
    }

    @Property
    void a_final_state_never_reopens(@ForAll("happenings") List<Happening> happenings) {
        var life = lifeIn(State.UNKNOWN);
        var isFinal = false;
        for (var happening : happenings) {
            life = life.after(happening).life();
            assertThat(isFinal && life.state().isOpen()).as("%s", happenings).isFalse();
            isFinal = !life.state().isOpen();
        }
    }

    @Property
    void what_people_see_never_steps_back(@ForAll("reports") List<Report> reports) {
        var order = List.of(MessageStatus.SENT, MessageStatus.FAILED, MessageStatus.DELIVERED, MessageStatus.READ);
        var life = lifeIn(State.ACCEPTED);
        for (var happening : meanings(reports)) {
            var next = life.after(happening).life();
            assertThat(order.indexOf(next.status())).isGreaterThanOrEqualTo(order.indexOf(life.status()));
            life = next;
        }
    }

    @Test
    void an_arrival_after_the_failure_shows_and_leaves_the_refund() {
        var story = tell(lifeIn(State.SENDING), happenings("131026"), happenings("delivered"));
        assertThat(story.end().status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(story.money()).containsExactly(CAPTURE, REFUND);
    }

    @Test
    void a_failure_after_the_arrival_costs_nobody_anything() {
        var story = tell(lifeIn(State.SENDING), happenings("delivered"), happenings("131026"));
        assertThat(story.end().status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(story.money()).containsExactly(CAPTURE);
    }

    @Test
    void the_twelfth_try_is_the_last() {
        assertThat(later(11, NOON).state()).isEqualTo(State.QUEUED);
        assertThat(later(12, NOON).failure()).isEqualTo(Failure.EXPIRED);
    }

    @Test
    void after_a_day_no_more_tries_are_made() {
        assertThat(later(1, NOON.plus(Duration.ofHours(24))).state()).isEqualTo(State.QUEUED);
        assertThat(later(1, NOON.plus(Duration.ofHours(24)).plusSeconds(1)).failure())
                .isEqualTo(Failure.EXPIRED);
    }

    @Provide
    Arbitrary<List<Report>> reports() {
        return Combinators.combine(
                        Arbitraries.of("accepted", "sent", "delivered", "read", "131026", "131049"),
                        Arbitraries.integers().between(0, 5).map(NOON::plusSeconds))
                .as(Report::new)
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Happening>> happenings() {
        return Arbitraries.of("accepted", "later", "rejected", "lost", "sent", "delivered", "read", "131026")
                .list()
                .ofMaxSize(10)
                .map(events -> events.stream()
                        .flatMap(event -> happenings(event).stream())
                        .toList());
    }

    private static Life later(int tries, Instant at) {
        var life = new Life(new UUID(1, 1), State.SENDING, CURRENT, tries, NOON, null, null, null, null, null, null);
        return life.after(new Postponed(CURRENT, at)).life();
    }

    private static List<Happening> happenings(String event) {
        var attempt = event.startsWith("former ") ? FORMER : CURRENT;
        return switch (event.replace("former ", "")) {
            case "later" -> List.of(new Postponed(attempt, NOON));
            case "rejected" -> List.of(new Rejected(attempt, NOON, FULL));
            case "lost" -> List.of(new LostSight(attempt));
            default -> new Report(event, NOON).meaning();
        };
    }

    private static List<Happening> meanings(List<Report> reports) {
        return reports.stream().flatMap(report -> report.meaning().stream()).toList();
    }

    @SafeVarargs
    private static Story tell(Life life, List<Happening>... chapters) {
        var money = new ArrayList<Money>();
        var now = life;
        for (var chapter : chapters) {
            for (var happening : chapter) {
                var step = now.after(happening);
                money.addAll(step.money());
                now = step.life();
            }
        }
        return new Story(now, money);
    }

    private static String words(List<Money> money) {
        return String.join(" ", EnumSet.copyOf(money).stream().map(Enum::name).toList())
                .toUpperCase(Locale.ROOT);
    }

    private static Life lifeIn(State state) {
        var failed = state == State.FAILED;
        return new Life(
                new UUID(1, 1),
                state,
                CURRENT,
                1,
                NOON,
                state == State.ACCEPTED ? "wamid.A" : null,
                state == State.ACCEPTED ? NOON : null,
                null,
                null,
                failed ? NOON : null,
                failed ? FULL : null);
    }
}
