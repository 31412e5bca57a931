package com.funnelseye.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One folder for all, as its first start takes seconds and the next ones do not.
@Timeout(60)
class EmbeddedPostgresTest {

    @TempDir
    static Path parent;

    static Options options = Options.in(Path.of("unset"));

    @BeforeAll
    static void a_path_may_contain_a_space() {
        options = Options.in(parent.resolve("coach's data")).database("messaging");
    }

    @BeforeEach
    void an_empty_table() throws SQLException {
        try (var postgres = start()) {
            Client.of(postgres).run("DROP TABLE IF EXISTS note; CREATE TABLE note (words text)");
        }
    }

    @Test
    void a_restart_keeps_rows_password_and_port() throws SQLException {
        var before = start();
        Client.of(before).run("INSERT INTO note VALUES ('kept')");
        before.close();

        try (var after = start()) {
            assertThat(Client.of(after)).isEqualTo(Client.of(before));
            assertThat(theNoteIn(after)).isEqualTo("kept");
        }
    }

    @Test
    void a_killed_postgres_comes_back_on_the_same_port() throws SQLException {
        try (var postgres = start()) {
            var client = Client.of(postgres);
            var killed = postgres.pid();
            client.run("INSERT INTO note VALUES ('kept')");

            kill(killed);

            assertThat(client.askUntilAnswered("SELECT words FROM note")).isEqualTo("kept");
            assertThat(runs(killed)).isFalse();
        }
    }

    @Test
    void postgres_may_be_killed_again_and_again() throws SQLException {
        try (var postgres = start()) {
            var client = Client.of(postgres);
            for (var round = 1; round <= 3; round++) {
                kill(postgres.pid());
                assertThat(client.askUntilAnswered("SELECT 'alive'")).isEqualTo("alive");
            }
        }
    }

    @Test
    void a_server_killed_while_its_clients_write_keeps_what_it_confirmed() throws Exception {
        try (var postgres = start()) {
            var client = Client.of(postgres);
            var confirmed = new AtomicInteger();
            var writer = Thread.ofVirtual().start(() -> writeUntilRefused(client, confirmed));
            while (confirmed.get() < 5) {
                Thread.onSpinWait();
            }

            kill(postgres.pid());
            writer.join();

            assertThat(Integer.parseInt(client.askUntilAnswered("SELECT count(*) FROM note")))
                    .isBetween(confirmed.get(), confirmed.get() + 1);
        }
    }

    @Test
    void a_killed_jvm_leaves_a_server_that_the_next_one_replaces() throws Exception {
        try (var other = OtherJvm.running(options.folder(), "INSERT INTO note VALUES ('kept')")) {
            other.kill();
            var orphan = postmaster();
            assertThat(orphan.isAlive()).isTrue();

            try (var postgres = start()) {
                assertThat(theNoteIn(postgres)).isEqualTo("kept");
                assertThat(postgres.pid()).isNotEqualTo(orphan.pid());
            }
        }
    }

    @Test
    void jvm_and_postgres_may_be_killed_together() throws Exception {
        try (var other = OtherJvm.running(options.folder(), "INSERT INTO note VALUES ('kept')")) {
            var orphan = postmaster();
            other.kill();
            kill(orphan.pid());

            try (var postgres = start()) {
                assertThat(theNoteIn(postgres)).isEqualTo("kept");
            }
        }
    }

    @Test
    void a_folder_in_use_by_another_jvm_is_refused_and_left_alone() throws Exception {
        try (var other = OtherJvm.running(options.folder(), "INSERT INTO note VALUES ('kept')")) {
            var theirs = postmaster();

            assertThatThrownBy(EmbeddedPostgresTest::start)
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessage(
                            "The data folder %s is in use by another running server (process %d): stop that one first,"
                                    + " or choose another folder.",
                            options.folder().toRealPath(), other.pid());
            assertThat(theirs.isAlive()).isTrue();
        }
    }

