package com.funnelseye.benchmark;

import com.funnelseye.postgres.EmbeddedPostgres;
import com.funnelseye.postgres.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a run needs: PostgreSQL with its usual safe settings, the sandbox in WhatsApp's place, and the server as
/// an
/// operator starts it, with those limits lifted that exist to hold people back.
final class Stage implements AutoCloseable {

    static final String PHONE_NUMBER_ID = "100000000005001";
    static final String BUSINESS_ACCOUNT_ID = "200000000005001";
    static final String APP_SECRET = "benchmark-app-secret";
    static final String ADMIN_EMAIL = "admin@benchmark.test";
    static final String PASSWORD = "benchmark-password-1";

    private static final Duration START_PATIENCE = Duration.ofMinutes(5);

    private final Arguments arguments;
    private final EmbeddedPostgres postgres;
    private final Program sandboxProgram;
    private final Door sandbox;
    private final Door server;
    private @Nullable Program serverProgram;

    Stage(Arguments arguments) throws IOException, InterruptedException {
        this.arguments = arguments;
        Files.createDirectories(arguments.folder());
        postgres = EmbeddedPostgres.start(
                Options.in(arguments.folder().resolve("database")).database("messaging"));
        sandbox = new Door(freePort());
        server = new Door(freePort());
        sandboxProgram = new Program(sandboxCommand(), log("sandbox.log"));
        await(sandbox, Wire.get("/sandbox/state", ""), sandboxProgram);
        startServer();
    }

    Door server() {
        return server;
    }

    Door sandbox() {
        return sandbox;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    Cpu cpu() {
        return new Cpu(
                Cpu.of(serverPid()),
                Cpu.ofFamily(postgres.pid()),
                Cpu.of(sandboxProgram.pid()),
                Cpu.of(ProcessHandle.current().pid()));
    }

    long serverPid() {
        return serverProgram == null ? -1 : serverProgram.pid();
    }

    /// Answers how long the server took until it answered 200.
    Duration startServer() throws IOException, InterruptedException {
        var start = System.nanoTime();
        var program = new Program(serverCommand(), log("server.log"));
        serverProgram = program;
        await(server, Wire.get("/", ""), program);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    void killServer() {
        if (serverProgram != null) {
            serverProgram.kill();
            server.hangUp();
        }
    }

    void stopServer() {
        if (serverProgram != null) {
            serverProgram.close();
            server.hangUp();
        }
    }

    @Override
    public void close() {
        stopServer();
        sandboxProgram.close();
        postgres.close();
    }

    private Path log(String name) {
        return arguments.folder().resolve(name);
    }

    private List<String> sandboxCommand() {
        var command = java(arguments.sandbox(), "com.funnelseye.sandbox.SandboxMain", List.of());
        command.addAll(List.of("--port", "" + sandbox.port(), "--phone-number-id", PHONE_NUMBER_ID));
        command.addAll(List.of("--business-account-id", BUSINESS_ACCOUNT_ID, "--app-secret", APP_SECRET));
        command.addAll(List.of("--access-token", "token", "--verify-token", "verify"));
        command.addAll(List.of("--webhook-url", "http://localhost:%d/api/webhooks/whatsapp".formatted(server.port())));
        return command;
    }

    private List<String> serverCommand() {
        var command =
                java(arguments.server(), "com.funnelseye.messaging.MessagingApplication", arguments.javaOptions());
        settings().forEach(setting -> command.add("--" + setting));
        return command;
    }

    private List<String> settings() {
        return List.of(
                "server.port=" + server.port(),
                "messaging.database.url=" + postgres.jdbcUrl(),
                "messaging.database.username=" + postgres.username(),
                "messaging.database.password=" + postgres.password(),
                "messaging.whatsapp.base-url=http://localhost:" + sandbox.port(),
                "messaging.whatsapp.phone-number-id=" + PHONE_NUMBER_ID,
                "messaging.whatsapp.business-account-id=" + BUSINESS_ACCOUNT_ID,
                "messaging.whatsapp.access-token=token",
                "messaging.whatsapp.app-secret=" + APP_SECRET,
                "messaging.whatsapp.verify-token=verify",
                "messaging.whatsapp.messages-per-second=100000",
                "messaging.limits.calls-per-minute=100000000",
                "messaging.limits.calls-burst=1000000",
                "messaging.limits.sends-per-minute=100000000",
                "messaging.auth.secrets[0].kid=benchmark",
                "messaging.auth.secrets[0].secret=a-secret-for-this-run-of-the-benchmark-only",
                "messaging.auth.access-token-life=12h",
                "messaging.first-admin.email=" + ADMIN_EMAIL,
                "messaging.first-admin.password=" + PASSWORD);
    }

    private static List<String> java(String where, String mainClass, List<String> options) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(
                where.endsWith(".jar") && !where.contains(":")
                        ? List.of("-jar", where)
                        : List.of("-cp", where, mainClass));
        return command;
    }

    static void await(Door door, byte[] question, Program program) throws InterruptedException {
        var until = System.nanoTime() + START_PATIENCE.toNanos();
        while (!answers(door, question)) {
            if (!program.isAlive() || System.nanoTime() > until) {
                throw new Door.Unexpected("It does not start: see its log.");
            }
            Thread.sleep(10);
        }
    }

    private static boolean answers(Door door, byte[] question) {
        try {
            return door.exchange(question).status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
