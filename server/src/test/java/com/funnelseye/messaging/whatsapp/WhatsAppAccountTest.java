package com.funnelseye.messaging.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.funnelseye.messaging.setup.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppAccountTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://graph.facebook.com",
                "https://graph.facebook.com/",
                "http://127.0.0.1:5001",
                "http://localhost:5001",
                "http://[::1]:5001"
            })
    void speaks_https_except_to_itself(String baseUrl) {
        assertThat(Accounts.at(baseUrl).urlOf("1/messages").getPath()).isEqualTo("/v25.0/1/messages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://graph.facebook.com",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://10.0.0.1",
                "ftp://localhost",
                "https://user@graph.facebook.com",
                "https://graph.facebook.com?a=b",
                "graph.facebook.com",
                "https:///path"
            })
    void refuses_an_address_that_would_give_the_token_away(String baseUrl) {
        assertThatThrownBy(() -> Accounts.at(baseUrl))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("messaging.whatsapp.base-url");
    }

    @Test
    void names_the_property_that_is_missing() {
        assertThatThrownBy(() -> WhatsAppAccount.of(Accounts.properties("https://graph.facebook.com", " ")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("messaging.whatsapp.access-token is missing");
    }

    @Test
    void never_repeats_a_secret() {
        var properties = Accounts.properties("https://graph.facebook.com", "two words");
        assertThatThrownBy(() -> WhatsAppAccount.of(properties)).message().doesNotContain("two words");
        assertThat(properties.toString() + Accounts.at("https://graph.facebook.com"))
                .doesNotContain("words", "token", "secret");
    }
}
