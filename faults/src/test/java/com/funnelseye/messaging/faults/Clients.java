package com.funnelseye.messaging.faults;

import com.funnelseye.messaging.faults.World.Coach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// People who send, and repeat with the same key until they have an answer they can understand; some repeat even then.
final class Clients {

    private static final int CUSTOMERS = 20;
    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static final List<String> PREFERENCES = List.of("respond-async", "wait=2", "wait=10");

    private final World world;
    private final Coach coach;
    private final Random random;
    private final List<String> customers;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile boolean over;

    Clients(World world, Coach coach, Random random) {
        this.world = world;
        this.coach = coach;
        this.random = random;
        this.customers = Stream.generate(world::customer).limit(CUSTOMERS).toList();
    }

    void start(int clients) {
        for (var n = 0; n < clients; n++) {
            var own = new Random(random.nextLong());
            threads.add(Thread.ofVirtual().start(() -> {
                while (!over) {
                    sendOne(own);
                }
            }));
        }
    }

    /// No new messages; those under way are repeated until they are answered.
    void finish() throws InterruptedException {
        over = true;
        for (var thread : threads) {
            thread.join();
        }
    }

    int acknowledged() {
        return acknowledged.get();
    }

    private void sendOne(Random own) {
        var key = "%s-%d".formatted(coach.id(), sent.incrementAndGet());
        var to = customers.get(own.nextInt(customers.size()));
        var until = System.nanoTime() + AT_MOST.toNanos();
        var again = own.nextInt(4) == 0 ? 2 : 1;
        while (again > 0 && System.nanoTime() < until) {
            var node = own.nextBoolean() ? world.a : world.b;
            var answer = world.send(node, coach, key, to, PREFERENCES.get(own.nextInt(PREFERENCES.size())));
            switch (answer.status()) {
                case 200, 202 -> again--;
                case 400, 402, 422, 500 -> again = 0;
                default -> Pause.of(Duration.ofMillis(20 + own.nextInt(200)));
            }
            if (answer.isAcknowledged()) {
                acknowledged.incrementAndGet();
            }
        }
        Pause.of(Duration.ofMillis(own.nextInt(60)));
    }
}
