package com.funnelseye.messaging.demo;

import static java.util.stream.Collectors.toMap;

import com.funnelseye.messaging.demo.Script.Conversation;
import com.funnelseye.sandbox.CustomerText;
import com.funnelseye.sandbox.Sandbox;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// Plays a coach's past: her customers write from their phones, she answers. How many messages a thread has says how
/// far
/// the play got, so a demo that was killed in the middle goes on from there.
final class DemoHistory {

    private static final int OPEN_WINDOWS = 3;
    private static final int UNREAD = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Script script;
    private final Sandbox phones;
    private final Clock clock;
    private final String coach;
    private final Door door;
    private final Map<String, Script.Lead> people;

    DemoHistory(Script script, Sandbox phones, Clock clock, URI server, String coach) {
        this.script = script;
        this.phones = phones;
        this.clock = clock;
        this.coach = coach;
        this.door = Door.login(server, coach, DemoPeople.PASSWORD);
        this.people = script.leads().stream().collect(toMap(Script.Lead::phone, Function.identity()));
    }

    void play() {
        var leads = leadsByPhone();
        for (var conversation : ours()) {
            var lead = leads.get(conversation.phone());
            if (lead != null) {
                play(conversation, lead);
            }
        }
        writeAgain();
    }

    private void play(Conversation conversation, Door.Lead lead) {
        var begun = clock.instant().minus(Duration.ofHours(conversation.hoursAgo()));
        var turns = conversation.turns();
        for (var turn = lead.messageCount(); turn < turns.size(); turn++) {
            var next = turns.get((int) turn);
            if (next.isLeads()) {
                write(conversation.phone(), next.text(), turn == 0 ? begun : afterWhatWasSaid());
                await(conversation.phone(), turn + 1);
            } else {
                door.markRead(lead.id());
                door.reply(lead.id(), next.text());
            }
        }
    }

    /// At every start some windows are open and some messages unread, whatever time has passed.
    private void writeAgain() {
        var threads = door.threads();
        var open = threads.stream().filter(thread -> thread.window().open()).count();
        var unread = threads.stream().filter(thread -> thread.unreadCount() > 0).count();
        var missing = Math.max(OPEN_WINDOWS - open, UNREAD - unread);
        var quiet = ours().stream()
                .map(Conversation::phone)
                .filter(phone -> threads.stream()
                        .noneMatch(thread -> phone.equals(thread.contactPhone()) && thread.unreadCount() > 0))
                .limit(Math.max(missing, 0))
                .toList();
        for (var i = 0; i < quiet.size(); i++) {
            write(quiet.get(i), script.again().get(i % script.again().size()), clock.instant());
        }
    }

    private List<Conversation> ours() {
        return script.conversations().stream()
                .filter(conversation -> conversation.coach().equals(coach))
                .toList();
    }

    /// WhatsApp's times are whole seconds, rounded down: an answer must not seem to come before its question.
    private Instant afterWhatWasSaid() {
        return clock.instant().plusSeconds(1);
    }

    private void write(String phone, String text, Instant at) {
        var lead = people.get(phone);
        var name = lead == null ? null : lead.name();
        phones.customerWrites(CustomerText.of(phone.substring(1), name, text).at(at));
    }

    /// The message has come through the webhook into the thread.
    private void await(String phone, long messages) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            var lead = leadsByPhone().get(phone);
            if (lead != null && lead.messageCount() >= messages) {
                return;
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        throw new IllegalStateException("A demo customer's message did not arrive");
    }

    private Map<String, Door.Lead> leadsByPhone() {
        return door.leads().stream()
                .filter(lead -> lead.phone() != null)
                .collect(toMap(lead -> String.valueOf(lead.phone()), Function.identity()));
    }
}
