package com.funnelseye.messaging.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.funnelseye.messaging.FreshDatabase;
import com.funnelseye.messaging.MessagingApplication;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What keeps the server from starting is said in one sentence.
@TestMethodOrder(MethodName.class)
@ExtendWith(OutputCaptureExtension.class)
class StartUpTest {

    private static final String PRODUCTION = "--spring.profiles.active=production";
    private static final String TOKEN = "--messaging.whatsapp.access-token=EAAsecret";
    private static final List<String> ACCOUNT = List.of(
            TOKEN,
            "--messaging.whatsapp.phone-number-id=106",
            "--messaging.whatsapp.business-account-id=107",
            "--messaging.whatsapp.app-secret=appsecret",
            "--messaging.whatsapp.verify-token=verify");

    private static FreshDatabase database;

    @BeforeAll
    static void an_empty_database() {
        database = FreshDatabase.named("start_up");
    }

    @Test
    void production_needs_a_database_of_its_own(CapturedOutput output) {
        assertThat(refusal(PRODUCTION))
                .isEqualTo(
                        "Set messaging.database.url, messaging.database.username and messaging.database.password: the"
                                + " production profile needs a PostgreSQL 15 or later of its own.");
        assertThat(output).contains("APPLICATION FAILED TO START", "Set messaging.database.url");
        assertThat(output.toString().lines().filter(line -> line.startsWith("\tat ")))
                .isEmpty();
    }

    @Test
    void a_database_that_is_not_there_is_named_by_its_settings() {
        assertThat(refusal("--messaging.database.url=jdbc:postgresql://localhost:1/nothing"))
                .startsWith("The database cannot be used (")
                .endsWith("): check messaging.database.url, username and password.");
    }

    @Test
    void production_needs_a_whatsapp_account_property_by_property() {
        assertThat(refusalWithDatabase(PRODUCTION, signed("test", "kX9vQ2mZ7rT4wB6nL1pD8sF3hJ5gC0yA")))
                .isEqualTo("messaging.whatsapp.phone-number-id is missing: set it to use a real WhatsApp account.");
    }

    @Test
    void a_real_installation_needs_a_secret_to_sign_with() {
        assertThat(refusalWithDatabase(PRODUCTION, ACCOUNT))
                .startsWith("Set messaging.auth.secrets[0].kid and messaging.auth.secrets[0].secret:");
    }

    @Test
    void a_weak_secret_is_refused_and_not_repeated(CapturedOutput output) {
        var weak = "tooShortToSignWith";
        assertThat(refusalWithDatabase(PRODUCTION, ACCOUNT, signed("test", weak)))
                .startsWith("messaging.auth.secrets[0].secret must have at least 32 bytes");
        assertThat(output).doesNotContain(weak, "EAAsecret");
        assertThat(refusalWithDatabase(PRODUCTION, ACCOUNT, signed("test", "a".repeat(40))))
                .startsWith("messaging.auth.secrets[0].secret is a known or repetitive secret");
    }

    @Test
    void the_kind_of_a_database_is_for_ever() {
        kindIs("REAL");
        assertThat(refusalWithDatabase())
                .isEqualTo("This database belongs to a real installation, but no WhatsApp account is configured: set"
                        + " messaging.whatsapp.access-token and its siblings, or use another database.");
        kindIs("DEMO");
        assertThat(refusalWithDatabase(ACCOUNT, signed("test", "kX9vQ2mZ7rT4wB6nL1pD8sF3hJ5gC0yA")))
                .isEqualTo("This database holds a demo, which never talks to WhatsApp: give the real installation a"
                        + " database of its own (messaging.database.url or messaging.database.folder).");
        kindIs("REAL");
    }

    private static void kindIs(String mode) {
        database.migrated();
        JdbcClient.create(database.oneConnection()).sql("""
            INSERT INTO installation (mode) VALUES (:mode::installation_mode)
                ON CONFLICT (only_row) DO UPDATE SET mode = excluded.mode
            """).param("mode", mode).update();
    }

    private static List<String> signed(String kid, String secret) {
        return List.of("--messaging.auth.secrets[0].kid=" + kid, "--messaging.auth.secrets[0].secret=" + secret);
    }

    /// @param settings texts or lists of texts
    private static String refusalWithDatabase(Object... settings) {
        var all = new ArrayList<String>();
        all.add("--messaging.database.url=" + database.url());
        all.add("--messaging.database.username=" + database.username());
        all.add("--messaging.database.password=" + database.password());
        for (var setting : settings) {
            if (setting instanceof List<?> several) {
                several.forEach(one -> all.add(String.valueOf(one)));
            } else {
                all.add(String.valueOf(setting));
            }
        }
        return refusal(all.toArray(String[]::new));
    }

    /// Starts the server and tells why it did not.
    private static String refusal(String... settings) {
        var all = new ArrayList<>(List.of("--server.port=0", "--messaging.sandbox.port=0"));
        all.addAll(List.of(settings));
        try (var _ = new SpringApplication(MessagingApplication.class).run(all.toArray(String[]::new))) {
            throw new AssertionError("it started");
        } catch (RuntimeException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof CannotStart cannot) {
                    return String.valueOf(cannot.getMessage());
                }
            }
            throw failure;
        }
    }
}
