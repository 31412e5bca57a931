package com.funnelseye.messaging.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.ServerTest;
import com.funnelseye.messaging.Visit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// That what the description says of a contact's fields is what is read.
class ContactFieldsTest extends ServerTest {

    @Test
    void every_field_is_read_and_nothing_else_changes_a_contact() {
        var jane = given.coach("Jane");
        var fields = Arrays.stream(ContactFields.class.getRecordComponents()).toList();
        assertThat(fields).hasSize(13);

        for (var field : fields) {
            var wrong = new HashMap<String, Object>(Map.of("phone", "+12125550123"));
            wrong.put(field.getName(), Map.of("a", Map.of()));
            var answer = Visit.post(jane, "/contacts", wrong);
            assertThat(answer.status()).as(field.getName()).isEqualTo(400);
            assertThat(answer.body().path("fields").propertyNames())
                    .as(field.getName())
                    .containsExactly(field.getName());
        }
        var read = Visit.post(jane, "/contacts", Map.of("phone", "+12125550123", "messageCount", 7, "_id", "x"));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.at("/messageCount")).isEqualTo("0");
    }
}
