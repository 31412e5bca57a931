package com.funnelseye.messaging.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.funnelseye.messaging.http.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaLinkTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.com/image.jpg, , IMAGE",
        "https://example.com/image.JPEG?size=big, text, IMAGE",
        "https://cdn.example.co.uk/v/clip.mp4#t=3, media, VIDEO",
        "https://example.com/voice.ogg, audio, AUDIO",
        "https://example.com/plan.pdf, , DOCUMENT",
        "https://example.com/photo.png, document, DOCUMENT",
        "https://xn--bcher-kva.example/a.pdf, , DOCUMENT",
        "https://example.com:8443/a.pdf, , DOCUMENT",
    })
    void the_kind_comes_from_the_type_or_the_name(String url, String type, MessageType kind) {
        assertThat(MediaLink.parse(url, type).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/a.jpg",
                "ftp://example.com/a.jpg",
                "https://user:secret@example.com/a.jpg",
                "https://user@example.com/a.jpg",
                "https://localhost/a.jpg",
                "https://LOCALHOST./a.jpg",
                "https://db.localhost/a.jpg",
                "https://printer.local/a.jpg",
                "https://vault.internal/a.jpg",
                "https://intranet/a.jpg",
                "https://127.0.0.1/a.jpg",
                "https://10.0.0.7/a.jpg",
                "https://169.254.169.254/a.jpg",
                "https://2130706433/a.jpg",
                "https://0x7f.1/a.jpg",
                "https://0x7f000001/a.jpg",
                "https://127.1/a.jpg",
                "https://[::1]/a.jpg",
                "https://[fd00::1]/a.jpg",
                "https:///a.jpg",
                "https:a.jpg",
                "https://exa mple.com/a.jpg",
                "https://example.com\\@localhost/a.jpg",
                "//example.com/a.jpg",
                "a.jpg",
                "https://example.com/a.exe",
                "https://example.com/a.svg",
                "https://example.com/jpg",
                "https://example.com/",
                "https://example.com",
                "https://example.com/a.jpg/",
            })
    void what_is_no_public_file_is_refused(String url) {
        assertThatThrownBy(() -> MediaLink.parse(url, null)).isInstanceOf(Refusal.class);
    }

    @Test
    void a_long_address_is_refused() {
        assertThatThrownBy(() -> MediaLink.parse("https://example.com/" + "a".repeat(2100) + ".jpg", null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("2048");
    }
}
