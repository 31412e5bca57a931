package com.funnelseye.messaging.whatsapp;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/// The business number's circuit. An error that no retry cures stops it; a health call, never a customer's message,
/// starts it again.
@Service
public class Channel {

    /// Since when and why nothing is sent.
    public record Stop(Instant at, int code, String title) {}

    /// Another node's stop is noticed no later than this.
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Channel.class);

    private final JdbcClient jdbc;
    private final WhatsApp whatsApp;
    private final String number;

    /// Only "it runs" is remembered: asked before every send, it is nearly always the answer.
    private volatile long runningUntilNanos = System.nanoTime();

    Channel(JdbcClient jdbc, WhatsApp whatsApp, WhatsAppAccount account) {
        this.jdbc = jdbc;
        this.whatsApp = whatsApp;
        this.number = account.phoneNumberId();
    }

    /// Whether anything may be sent. Cheap enough to be asked before every send.
    public boolean isOpen() {
        return stopped().isEmpty();
    }

    public Optional<Stop> stopped() {
        var asked = System.nanoTime();
        if (runningUntilNanos - asked > 0) {
            return Optional.empty();
        }
        var stop = stopInTable();
        if (stop.isEmpty()) {
            runningUntilNanos = asked + TRUSTED_FOR.toNanos();
        }
        return stop;
    }

    /// @throws ChannelDown while the number is stopped
    public void requireOpen() {
        stopped().ifPresent(stop -> {
            throw new ChannelDown(stop.code(), stop.title());
        });
    }

    /// The first reason stays; later ones are its consequences.
    public void stop(GraphError error) {
        if (markStopped(error) > 0) {
            log.warn("Channel stopped: graph.code={} graph.trace={} {}", error.code(), error.traceId(), error.title());
        }
        runningUntilNanos = System.nanoTime();
    }

    /// One look at a stopped number. Always 0: there is nothing more to do before the next interval.
    int probe() {
        if (stopInTable().isPresent() && canSend(whatsApp.check()) && markRunning() > 0) {
            log.info("Channel started again");
        }
        return 0;
    }

    /// "Sending needs CONNECTED", says Meta; a status it leaves out is no reason to stay down.
    private static boolean canSend(Health health) {
        return switch (health) {
            case Health.Up up -> up.status() == null || up.status().equals("CONNECTED");
            case Health.Refused _, Health.Unreachable _ -> false;
        };
    }

    private Optional<Stop> stopInTable() {
        return jdbc.sql("""
            SELECT stopped_at AS at, stop_code AS code, stop_title AS title
              FROM channel
             WHERE phone_number_id = :number AND stopped_at IS NOT NULL
            """).param("number", number).query(Stop.class).optional();
    }

    private int markStopped(GraphError error) {
        return jdbc.sql("""
            INSERT INTO channel (phone_number_id, stopped_at, stop_code, stop_title)
            VALUES (:number, now(), :code, :title)
                ON CONFLICT (phone_number_id) DO UPDATE
               SET stopped_at = excluded.stopped_at,
                   stop_code = excluded.stop_code,
                   stop_title = excluded.stop_title
             WHERE channel.stopped_at IS NULL
            """)
                .param("number", number)
                .param("code", error.code())
                .param("title", error.title())
                .update();
    }

    private int markRunning() {
        return jdbc.sql("""
            UPDATE channel
               SET stopped_at = NULL, stop_code = NULL, stop_title = NULL
             WHERE phone_number_id = :number AND stopped_at IS NOT NULL
            """).param("number", number).update();
    }
}
