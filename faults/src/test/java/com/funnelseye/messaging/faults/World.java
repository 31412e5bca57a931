package com.funnelseye.messaging.faults;

import com.funnelseye.messaging.faults.Api.Answer;
import com.funnelseye.postgres.EmbeddedPostgres;
import com.funnelseye.postgres.Options;
import com.funnelseye.sandbox.CustomerText;
import com.funnelseye.sandbox.Sandbox;
import com.funnelseye.sandbox.SandboxOptions;
import com.funnelseye.sandbox.StatusTiming;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// Two servers, their database, WhatsApp, and everything between them that can break. Started once and used by all
/// tests; each begins and ends with everything whole. WhatsApp and the database's files are the only things that are
/// never lost: the one is the ground truth, the other what is examined.
final class World {

    static final String ADMIN = "boss@example.com";
    private static final String PASSWORD = "fault-Pass-987654";

    private static final World SHARED = new World();

    /// A coach of this test alone.
    record Coach(UUID id, Api api) {}

    final EmbeddedPostgres postgres = EmbeddedPostgres.start(Options.in(Path.of("target", "postgres"))
            .with("synchronous_commit", "on")
            .with("max_connections", "100"));
    final Sandbox sandbox = Sandbox.start(SandboxOptions.demo()
            .withPort(0)
            .withWebhookTimeout(Duration.ofSeconds(3))
            .withTiming(new StatusTiming(Duration.ofMillis(50), Duration.ofMillis(150), Duration.ofMillis(300), true)));
    final Proxy whatsApp = new Proxy(Proxy.local(sandbox.port()));
    final Node a;
    final Node b;
    final Rows rows;
    final Truth truth;
    private final Proxy door;
    private final Api admin;
    private final AtomicInteger next = new AtomicInteger();

    /// A server and its own way to the database.
    record Node(ServerProcess server, DatabaseProxy database) {
        URI url() {
            return server.url();
        }
    }

    private World() {
        var main = new Rows(postgres);
        main.run("DROP DATABASE IF EXISTS faults WITH (FORCE)");
        main.run("CREATE DATABASE faults");
        rows = new Rows(postgres, "faults");
        truth = new Truth(rows, sandbox);
        a = node("a");
        b = node("b");
        door = new Proxy(() ->
                List.of(Proxy.local(a.server().port()), Proxy.local(b.server().port())));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
        a.server().ensureReady();
        b.server().ensureReady();
        sandbox.deliverTo(URI.create("http://localhost:%d/api/webhooks/whatsapp".formatted(door.port())));
        admin = Api.login(a.url(), ADMIN, PASSWORD);
    }

    static World shared() {
        SHARED.heal();
        return SHARED;
    }

    List<Node> nodes() {
        return List.of(a, b);
    }

    Api admin() {
        return admin;
    }

    /// Everything is whole again.
    void heal() {
        sandbox.clearFaults();
        whatsApp.heal();
        for (var node : nodes()) {
            node.database().forget();
            node.database().heal();
            node.server().thaw();
        }
        nodes().forEach(node -> node.server().start());
        nodes().forEach(node -> node.server().ensureReady());
        sandbox.releaseWebhooks();
    }

    Coach coach(int credits) {
        var n = next.incrementAndGet();
        var email = "coach%d@example.com".formatted(n);
        var added = admin.post(
                a.url(),
                "/api/messaging/admin/coaches",
                Map.of("name", "Coach " + n, "email", email, "password", PASSWORD));
        require(added);
        var id = UUID.fromString(added.data().path("_id").asString());
        require(admin.post(
                a.url(),
                "/api/messaging/admin/coaches/%s/credits".formatted(id),
                Map.of("amount", credits, "reason", "for a test")));
        return new Coach(id, Api.login(a.url(), email, PASSWORD));
    }

    /// A number nobody has used, whose owner has just written: the window is open.
    String customer() {
        var phone = "49151%08d".formatted(next.incrementAndGet());
        sandbox.customerWrites(CustomerText.of(phone, "Customer", "Hi!"));
        Pause.until(
                "the customer's message arrives",
                Duration.ofSeconds(20),
                () -> rows.count("SELECT count(*) FROM last_inbound WHERE person = ?", phone) > 0);
        return "+" + phone;
    }