    @Test
    void a_folder_in_use_by_this_jvm_is_refused_however_often_one_tries() throws Exception {
        try (var postgres = start()) {
            for (var attempt = 1; attempt <= 2; attempt++) {
                assertThatThrownBy(EmbeddedPostgresTest::start).hasMessageContaining("is in use by another running");
            }
            assertThat(Client.of(postgres).ask("SELECT 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void a_process_id_left_by_a_power_cut_may_belong_to_somebody_else_now() throws Exception {
        var innocent = ProcessHandle.current().pid();
        Files.writeString(options.folder().resolve("data/postmaster.pid"), innocent + "\n/elsewhere\n");

        try (var postgres = start()) {
            assertThat(Client.of(postgres).ask("SELECT 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void nothing_is_left_running_after_close() {
        var postgres = start();
        var pid = postgres.pid();

        postgres.close();
        postgres.close();

        assertThat(runs(pid)).isFalse();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), postgres.port()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void an_interrupted_thread_still_closes() {
        var postgres = start();

        Thread.currentThread().interrupt();
        postgres.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs(postgres.pid())).isFalse();
    }

    @Test
    void a_wrong_password_is_refused() {
        try (var postgres = start()) {
            var stranger = new Client(postgres.jdbcUrl(), postgres.username(), "guessed");

            assertThatThrownBy(() -> stranger.ask("SELECT 1")).hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void a_lost_password_is_reported_in_a_sentence() throws Exception {
        var file = options.folder().resolve("password");
        var password = Files.readString(file);
        Files.delete(file);
        try {
            assertThatThrownBy(EmbeddedPostgresTest::start).hasMessageContaining("put the file " + file);
        } finally {
            Files.writeString(file, password);
        }
    }

    @Test
    void what_is_confirmed_is_on_disk() throws SQLException {
        try (var postgres = start()) {
            for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes", "data_checksums"}) {
                assertThat(Client.of(postgres).ask("SHOW " + setting))
                        .as(setting)
                        .isEqualTo("on");
            }
        }
    }

    @Test
    void only_this_machine_is_listened_to_and_never_without_password() throws SQLException {
        try (var postgres = start()) {
            var client = Client.of(postgres);
            assertThat(client.ask("SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(client.ask("SHOW unix_socket_directories")).isEmpty();
            assertThat(client.ask("SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
        }
    }

    @Test
    void settings_hold_from_the_next_start() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(options.with("application_name", "it's a \\ test"))) {
            assertThat(Client.of(postgres).ask("SELECT reset_val FROM pg_settings WHERE name = 'application_name'"))
                    .isEqualTo("it's a \\ test");
        }
    }

    @Test
    void a_setting_postgres_refuses_is_reported_with_its_own_words() {
        assertThatThrownBy(() -> EmbeddedPostgres.start(options.with("fsync", "perhaps")))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("PostgreSQL did not start")
                .hasMessageContaining("parameter \"fsync\" requires a Boolean value");
    }

    @Test
    void extensions_load_and_words_of_every_script_are_letters() throws SQLException {
        try (var postgres = start()) {
            var client = Client.of(postgres);
            for (var extension : new String[] {"pg_trgm", "unaccent", "btree_gin", "pgcrypto"}) {
                client.run("CREATE EXTENSION IF NOT EXISTS " + extension);
            }
            assertThat(client.ask("SELECT similarity('अनिता', 'अनिता शर्मा') > 0.3"))
                    .isEqualTo("t");
            assertThat(client.ask("SELECT lower(unaccent('ŽOFIE'))")).isEqualTo("zofie");
            assertThat(client.ask("SHOW server_encoding")).isEqualTo("UTF8");
        }
    }

    private static EmbeddedPostgres start() {
        return EmbeddedPostgres.start(options);
    }

    private static String theNoteIn(EmbeddedPostgres postgres) throws SQLException {
        return Client.of(postgres).ask("SELECT words FROM note");
    }

    private static void writeUntilRefused(Client client, AtomicInteger confirmed) {
        try {
            while (true) {
                client.run("INSERT INTO note VALUES ('kept')");
                confirmed.incrementAndGet();
            }
        } catch (SQLException killed) {
            assertThat(confirmed).hasPositiveValue();
        }
    }

    /// Not so for a zombie, which is all that is left where process 1 does not bury the dead.
    private static boolean runs(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .isPresent();
    }

    private static ProcessHandle postmaster() throws Exception {
        try (var lines = Files.lines(options.folder().resolve("data/postmaster.pid"))) {
            return ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow()))
                    .orElseThrow();
        }
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
}
