package com.funnelseye.messaging.messages;

import static com.funnelseye.messaging.messages.Story.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.messages.Life.Money;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

/// Everything that can happen to a message, in every order: all short stories, and many long ones.
class LifeOrderTest {

    private static final List<String> EVENTS = List.of(
            "accepted", "sent", "delivered", "read", "failed", "ambiguous", "lease expired", "resend", "abandon",
            "cancel");
    private static final List<String> ALL = List.of(
            "accepted", "sent", "delivered", "read", "failed", "held back", "ambiguous", "former ambiguous",
            "lease expired", "later", "former later", "rejected", "former rejected", "resend", "abandon", "cancel");
    private static final List<String> REPORTS = List.of("sent", "delivered", "read", "failed", "held back");
    private static final List<String> NOT_REPORTED =
            List.of("ambiguous", "lease expired", "later", "rejected", "resend", "abandon", "cancel");
    private static final List<State> OPEN = List.of(State.QUEUED, State.SENDING, State.UNKNOWN);

    /// A report of one of the two attempts a message may have had.
    record Report(String event, int second, String wamid) {
        List<Happening> meaning() {
            return Story.meaning(event, NOON.plusSeconds(second), wamid);
        }
    }

    @Test
    void every_story_of_five_events_keeps_the_books_and_never_goes_back() {
        for (var start : OPEN) {
            tellAll(EVENTS, 5, new ArrayList<>(), Story.from(start), this::assertSound);
        }
    }

    @Property
    void long_stories_keep_the_books_and_never_go_back(@ForAll("events") List<String> events) {
        for (var start : OPEN) {
            var told = new ArrayList<String>();
            var story = Story.from(start);
            for (var event : events) {
                told.add(event);
                var next = story.then(event);
                assertSound(told, story, next);
                story = next;
            }
        }
    }

    @Test
    void every_order_of_the_same_reports_ends_in_the_same_facts() {
        for (var start : State.values()) {
            var expected = Story.from(start).then("sent").then("delivered").then("read").then("failed").then("held back");
            for (var order : permutations(REPORTS)) {
                var story = Story.from(start);
                for (var report : order) {
                    story = story.then(report).then(report);
                }
                assertThat(story.end()).as("%s from %s", order, start).isEqualTo(expected.end());
            }
        }
    }

    /// Two attempts, five seconds, any number of reports: whatever order they come in and however often.
    @Property
    void reports_in_any_order_and_any_number_give_the_same_facts(
            @ForAll("reports") @NotEmpty List<Report> reports, @ForAll State start, @ForAll Random chance) {
        var again = new ArrayList<>(reports);
        reports.forEach(report -> again.addAll(Collections.nCopies(chance.nextInt(3), report)));
        Collections.shuffle(again, chance);

        assertThat(tell(start, again).end()).isEqualTo(tell(start, reports).end());
    }

    /// Once anything is reported, the message is what the reports say, whatever else happened before, between and
    /// after.
    @Property
    void what_else_happens_between_reports_does_not_change_what_they_say(
            @ForAll("reports") @NotEmpty List<Report> reports, @ForAll Random chance) {
        var expected = tell(State.SENDING, reports).end().progress();
        var story = Story.from(State.SENDING);
        for (var report : reports) {
            for (var more = chance.nextInt(3); more > 0; more--) {
                story = story.then(NOT_REPORTED.get(chance.nextInt(NOT_REPORTED.size())));
            }
            story = story.then(report.meaning());
        }
        assertThat(story.end().state()).isEqualTo(State.ACCEPTED);
        assertThat(story.end().progress()).isEqualTo(expected);
    }

    /// Money depends on one order only: whether the failure was known before the arrival.
    @Property
    void a_message_is_refunded_exactly_if_it_failed_before_it_arrived(@ForAll("reports") @NotEmpty List<Report> reports) {
        var happened = reports.stream().map(Report::event).toList();
        var failed = firstOf(happened, List.of("failed", "held back"));
        var arrived = firstOf(happened, List.of("delivered", "read"));
        assertThat(tell(State.SENDING, reports).money().contains(Money.REFUND)).isEqualTo(failed < arrived);
    }

    @Provide
    Arbitrary<List<String>> events() {
        return Arbitraries.of(ALL).list().ofMinSize(6).ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<Report>> reports() {
        return Combinators.combine(
                        Arbitraries.of(REPORTS),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of("wamid.A", "wamid.A", "wamid.B"))
                .as(Report::new)
                .list()
                .ofMaxSize(8);
    }

    private interface Judge {
        void judge(List<String> told, Story before, Story after);
    }

    private static void tellAll(List<String> events, int length, List<String> told, Story story, Judge judge) {
        if (told.size() == length) {
            return;
        }
        for (var event : events) {
            told.add(event);
            var next = story.then(event);
            judge.judge(told, story, next);
            tellAll(events, length, told, next, judge);
            told.removeLast();
        }
    }

    private void assertSound(List<String> told, Story before, Story after) {
        var life = after.end();
        var settled = after.money().stream().filter(move -> move != Money.REFUND).count();
        check(settled == (life.state().isOpen() ? 0 : 1), "open means reserved, final means settled once", told);
        check(before.end().state().isOpen() || !life.state().isOpen(), "a final state never reopens", told);
        check(before.end().state() != State.ACCEPTED || life.state() == State.ACCEPTED, "accepted is for ever", told);
        check(!isLess(life.status(), before.end().status()), "what people see never steps back", told);
        check(new HashSet<>(after.money()).size() == after.money().size(), "each move once", told);
        check(!after.money().contains(Money.REFUND) || life.progress().failedAt() != null, "refund of a failure", told);
        check(life.state() != State.ACCEPTED || life.progress().wamid() != null, "accepted has a wamid", told);
        check((life.resends() > before.end().resends()) == isResent(told, before), "only an order resends", told);
    }

    private static boolean isResent(List<String> told, Story before) {
        return told.getLast().equals("resend") && before.end().state() == State.UNKNOWN;
    }

    /// Only of what WhatsApp has reported: before that a message may wait, be sent and wait again.
    private static boolean isLess(MessageStatus status, MessageStatus than) {
        var order = List.of(MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.READ);
        return order.contains(than) && !status.equals(MessageStatus.FAILED) && order.indexOf(status) < order.indexOf(than)
                || status == MessageStatus.FAILED && order.indexOf(than) > 0;
    }

    /// A million times an AssertJ chain would take a minute.
    private static void check(boolean holds, String rule, List<String> told) {
        if (!holds) {
            throw new AssertionError("%s: %s".formatted(rule, told));
        }
    }

    private static Story tell(State start, List<Report> reports) {
        var story = Story.from(start);
        for (var report : reports) {
            story = story.then(report.meaning());
        }
        return story;
    }

    private static int firstOf(List<String> told, List<String> wanted) {
        for (var i = 0; i < told.size(); i++) {
            if (wanted.contains(told.get(i))) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static <T> List<List<T>> permutations(List<T> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        var orders = new ArrayList<List<T>>();
        for (var first : all) {
            var rest = new ArrayList<>(all);
            rest.remove(first);
            permutations(rest).forEach(order -> {
                var one = new ArrayList<T>();
                one.add(first);
                one.addAll(order);
                orders.add(one);
            });
        }
        return orders;
    }
}
