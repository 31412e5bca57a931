package com.funnelseye.messaging.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.funnelseye.messaging.setup.CannotStart;
import com.funnelseye.messaging.setup.Installation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DemoSandboxTest {

    private static final WhatsAppProperties UNCONFIGURED = new WhatsAppProperties(
            URI.create("https://graph.facebook.com"), "v25.0", null, null, null, null, null, null, 4);

    @Test
    void a_demo_talks_to_its_own_whatsapp() throws Exception {
        try (var demo = new DemoSandbox(Installation.DEMO, 0)) {
            var account = WhatsAppAccount.of(demo.properties(UNCONFIGURED));
            try (var graph = new GraphClient(account, 4, Duration.ofSeconds(10))) {
                var whatsApp = new WhatsApp(account, graph);
                var outgoing = new Outgoing(UUID.randomUUID(), "+16505550100", new Outgoing.Text("Hello 👋"), null);

                assertThat(whatsApp.check()).isInstanceOf(Health.Up.class);
                var wamid = demo.sandbox().customerWrites("16505550100", "Ann", "Hi");
                assertThat(whatsApp.markRead(wamid)).isEqualTo(MarkReadResult.DONE);
                assertThat(whatsApp.send(outgoing))
                        .isInstanceOfSatisfying(
                                SendResult.Accepted.class,
                                taken -> assertThat(taken.waId()).isEqualTo("16505550100"));
                assertThat(demo.sandbox().acceptances()).hasSize(1);
            }
        }
    }

    @Test
    void a_taken_port_is_told_in_one_sentence() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> new DemoSandbox(Installation.DEMO, taken.getLocalPort()).close())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("messaging.sandbox.port");
        }
    }

    @Test
    void a_real_installation_has_no_sandbox() {
        try (var none = new DemoSandbox(Installation.REAL, 0)) {
            assertThatThrownBy(none::sandbox).isInstanceOf(IllegalStateException.class);
        }
    }
}
