package com.funnelseye.messaging.messages;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes what is known of messages: one statement, however many they are.
final class MessageFacts {

    private MessageFacts() {}

    static void write(JdbcClient jdbc, List<Life> lives) {
        if (lives.isEmpty()) {
            return;
        }
        jdbc.sql("""
            UPDATE message
               SET outcome = life.outcome::message_outcome, resends_authorised = life.resends, wamid = life.wamid,
                   accepted_at = life.accepted_at, delivered_at = life.delivered_at, read_at = life.read_at,
                   failed_at = life.failed_at, failure_code = life.failure_code, failure_title = life.failure_title,
                   failure_details = life.failure_details
              FROM unnest(:ids::uuid[], :outcomes::text[], :resends::integer[], :wamids::text[],
                          :acceptedAt::timestamptz[], :deliveredAt::timestamptz[], :readAt::timestamptz[],
                          :failedAt::timestamptz[], :codes::text[], :titles::text[], :details::text[])
                   AS life (id, outcome, resends, wamid, accepted_at, delivered_at, read_at, failed_at, failure_code,
                            failure_title, failure_details)
             WHERE message.id = life.id
            """)
                .param("ids", lives.stream().map(Life::messageId).toArray(UUID[]::new))
                .param(
                        "outcomes",
                        texts(
                                lives,
                                life -> life.state().isOpen()
                                        ? null
                                        : life.state().name()))
                .param("resends", lives.stream().map(Life::resends).toArray(Integer[]::new))
                .param("wamids", texts(lives, life -> life.progress().wamid()))
                .param("acceptedAt", times(lives, Progress::acceptedAt))
                .param("deliveredAt", times(lives, Progress::deliveredAt))
                .param("readAt", times(lives, Progress::readAt))
                .param("failedAt", times(lives, Progress::failedAt))
                .param("codes", failures(lives, Failure::code))
                .param("titles", failures(lives, Failure::title))
                .param("details", failures(lives, Failure::details))
                .update();
    }

    private static @Nullable String[] failures(List<Life> lives, Function<Failure, @Nullable String> part) {
        return texts(lives, life -> {
            var failure = life.progress().failure();
            return failure == null ? null : part.apply(failure);
        });
    }

    private static @Nullable String[] times(List<Life> lives, Function<Progress, @Nullable Instant> time) {
        return texts(lives, life -> {
            var at = time.apply(life.progress());
            return at == null ? null : at.atOffset(UTC).toString();
        });
    }

    private static @Nullable String[] texts(List<Life> lives, Function<Life, @Nullable String> value) {
        return lives.stream().map(value).toArray(String[]::new);
    }
}
