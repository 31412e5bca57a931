package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.accounts.Account.Role;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class AccountRepository {

    private static final String COLUMNS = """
        SELECT id, role, array_to_string(permissions, ',') AS permissions, status, name, email, time_zone,
               whatsapp, instagram, profession, must_change_password, created_at
          FROM account
        """;

    private final JdbcClient jdbc;

    AccountRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Account> named(UUID id) {
        return jdbc.sql(COLUMNS + " WHERE id = :id")
                .param("id", id)
                .query(Account.class)
                .optional();
    }

    Optional<Account> coach(UUID id) {
        return named(id).filter(account -> account.role() == Role.COACH);
    }

    Optional<Account> lockedCoach(UUID id) {
        return jdbc.sql(COLUMNS + " WHERE id = :id AND role = 'COACH' FOR UPDATE")
                .param("id", id)
                .query(Account.class)
                .optional();
    }

    Optional<Account> withEmail(String email) {
        return jdbc.sql(COLUMNS + " WHERE email = :email")
                .param("email", email)
                .query(Account.class)
                .optional();
    }

    /// Nobody, if her login has ended meanwhile.
    Optional<Account> standing(UUID id, @Nullable UUID login) {
        return jdbc.sql(COLUMNS + """
             WHERE id = :id
               AND (:login::uuid IS NULL
                    OR EXISTS (SELECT FROM session
                                WHERE session.id = :login::uuid AND session.account_id = account.id))
            """)
                .param("id", id)
                .param("login", login)
                .query(Account.class)
                .optional();
    }

    Optional<UUID> ofPlatform(String subject) {
        return jdbc.sql("SELECT id FROM account WHERE platform_subject = :subject")
                .param("subject", subject)
                .query(UUID.class)
                .optional();
    }

    boolean hasAdmin() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM account WHERE role = 'ADMIN')")
                .query(Boolean.class)
                .single();
    }

    /// False if the e-mail address or the platform's subject is already somebody's.
    boolean add(UUID id, NewAccount account) {
        return jdbc.sql("""
            INSERT INTO account (id, role, permissions, name, email, password_hash, must_change_password,
                                 platform_subject, time_zone, whatsapp, instagram, profession)
            VALUES (:id, :role::account_role, string_to_array(:permissions, ','), :name, :email,
                    :passwordHash, :mustChangePassword, :platformSubject,
                    coalesce(:timeZone, 'UTC'), nullif(:whatsapp, ''), nullif(:instagram, ''),
                                nullif(:profession, ''))
                ON CONFLICT DO NOTHING
            """)
                        .param("id", id)
                        .param("role", account.role().name())
                        .param("permissions", String.join(",", account.permissions()))
                        .param("name", account.name())
                        .param("email", account.email())
                        .param("passwordHash", account.passwordHash())
                        .param("mustChangePassword", account.mustChangePassword())
                        .param("platformSubject", account.platformSubject())
                        .param("timeZone", account.profile().timeZone())
                        .param("whatsapp", account.profile().whatsapp())
                        .param("instagram", account.profile().instagram())
                        .param("profession", account.profile().profession())
                        .update()
                == 1;
    }

    /// What an admin may edit. Fails on an e-mail address that is somebody else's.
    void update(Account account) {
        jdbc.sql("""
            UPDATE account
               SET name = :name, email = :email, status = :status::account_status, time_zone = :timeZone,
                   whatsapp = :whatsapp, instagram = :instagram, profession = :profession
             WHERE id = :id
            """)
                .param("id", account.id())
                .param("name", account.name())
                .param("email", account.email())
                .param("status", account.status().name())
                .param("timeZone", account.timeZone())
                .param("whatsapp", account.whatsapp())
                .param("instagram", account.instagram())
                .param("profession", account.profession())
                .update();
    }

    Optional<String> passwordHash(UUID id) {
        return jdbc.sql("SELECT password_hash FROM account WHERE id = :id AND password_hash IS NOT NULL")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    void setPassword(UUID id, String passwordHash, boolean mustChange) {
        jdbc.sql("""
            UPDATE account
               SET password_hash = :passwordHash, must_change_password = :mustChange
             WHERE id = :id
            """)
                .param("id", id)
                .param("passwordHash", passwordHash)
                .param("mustChange", mustChange)
                .update();
    }
}
