package com.funnelseye.messaging.whatsapp;

import com.funnelseye.messaging.setup.CannotStart;
import com.funnelseye.messaging.setup.Installation;
import com.funnelseye.sandbox.Sandbox;
import com.funnelseye.sandbox.SandboxOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// The WhatsApp of a demo: runs inside the server, but is talked to over real HTTP like Meta itself. Its secrets are
/// public knowledge, so it listens on loopback only.
@Component
public class DemoSandbox implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final @Nullable Sandbox sandbox;

    DemoSandbox(
            Installation installation, @Value("${messaging.sandbox.port:" + SandboxOptions.DEMO_PORT + "}") int port) {
        sandbox = installation.isDemo() ? start(port) : null;
    }

    /// The customers' phones.
    ///
    /// @throws IllegalStateException in a real installation, which has none
    public Sandbox sandbox() {
        if (sandbox == null) {
            throw new IllegalStateException("Only a demo has a sandbox");
        }
        return sandbox;
    }

    /// Where its webhooks go: this server's own address, once it listens.
    public void deliverTo(URI webhook) {
        sandbox().deliverTo(webhook);
    }

    @Override
    public void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    WhatsAppProperties properties(WhatsAppProperties configured) {
        var options = sandbox().options();
        return new WhatsAppProperties(
                sandbox().baseUrl(),
                configured.version(),
                options.phoneNumberId(),
                options.businessAccountId(),
                options.accessToken(),
                options.appSecret(),
                null,
                options.verifyToken(),
                configured.maxConnections());
    }

    private static Sandbox start(int port) {
        try {
            return Sandbox.start(SandboxOptions.demo().withPort(port).withBindAddress(LOOPBACK));
        } catch (IllegalStateException taken) {
            throw new CannotStart(
                    "The demo's WhatsApp sandbox cannot listen on port %d: set messaging.sandbox.port to a free one."
                            .formatted(port),
                    taken);
        }
    }
}
