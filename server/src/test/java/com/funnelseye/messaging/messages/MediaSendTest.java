package com.funnelseye.messaging.messages;

import static com.funnelseye.messaging.Visit.get;
import static com.funnelseye.messaging.Visit.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.ServerTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MediaSendTest extends ServerTest {

    private static final String JOHN = "+12125550123";

    @Test
    void the_sampled_media_message_goes_out_as_an_image_with_its_caption() throws Exception {
        var jane = given.coach("Jane");
        var lead = given.leadWhoWrote(jane, JOHN);

        var sent = post(
                jane,
                "/send",
                Map.of(
                        "to", JOHN,
                        "message", "Check out this image!",
                        "type", "text",
                        "mediaUrl", "https://example.com/image.jpg",
                        "caption", "This is a sample image",
                        "leadId", lead));

        assertThat(sent.at("/status")).isEqualTo("sent");
        assertThat(sent.at("/creditsUsed")).isEqualTo("1");
        var acceptance = sandbox.acceptances().getLast();
        assertThat(acceptance.type()).isEqualTo("image");
        assertThat(acceptance.link()).isEqualTo("https://example.com/image.jpg");
        assertThat(acceptance.text()).isEqualTo("This is a sample image");
        var message =
                get(jane, "/inbox/conversation/" + lead).data().path("messages").path(1);
        assertThat(message.path("type").asString()).isEqualTo("image");
        assertThat(message.at("/media/kind").asString()).isEqualTo("image");
        assertThat(message.at("/media/url").asString()).isEqualTo("https://example.com/image.jpg");
        assertThat(message.at("/media/caption").asString()).isEqualTo("This is a sample image");
        assertThat(message.at("/media/filename").isNull()).isTrue();
        assertThat(message.path("template").isNull()).isTrue();
    }

    @Test
    void a_document_keeps_its_name_and_takes_the_message_for_its_caption() throws Exception {
        var jane = given.coach("Jane");
        var lead = given.leadWhoWrote(jane, JOHN);

        post(
                jane,
                "/inbox/send",
                Map.of(
                        "contactId", lead,
                        "message", "Week 1",
                        "type", "media",
                        "mediaUrl", "https://cdn.example.com/plans/My%20plan.pdf?v=2"));

        var acceptance = sandbox.acceptances().getLast();
        assertThat(acceptance.type()).isEqualTo("document");
        assertThat(acceptance.filename()).isEqualTo("My plan.pdf");
        assertThat(acceptance.text()).isEqualTo("Week 1");
    }

    @Test
    void what_cannot_be_sent_is_refused_by_its_field() throws Exception {
        var jane = given.coach("Jane");
        given.leadWhoWrote(jane, JOHN);

        assertField("mediaUrl", Map.of("type", "image"));
        assertField("mediaUrl", Map.of("type", "image", "mediaUrl", "https://example.com/a.mp3"));
        assertField("mediaUrl", Map.of("mediaUrl", "https://localhost/a.jpg"));
        assertField("caption", Map.of("mediaUrl", "https://example.com/a.jpg", "caption", "x".repeat(1025)));
        assertField("message", Map.of("mediaUrl", "https://example.com/a.jpg", "message", "x".repeat(1025)));
        assertField("caption", Map.of("mediaUrl", "https://example.com/a.mp3", "caption", "Listen"));
        assertField("type", Map.of("type", "poem", "mediaUrl", "https://example.com/a.jpg"));
        assertField("message", Map.of("type", "text"));
        assertField("templateId", Map.of("type", "template"));
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE direction = 'OUTBOUND'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private void assertField(String field, Map<String, ?> words) {
        var jane = given.coach("Jane");
        var request = new HashMap<String, Object>(words);
        request.put("to", JOHN);
        var answer = post(jane, "/send", request);
        assertThat(answer.status()).as("%s", answer.text()).isEqualTo(400);
        assertThat(answer.body().path("fields").has(field))
                .as("%s", answer.text())
                .isTrue();
    }
}
