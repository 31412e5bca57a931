package com.funnelseye.messaging;

import com.funnelseye.messaging.accounts.Accounts;
import com.funnelseye.messaging.accounts.Profile;
import com.funnelseye.messaging.contract.Contract;
import com.funnelseye.sandbox.CustomerText;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.test.web.servlet.client.RestTestClient;

/// What a test starts from, made the way users make it wherever that is quick enough.
@Component
public class Given {

    static final String PASSWORD = "correct-horse-battery";

    /// Somebody who is logged in.
    public record Person(UUID id, RestTestClient http) {}

    record Login(Map<String, Object> data) {}

    private final Accounts accounts;
    private final JdbcClient jdbc;
    private final Environment environment;
    private final Work work;
    private final AtomicInteger next = new AtomicInteger();

    Given(Accounts accounts, JdbcClient jdbc, Environment environment, Work work) {
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.environment = environment;
        this.work = work;
    }

    /// Empty tables. The append-only ones are emptied behind their triggers' backs.
    void nothing() {
        jdbc.sql("""
            DO $$
            DECLARE
                tables text;
            BEGIN
                SELECT string_agg(quote_ident(tablename), ', ') INTO tables
                  FROM pg_tables
                 WHERE schemaname = 'public' AND tablename NOT IN ('flyway_schema_history', 'installation');
                SET LOCAL session_replication_role = replica;
                EXECUTE 'ALTER TABLE ledger_entry DISABLE TRIGGER USER; ALTER TABLE audit_entry DISABLE TRIGGER USER';
                EXECUTE 'TRUNCATE ' || tables;
                EXECUTE 'ALTER TABLE ledger_entry ENABLE TRIGGER USER; ALTER TABLE audit_entry ENABLE TRIGGER USER';
            END
            $$
            """).update();
    }

    /// A coach with the initial 100 credits.
    public Person coach(String name) {
        var email = name.toLowerCase(java.util.Locale.ROOT) + next.incrementAndGet() + "@example.com";
        var id = accounts.ensureCoach(name, email, PASSWORD, Profile.EMPTY);
        return new Person(id, login(email));
    }

    public Person admin(String... permissions) {
        var email = "admin" + next.incrementAndGet() + "@example.com";
        var id = accounts.ensureAdmin("Admin", email, PASSWORD, Set.of(permissions));
        return new Person(id, login(email));
    }

    /// The customer writes from her phone, and it arrives; the window is open. `phone` is E.164.
    public void customerWrote(String phone, String text) throws InterruptedException {
        customerWrote(phone, text, Instant.now());
    }

    public void customerWrote(String phone, String text, Instant at) throws InterruptedException {
        TestServers.SANDBOX.customerWrites(
                CustomerText.of(phone.substring(1), "Customer", text).at(at));
        work.readWebhooks(TestServers.SANDBOX);
    }

    /// A lead of the coach whose window is open. Answers the contact's id.
    public UUID leadWhoWrote(Person coach, String phone) throws InterruptedException {
        var id = lead(coach, phone);
        customerWrote(phone, "Hi!");
        return id;
    }

    public UUID lead(Person coach, String phone) {
        return jdbc.sql("""
            INSERT INTO contact (id, coach_id, person, phone, name, created_at, updated_at)
            VALUES (gen_random_uuid(), :coach, :person, :phone, 'Lead', now(), now())
            RETURNING id
            """)
                .param("coach", coach.id())
                .param("person", phone.substring(1))
                .param("phone", phone)
                .query(UUID.class)
                .single();
    }

    /// The JDK's client: Apache's would wait out a Retry-After by itself.
    RestTestClient anonymous() {
        return RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                .baseUrl("http://localhost:" + environment.getRequiredProperty("local.server.port"))
                .requestInterceptor(new Contract())
                .build();
    }

    private RestTestClient login(String email) {
        var anonymous = anonymous();
        var login = anonymous
                .post()
                .uri("/api/auth/login")
                .body(Map.of("email", email, "password", PASSWORD))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<Login>() {})
                .returnResult()
                .getResponseBody();
        if (login == null) {
            throw new IllegalStateException("no answer to the login");
        }
        return anonymous
                .mutate()
                .defaultHeader("Authorization", "Bearer " + login.data().get("token"))
                .build();
    }
}
