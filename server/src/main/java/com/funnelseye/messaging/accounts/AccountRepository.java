package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.accounts.Account.Role;
import java.util.Collection;
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

    /// A row to be: what is not said here keeps the column's default.
    record Draft(
            UUID id,
            Role role,
            Collection<String> permissions,
            String name,
            @Nullable String email,
            @Nullable String passwordHash,
            boolean mustChangePassword,
            @Nullable String platformSubject,
            Profile profile) {}

    Optional<Account> named(UUID id) {
        return jdbc.sql(COLUMNS + " WHERE id = :id")
                .param("id", id)
                .query(Account.class)
                .optional();
    }

    Optional<Account> coach(UUID id) {
        return named(id).filter(account -> account.role() == Role.COACH);
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
    boolean add(Draft draft) {
        return jdbc.sql("""
            INSERT INTO account (id, role, permissions, name, email, password_hash, must_change_password,
                                 platform_subject, time_zone, whatsapp, instagram, profession)
            VALUES (:id, :role::account_role, string_to_array(:permissions, ','), :name, :email,
                    :passwordHash, :mustChangePassword, :platformSubject,
                    coalesce(:timeZone, 'UTC'), :whatsapp, :instagram, :profession)
                ON CONFLICT DO NOTHING
            """)
                        .param("id", draft.id())
                        .param("role", draft.role().name())
                        .param("permissions", String.join(",", draft.permissions()))
                        .param("name", draft.name())
                        .param("email", draft.email())
                        .param("passwordHash", draft.passwordHash())
                        .param("mustChangePassword", draft.mustChangePassword())
                        .param("platformSubject", draft.platformSubject())
                        .param("timeZone", draft.profile().timeZone())
                        .param("whatsapp", draft.profile().whatsapp())
                        .param("instagram", draft.profile().instagram())
                        .param("profession", draft.profile().profession())
                        .update()
                == 1;
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