    /// People nobody has written to, whose window is open, made quicker than by letting each write.
    List<String> people(Coach coach, int count) {
        var first = next.getAndAdd(count);
        return rows.list("""
            WITH person AS (
                SELECT gen_random_uuid() AS id, '49160' || lpad((? + n)::text, 8, '0') AS digits
                  FROM generate_series(1, ?) AS n
            ), wrote AS (
                INSERT INTO last_inbound (phone_number_id, person, at) SELECT ?, digits, now() FROM person
            )
            INSERT INTO contact (id, coach_id, person, phone, name, created_at, updated_at)
            SELECT id, ?, digits, '+' || digits, 'Somebody', now(), now() FROM person
            RETURNING phone
            """, first, count, sandbox.options().phoneNumberId(), coach.id()).stream()
                .map(String::valueOf)
                .toList();
    }

    /// What somebody sends with a key of its own, once.
    Answer send(Node node, Coach coach, String key, String to, String prefer) {
        var answer = coach.api()
                .call(
                        node.url(),
                        "POST",
                        "/api/messaging/send",
                        Map.of("Idempotency-Key", key, "Prefer", prefer),
                        Map.of("to", to, "message", "Hello " + key, "type", "text"));
        truth.told(key, answer);
        return answer;
    }

    /// Leases are over now, and what waits is due.
    void timePasses() {
        rows.run("""
            UPDATE outbox
               SET due_at = least(due_at, now()),
                   lease_until = CASE WHEN lease_until IS NOT NULL THEN now() - interval '1 second' END
            """);
        rows.run("UPDATE whatsapp_event SET due_at = now() WHERE applied_at IS NULL");
    }

    /// Where the message stands, its attempts and its money, each in its order.
    String facts(UUID message) {
        return rows.one("""
            SELECT concat_ws(' / ', coalesce(message.outcome::text, outbox.state::text),
                   (SELECT string_agg(outcome::text, ' ' ORDER BY n)
                      FROM attempt WHERE message_id = message.id),
                   (SELECT string_agg(kind::text, ' ' ORDER BY id)
                      FROM ledger_entry WHERE message_id = message.id))
              FROM message
              LEFT JOIN outbox ON outbox.message_id = message.id
             WHERE message.id = ?
            """, message);
    }

    void awaitFacts(UUID message, String expected) {
        Pause.until(
                "%s becomes %s".formatted(message, expected),
                Duration.ofSeconds(20),
                () -> facts(message).equals(expected));
    }

    /// Everything is whole, what can be finished is, and every promise held.
    void check() {
        heal();
        settle();
        truth.check();
    }

    /// Calls that nobody answers end here, leases of those who died are over.
    void settle() {
        whatsApp.cut();
        // Longer than the servers trust a connection they have not used.
        Pause.of(Duration.ofMillis(700));
        timePasses();
        truth.settle();
    }

    private Node node(String name) {
        var database = new DatabaseProxy(Proxy.local(postgres.port()));
        var account = sandbox.options();
        var url = "jdbc:postgresql://127.0.0.1:%d/faults?sslmode=disable&gssEncMode=disable".formatted(database.port());
        return new Node(
                new ServerProcess(
                        name,
                        freePort(),
                        List.of(
                                "--messaging.database.url=" + url,
                                "--messaging.database.username=" + postgres.username(),
                                "--messaging.database.password=" + postgres.password(),
                                "--messaging.whatsapp.base-url=http://127.0.0.1:" + whatsApp.port(),
                                "--messaging.whatsapp.phone-number-id=" + account.phoneNumberId(),
                                "--messaging.whatsapp.business-account-id=" + account.businessAccountId(),
                                "--messaging.whatsapp.access-token=" + account.accessToken(),
                                "--messaging.whatsapp.app-secret=" + account.appSecret(),
                                "--messaging.whatsapp.verify-token=" + account.verifyToken(),
                                "--messaging.auth.secrets[0].kid=faults",
                                "--messaging.auth.secrets[0].secret=kX9vQ2mZ7rT4wB6nL1pD8sF3hJ5gC0yA",
                                "--messaging.auth.access-token-life=5h",
                                "--messaging.first-admin.email=" + ADMIN,
                                "--messaging.first-admin.password=" + PASSWORD,
                                "--messaging.credits.initial-balance=0",
                                "--messaging.limits.calls-per-minute=1000000",
                                "--messaging.limits.calls-burst=1000000",
                                "--messaging.limits.sends-per-minute=1000000")),
                database);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void require(Answer answer) {
        if (!answer.isAcknowledged()) {
            throw new AssertionError(answer);
        }
    }

    private void close() {
        nodes().forEach(node -> {
            node.server().thaw();
            node.server().close();
            node.database().close();
        });
        door.close();
        whatsApp.close();
        sandbox.close();
        postgres.close();
    }
}
