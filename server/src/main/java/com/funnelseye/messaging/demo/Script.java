package com.funnelseye.messaging.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What a demo begins with, read from `demo/*.json`.
record Script(List<Lead> leads, List<Conversation> conversations, List<String> again) {

    record Lead(
            String coach,
            String name,
            String phone,
            String email,
            String status,
            String temperature,
            String source,
            String country,
            String city,
            Map<String, String> clientQuestions,
            Map<String, String> coachQuestions) {}

    /// @param phone the lead's
    /// @param hoursAgo when the lead began it
    record Conversation(String coach, String phone, int hoursAgo, List<Turn> turns) {}

    /// @param by `lead` or `coach`
    record Turn(String by, String text) {
        boolean isLeads() {
            return by.equals("lead");
        }
    }

    private record Talk(List<Conversation> conversations, List<String> again) {}

    static Script read(JsonMapper json) {
        try (var leads = new ClassPathResource("demo/leads.json").getInputStream();
                var talk = new ClassPathResource("demo/conversations.json").getInputStream()) {
            var read = json.readValue(talk, Talk.class);
            return new Script(json.readValue(leads, new TypeReference<>() {}), read.conversations(), read.again());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
