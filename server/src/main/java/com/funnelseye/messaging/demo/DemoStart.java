package com.funnelseye.messaging.demo;

import com.funnelseye.messaging.setup.Installation;
import com.funnelseye.messaging.whatsapp.DemoSandbox;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Once the server answers, a demo gets its people, its webhooks and its past, and says how to log in.
@Component
class DemoStart {

    private static final Logger log = LoggerFactory.getLogger(DemoStart.class);

    private final Installation installation;
    private final DemoPeople people;
    private final DemoSandbox sandbox;
    private final JsonMapper json;
    private final Clock clock;
    private final CompletableFuture<Void> played = new CompletableFuture<>();
    private volatile int port;

    DemoStart(Installation installation, DemoPeople people, DemoSandbox sandbox, JsonMapper json, Clock clock) {
        this.installation = installation;
        this.people = people;
        this.sandbox = sandbox;
        this.json = json;
        this.clock = clock;
    }

    @EventListener
    void listensOn(ServletWebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        if (!installation.isDemo()) {
            return;
        }
        var server = URI.create("http://localhost:" + port);
        var script = Script.read(json);
        people.seed(script);
        sandbox.deliverTo(server.resolve("/api/webhooks/whatsapp"));
        announce(server);
        Thread.ofVirtual().name("demo-history").start(() -> play(script, server));
    }

    /// Completes when the past has been played, for those who wait for it.
    CompletableFuture<Void> played() {
        return played;
    }

    private void play(Script script, URI server) {
        try {
            for (var coach : List.of(DemoPeople.JANE, DemoPeople.RAVI)) {
                new DemoHistory(script, sandbox.sandbox(), clock, server, coach).play();
            }
            played.complete(null);
            log.info("The demo's conversations are ready");
        } catch (RuntimeException failure) {
            played.completeExceptionally(failure);
            log.error("The demo's conversations could not be played", failure);
        }
    }

    private void announce(URI server) {
        log.info(
                """
                Demo mode: nothing reaches the real WhatsApp.
                    Server and API      {}
                    Customers' phones   {}
                    Logins              {}, {} (coaches), {}, {} (admins)
                    Password            {}\
                """,
                server,
                sandbox.sandbox().baseUrl(),
                DemoPeople.JANE,
                DemoPeople.RAVI,
                DemoPeople.ADMIN,
                DemoPeople.AUDITOR,
                DemoPeople.PASSWORD);
    }
}
