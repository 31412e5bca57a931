package com.funnelseye.messaging.accounts;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.funnelseye.messaging.setup.CannotStart;
import com.funnelseye.messaging.setup.Installation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

class SigningKeysTest {

    private static final String GOOD = "q9V!x2Lw7#Zr4Tn8Bk1Mc6Hd3Jf5Gs0Pa";

    @Test
    void a_real_installation_does_not_start_without_a_secret() {
        assertThatThrownBy(() -> start(Installation.REAL))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("messaging.auth.secrets[0].secret");
    }

    @Test
    void a_demo_starts_without_one() {
        assertThatCode(() -> start(Installation.DEMO)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "q9V!x2Lw7#Zr4Tn8Bk1Mc6Hd3Jf5Gs0",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "change-me-change-me-change-me-change-me",
                "your-secret-key-that-is-long-enough-1234",
                "my-super-secret-jwt-key-for-development"
            })
    void a_guessable_secret_stops_the_start_and_is_named_but_not_shown(String weak) {
        assertThatThrownBy(() -> start(Installation.DEMO, new AuthSettings.Secret("first", weak)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("messaging.auth.secrets[0].secret")
                .satisfies(failure -> assertThatCode(() -> {
                            if (weak.length() > 5
                                    && String.valueOf(failure.getMessage()).contains(weak)) {
                                throw new AssertionError("shows the secret");
                            }
                        })
                        .doesNotThrowAnyException());
    }

    @Test
    void two_secrets_need_two_names() {
        assertThatThrownBy(() -> start(
                        Installation.REAL,
                        new AuthSettings.Secret("same", GOOD),
                        new AuthSettings.Secret("same", GOOD)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("messaging.auth.secrets[1].kid");
    }

    private static void start(Installation installation, AuthSettings.Secret... secrets) {
        var settings = new AuthSettings(
                List.of(secrets), Duration.ofMinutes(15), Duration.ofDays(30), "issuer", "audience", null);
        var _ = new SigningKeys(settings, installation, JdbcClient.create(new SimpleDriverDataSource()));
    }
}
