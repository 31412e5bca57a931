package com.funnelseye.messaging.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

    /// Escaped as Meta escapes: every other spelling of the same JSON is another text.
    private static final byte[] BODY =
            "{\"text\":\"\\u00e9t\\u00e9 \\ud83d\\udc4b https:\\/\\/example.com\"}".getBytes(StandardCharsets.US_ASCII);

    private final Signature signature = new Signature(Accounts.at("https://graph.facebook.com"));

    @Test
    void agrees_with_an_hmac_computed_elsewhere() {
        var proof = Hmac.of("key", "The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(proof))
                .isEqualTo("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
    }

    @Test
    void accepts_the_bytes_as_they_were_signed() {
        assertThat(signature.isValid(signed(Accounts.SECRET), BODY)).isTrue();
    }

    @Test
    void accepts_the_previous_secret_while_it_is_being_replaced() {
        assertThat(signature.isValid(signed(Accounts.PREVIOUS_SECRET), BODY)).isTrue();
    }

    @Test
    void refuses_any_other_secret() {
        assertThat(signature.isValid(signed("the verify token"), BODY)).isFalse();
    }

    @Test
    void refuses_the_same_json_in_another_spelling() {
        var respelled = "{\"text\":\"été 👋 https://example.com\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(signature.isValid(signed(Accounts.SECRET), respelled)).isFalse();
    }

    @Test
    void refuses_a_body_with_one_byte_changed() {
        var changed = BODY.clone();
        changed[changed.length - 2] ^= 1;
        assertThat(signature.isValid(signed(Accounts.SECRET), changed)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "sha256=", "sha256=zz", "sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709"})
    void refuses_a_missing_or_malformed_header(@Nullable String header) {
        assertThat(signature.isValid(header, BODY)).isFalse();
    }

    @Test
    void refuses_a_signature_without_its_scheme_or_with_more_than_one() {
        var good = signed(Accounts.SECRET);
        assertThat(signature.isValid(good.substring("sha256=".length()), BODY)).isFalse();
        assertThat(signature.isValid(good + "," + good, BODY)).isFalse();
        assertThat(signature.isValid(good + "00", BODY)).isFalse();
    }

    private static String signed(String secret) {
        return "sha256=" + HexFormat.of().formatHex(Hmac.of(secret, BODY));
    }
}
