package com.funnelseye.sandbox;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listening port. Three things live behind it: the page at `/`, the control API below `/sandbox/`, and Graph
/// everywhere else.
final class HttpDoor {

    /// Longer than any silence, so that Jetty never ends one.
    private static final Duration IDLE = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(HttpDoor.class);

    private final GraphApi graph;
    private final ControlApi control;
    private final LiveUpdates live;
    private final Page page = new Page();
    private final LocalCallers callers;
    private final Server server;
    private final ServerConnector connector;

    HttpDoor(SandboxOptions options, GraphApi graph, ControlApi control, LiveUpdates live) {
        this.graph = graph;
        this.control = control;
        this.live = live;
        this.callers = new LocalCallers(options.bindAddress());
        var threads = new QueuedThreadPool(16, 2);
        threads.setName("sandbox-http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(new VirtualThreadPool());
        server = new Server(threads);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(options.bindAddress());
        connector.setPort(options.port());
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                return receive(new Exchange(request, response, callback));
            }
        });
    }

    void open() throws IOException {
        try {
            server.start();
        } catch (IOException unusable) {
            throw unusable;
        } catch (Exception notStarted) {
            throw new IOException(notStarted);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    void close() {
        try {
            server.stop();
        } catch (Exception notStopped) {
            log.warn("The sandbox's HTTP server did not stop cleanly", notStopped);
        }
    }

    private boolean receive(Exchange exchange) {
        try {
            route(exchange);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            exchange.abandon(stopping);
        } catch (IOException callerGone) {
            exchange.abandon(new EofException(callerGone));
        }
        return true;
    }

    private void route(Exchange exchange) throws IOException, InterruptedException {
        var path = exchange.path();
        if (page.has(path)) {
            page.answer(exchange);
        } else if (!path.startsWith("/sandbox/")) {
            graph.answer(exchange);
        } else if (!callers.admit(exchange)) {
            exchange.json(403, ControlApi.error("Only the sandbox's own page and local tools may use this"));
        } else if (path.equals("/sandbox/events")) {
            live.stream(exchange);
        } else {
            control.answer(exchange);
        }
    }
}
