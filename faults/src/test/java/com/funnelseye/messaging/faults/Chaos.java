package com.funnelseye.messaging.faults;

import com.funnelseye.messaging.faults.World.Node;
import com.funnelseye.sandbox.Fault;
import com.funnelseye.sandbox.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Breaks one thing after another, as the seed wants it. At least one server is left whole at any time.
final class Chaos {

    private interface Harm {
        void act() throws IOException, InterruptedException;
    }

    private static final List<String> WORDS = List.of(CrashTest.ACCEPT, CrashTest.BEGIN, CrashTest.RECORD);

    private final World world;
    private final Random random;
    private final Map<String, Harm> harms = new LinkedHashMap<>();
    private final Map<String, Integer> done = new LinkedHashMap<>();

    Chaos(World world, Random random) {
        this.world = world;
        this.random = random;
        harms.put("server killed", this::killServer);
        harms.put("server frozen", this::freezeServer);
        harms.put("database killed", this::killDatabase);
        harms.put("database cut", () -> node().database().cut());
        harms.put("database stalled", this::stallDatabase);
        harms.put("commit broken", this::breakCommit);
        harms.put("whatsapp cut", () -> world.whatsApp.cut());
        harms.put("whatsapp stalled", this::stallWhatsApp);
        harms.put("whatsapp unreachable", this::shutWhatsApp);
        harms.put("whatsapp answers badly", this::answerBadly);
        harms.put("webhooks shuffled and doubled", this::shuffleWebhooks);
        harms.put("webhooks late", this::delayWebhooks);
    }

    void during(Duration time) throws IOException, InterruptedException {
        var names = List.copyOf(harms.keySet());
        for (var until = System.nanoTime() + time.toNanos(); System.nanoTime() < until; ) {
            var name = names.get(random.nextInt(names.size()));
            var harm = harms.get(name);
            if (harm != null) {
                harm.act();
                done.merge(name, 1, Integer::sum);
            }
            pause(200, 1000);
        }
    }

    /// What was done, how often.
    Map<String, Integer> done() {
        return done;
    }

    private void killServer() {
        var node = node();
        if (!other(node).server().isUp() || !other(node).server().answers()) {
            return;
        }
        if (node.server().isUp()) {
            node.server().kill();
            node.database().cut();
            pause(0, 300);
        }
        node.server().start();
    }

    private void freezeServer() {
        var node = node();
        if (node.server().isUp()) {
            node.server().freeze();
            pause(300, 3000);
            node.server().thaw();
        }
    }

    private void killDatabase() {
        ProcessHandle.of(world.postgres.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    private void stallDatabase() {
        var database = node().database();
        database.stall();
        pause(200, 1500);
        database.flow();
    }

    private void breakCommit() {
        var words = WORDS.get(random.nextInt(WORDS.size()));
        var commit = switch (random.nextInt(3)) {
            case 0 -> Commit.held(words);
            case 1 -> Commit.answerHeld(words);
            default -> Commit.answerLost(words);
        };
        node().database().next(commit);
        pause(300, 1200);
        commit.release();
    }

    private void stallWhatsApp() {
        world.whatsApp.stall();
        pause(200, 1500);
        world.whatsApp.flow();
    }

    private void shutWhatsApp() {
        world.whatsApp.shut();
        pause(200, 800);
        world.whatsApp.open();
    }

    private void answerBadly() {
        var faults = List.of(
                new Fault.Reset(true),
                new Fault.Reset(false),
                new Fault.Html(500, true),
                new Fault.Html(502, false),
                new Fault.Truncated(),
                new Fault.Slow(Duration.ofMillis(1500)),
                Fault.refused(131016),
                Fault.refused(130429),
                Fault.refused(131000),
                Fault.refused(131026),
                Fault.failsLater(131026),
                Fault.statuses(Status.READ, Status.DELIVERED, Status.SENT));
        world.sandbox.failNext(1 + random.nextInt(4), faults.get(random.nextInt(faults.size())));
    }

    private void shuffleWebhooks() throws IOException, InterruptedException {
        world.sandbox.holdWebhooks();
        pause(300, 1000);
        var pending = world.sandbox.pending();
        var all = new ArrayList<>(pending);
        all.addAll(pending);
        Collections.shuffle(all, random);
        for (var webhook : all) {
            try {
                world.sandbox.deliver(webhook);
            } catch (IOException nobodyThere) {
                // it comes again
            }
        }
        world.sandbox.releaseWebhooks();
    }

    private void delayWebhooks() {
        world.sandbox.holdWebhooks();
        pause(500, 3000);
        world.sandbox.releaseWebhooks();
    }

    private Node node() {
        return random.nextBoolean() ? world.a : world.b;
    }

    private Node other(Node node) {
        return node.equals(world.a) ? world.b : world.a;
    }

    private void pause(int from, int to) {
        Pause.of(Duration.ofMillis(from + random.nextInt(to - from)));
    }
}
