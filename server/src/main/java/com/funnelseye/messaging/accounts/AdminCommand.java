package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Refusal;
import com.funnelseye.messaging.setup.CannotStart;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.stereotype.Component;

/// `java -jar … create-admin --email=… [--name=…]` makes an admin, prints her one-time password and ends. For an admin
/// who is there already it makes a new password: whoever may run this on the server may let anyone in anyway.
@Component
public class AdminCommand implements ApplicationRunner {

    private static final String COMMAND = "create-admin";

    private final Admins admins;

    AdminCommand(Admins admins) {
        this.admins = admins;
    }

    /// Whether these arguments ask for the command, and not for a server.
    public static boolean isGivenIn(String... arguments) {
        return Arrays.asList(arguments).contains(COMMAND);
    }

    static boolean isGivenIn(ApplicationArguments arguments) {
        return arguments.getNonOptionArgs().contains(COMMAND);
    }

    /// Runs it in an application that neither listens nor works, and returns the exit code.
    public static int run(SpringApplication application, String... arguments) {
        var quiet = List.of("--server.port=-1", "--messaging.workers.enabled=false");
        var all = Stream.concat(Arrays.stream(arguments), quiet.stream()).toArray(String[]::new);
        return SpringApplication.exit(application.run(all));
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!isGivenIn(arguments)) {
            return;
        }
        try {
            var email = Fields.email(option(arguments, "email", ""));
            var password = admins.ensureWithOneTimePassword(option(arguments, "name", "Admin"), email);
            System.out.printf(
                    "Admin %s can log in once with the password %s and must then choose her own.%n", email, password);
        } catch (Refusal refusal) {
            throw new CannotStart("create-admin --email=<address> [--name=<name>]: " + refusal.getMessage(), refusal);
        }
    }

    private static String option(ApplicationArguments arguments, String name, String otherwise) {
        var values = arguments.getOptionValues(name);
        return values == null || values.isEmpty() ? otherwise : values.getFirst();
    }
}
