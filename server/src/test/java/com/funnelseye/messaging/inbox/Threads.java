package com.funnelseye.messaging.inbox;

import com.funnelseye.messaging.Given.Person;
import java.util.Map;
import java.util.UUID;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/// The inbox as a client asks for it.
final class Threads {

    private static final String API = "/api/messaging";

    private Threads() {}

    static BodyContentSpec list(Person coach, String query) {
        return ok(get(coach, "/inbox?" + query));
    }

    static BodyContentSpec listOfAll(Person admin, String query) {
        return ok(get(admin, "/admin/inbox?" + query));
    }

    static ResponseSpec get(Person who, String path) {
        return who.http().get().uri(API + path).exchange();
    }

    static ResponseSpec put(Person who, UUID contact, String action) {
        return who.http()
                .put()
                .uri(API + "/inbox/conversation/" + contact + "/" + action)
                .exchange();
    }

    static ResponseSpec reply(Person who, UUID contact, String text) {
        return post(who, "/inbox/send", Map.of("contactId", contact, "message", text, "type", "text"));
    }

    static ResponseSpec assign(Person admin, UUID contact, UUID coach) {
        return post(admin, "/admin/inbox/conversation/" + contact + "/assign", Map.of("coachId", coach));
    }

    static ResponseSpec post(Person who, String path, Map<String, ?> body) {
        return who.http().post().uri(API + path).body(body).exchange();
    }

    static BodyContentSpec ok(ResponseSpec answer) {
        return answer.expectStatus().isOk().expectBody();
    }

    static String notFound(ResponseSpec answer) {
        return String.valueOf(answer.expectStatus()
                .isNotFound()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
