package com.funnelseye.messaging.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.client.RestClient;

/// The public door as a coach's client uses it: HTTP, a login, a token.
final class Door {

    record Envelope<T>(@Nullable T data) {}

    record Login(String token) {}

    record Lead(@JsonProperty("_id") UUID id, @Nullable String phone, long messageCount) {}

    record Leads(List<Lead> contacts) {}

    record Window(boolean open) {}

    record Conversation(@Nullable String contactPhone, long unreadCount, Window window) {}

    record Threads(List<Conversation> conversations) {}

    private static final String ALL = "?limit=200";

    private final RestClient http;

    private Door(RestClient http) {
        this.http = http;
    }

    static Door login(URI server, String email, String password) {
        var anonymous = RestClient.create(server.toString());
        var login = anonymous
                .post()
                .uri("/api/auth/login")
                .body(Map.of("email", email, "password", password))
                .retrieve()
                .body(new ParameterizedTypeReference<Envelope<Login>>() {});
        return new Door(RestClient.builder()
                .baseUrl(server.toString())
                .defaultHeaders(headers -> headers.setBearerAuth(data(login).token()))
                .build());
    }

    List<Lead> leads() {
        return data(http.get()
                        .uri("/api/messaging/contacts" + ALL)
                        .retrieve()
                        .body(new ParameterizedTypeReference<Envelope<Leads>>() {}))
                .contacts();
    }

    List<Conversation> threads() {
        return data(http.get()
                        .uri("/api/messaging/inbox" + ALL)
                        .retrieve()
                        .body(new ParameterizedTypeReference<Envelope<Threads>>() {}))
                .conversations();
    }

    void markRead(UUID contactId) {
        http.put()
                .uri("/api/messaging/inbox/conversation/{contactId}/read", contactId)
                .retrieve()
                .toBodilessEntity();
    }

    void reply(UUID contactId, String text) {
        http.post()
                .uri("/api/messaging/inbox/send")
                .body(Map.of("contactId", contactId, "message", text, "type", "text"))
                .retrieve()
                .toBodilessEntity();
    }

    private static <T> T data(@Nullable Envelope<T> answer) {
        if (answer == null || answer.data() == null) {
            throw new IllegalStateException("an answer without data");
        }
        return answer.data();
    }
}
