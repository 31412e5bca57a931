package com.funnelseye.messaging.contract;

import com.funnelseye.messaging.Given;
import com.funnelseye.messaging.Given.Person;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Things of a coach's own, by the kind `contract/access.txt` names.
@Component
class Things {

    private final Given given;
    private final JdbcClient jdbc;

    Things(Given given, JdbcClient jdbc) {
        this.given = given;
        this.jdbc = jdbc;
    }

    /// One thing for each name; `phone` is the customer's all of them have to do with.
    Map<String, UUID> of(Person coach, String phone, Map<String, String> kinds) throws InterruptedException {
        var contact = given.leadWhoWrote(coach, phone);
        var things = new LinkedHashMap<String, UUID>();
        kinds.forEach((name, kind) -> things.put(name, one(kind, contact)));
        return things;
    }

    private UUID one(String kind, UUID contact) {
        return switch (kind) {
            case "contact" -> contact;
            case "message" ->
                jdbc.sql("SELECT id FROM message WHERE contact_id = :contact")
                        .param("contact", contact)
                        .query(UUID.class)
                        .single();
            default -> throw new IllegalArgumentException("no way yet to make a " + kind);
        };
    }
}
