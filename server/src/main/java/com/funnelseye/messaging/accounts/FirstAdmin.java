package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.setup.CannotStart;
import com.funnelseye.messaging.setup.Installation;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// A real installation starts empty, so somebody must be able to come in: whom the settings name, or whom the command
/// `create-admin` makes. Once there is an admin the settings mean nothing.
@Component
@EnableConfigurationProperties(FirstAdmin.Settings.class)
class FirstAdmin implements ApplicationRunner {

    static final Set<String> PERMISSIONS = Set.of(Account.SUPER_ADMIN, Account.WHATSAPP_MANAGEMENT);
    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);

    @ConfigurationProperties("messaging.first-admin")
    record Settings(@Nullable String email, @Nullable String password) {
        boolean isComplete() {
            return isGiven(email) && isGiven(password);
        }

        boolean isHalf() {
            return isGiven(email) != isGiven(password);
        }

        private static boolean isGiven(@Nullable String value) {
            return value != null && !value.isBlank();
        }

        @Override
        public String toString() {
            return "Settings[email=" + email + "]";
        }
    }

    private final Settings settings;
    private final Installation installation;
    private final AccountRepository repository;
    private final Accounts accounts;

    FirstAdmin(Settings settings, Installation installation, AccountRepository repository, Accounts accounts) {
        this.settings = settings;
        this.installation = installation;
        this.repository = repository;
        this.accounts = accounts;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (installation.isDemo() || repository.hasAdmin()) {
            return;
        }
        if (settings.isHalf()) {
            throw new CannotStart(
                    "Set both messaging.first-admin.email and messaging.first-admin.password, or neither");
        }
        if (settings.isComplete()) {
            add();
        } else if (!AdminCommand.isGivenIn(arguments)) {
            log.warn("There is no admin yet: make one with the command create-admin --email=<address>");
        }
    }

    private void add() {
        try {
            var email = Fields.email(settings.email());
            var password = Passwords.chosen("password", settings.password());
            var id = accounts.ensureAdmin("Admin", email, password, PERMISSIONS);
            log.info("The first admin was made: account.id={}", id);
        } catch (Refusal refusal) {
            throw new CannotStart("messaging.first-admin: " + refusal.getMessage(), refusal);
        }
    }
}
