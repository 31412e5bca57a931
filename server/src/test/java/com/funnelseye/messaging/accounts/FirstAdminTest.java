package com.funnelseye.messaging.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.funnelseye.messaging.setup.CannotStart;
import com.funnelseye.messaging.setup.Installation;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;

class FirstAdminTest extends AccountsTest {

    @Autowired
    AccountRepository repository;

    @Autowired
    AdminCommand command;

    @Test
    void an_empty_real_installation_gets_the_admin_its_settings_name() {
        var email = email();

        start(Installation.REAL, email, PASSWORD);

        var admin = repository.withEmail(email).orElseThrow();
        assertThat(admin.caller()).containsInstanceOf(Caller.Admin.class);
    }

    @Test
    void settings_mean_nothing_once_there_is_an_admin_and_nothing_in_a_demo() {
        var email = email();
        start(Installation.DEMO, email, PASSWORD);
        admin();
        start(Installation.REAL, email, PASSWORD);

        assertThat(repository.withEmail(email)).isEmpty();
    }

    @Test
    void half_the_settings_or_a_bad_password_stop_the_start() {
        assertThatThrownBy(() -> start(Installation.REAL, email(), null)).isInstanceOf(CannotStart.class);
        assertThatThrownBy(() -> start(Installation.REAL, email(), "short"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("messaging.first-admin");
    }

    @Test
    void the_command_makes_an_admin_who_must_choose_a_password() {
        var email = email();

        command.run(new DefaultApplicationArguments("create-admin", "--email=" + email, "--name=Ada"));

        var admin = repository.withEmail(email).orElseThrow();
        assertThat(admin.name()).isEqualTo("Ada");
        assertThat(admin.mustChangePassword()).isTrue();
        assertThat(admin.permissions()).contains("super_admin");
    }

    @Test
    void the_command_lets_an_admin_in_again_but_makes_none_of_a_coach() {
        var ada = admin("super_admin");
        var jane = coach();

        command.run(new DefaultApplicationArguments("create-admin", "--email=" + ada.email()));

        assertThat(repository.named(ada.id()).orElseThrow().mustChangePassword())
                .isTrue();
        assertThatThrownBy(
                        () -> command.run(new DefaultApplicationArguments("create-admin", "--email=" + jane.email())))
                .isInstanceOf(CannotStart.class);
    }

    private void start(Installation installation, @Nullable String email, @Nullable String password) {
        new FirstAdmin(new FirstAdmin.Settings(email, password), installation, repository, accounts)
                .run(new DefaultApplicationArguments());
    }

    private static String email() {
        return "first-" + UUID.randomUUID() + "@example.test";
    }
}
