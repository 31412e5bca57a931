package com.funnelseye.sandbox;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Starts the sandbox alone: `java -jar messaging-sandbox-…-standalone.jar --help`.
public final class SandboxMain {

    private static final List<String> NAMES = List.of(
            "port",
            "bind-address",
            "webhook-url",
            "phone-number-id",
            "business-account-id",
            "display-number",
            "verified-name",
            "access-token",
            "app-secret",
            "verify-token",
            "seed");

    private SandboxMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.print(help());
            return;
        }
        try {
            run(given(arguments, System.getenv()));
        } catch (IllegalArgumentException | IllegalStateException refused) {
            System.err.println(refused.getMessage());
            System.err.println("See --help.");
            System.exit(2);
        }
    }

    /// @return what was said, by name: flags win over the environment
    static Map<String, String> given(String[] arguments, Map<String, String> environment) {
        var given = new LinkedHashMap<String, String>();
        for (var name : NAMES) {
            var value = environment.get("SANDBOX_" + name.replace('-', '_').toUpperCase(Locale.ROOT));
            if (value != null) {
                given.put(name, value);
            }
        }
        for (var at = 0; at < arguments.length; at += 2) {
            var name = arguments[at].replaceFirst("^--", "");
            if (!arguments[at].startsWith("--") || !NAMES.contains(name)) {
                throw new IllegalArgumentException("There is no option " + arguments[at]);
            }
            if (at + 1 == arguments.length) {
                throw new IllegalArgumentException("The option --" + name + " needs a value");
            }
            given.put(name, arguments[at + 1]);
        }
        return given;
    }

    static SandboxOptions options(Map<String, String> given) {
        var demo = SandboxOptions.demo();
        return demo.withPort(Math.toIntExact(number(given, "port", demo.port())))
                .withBindAddress(given.getOrDefault("bind-address", demo.bindAddress()))
                .withSeed(number(given, "seed", demo.seed()))
                .withAccount(
                        given.getOrDefault("phone-number-id", demo.phoneNumberId()),
                        given.getOrDefault("business-account-id", demo.businessAccountId()),
                        given.getOrDefault("display-number", demo.displayPhoneNumber()),
                        given.getOrDefault("verified-name", demo.verifiedName()))
                .withSecrets(
                        given.getOrDefault("access-token", demo.accessToken()),
                        given.getOrDefault("app-secret", demo.appSecret()),
                        given.getOrDefault("verify-token", demo.verifyToken()));
    }

    private static void run(Map<String, String> given) throws InterruptedException {
        var sandbox = Sandbox.start(options(given));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(sandbox::close));
        var webhook = given.get("webhook-url");
        if (webhook != null) {
            sandbox.deliverTo(URI.create(webhook));
        }
        System.out.println("WhatsApp sandbox, no real WhatsApp: " + sandbox.baseUrl());
        Thread.currentThread().join();
    }

    private static String help() {
        var demo = SandboxOptions.demo();
        return """
            WhatsApp sandbox: a local stand-in for Meta's Cloud API. No message leaves this machine.

            usage: java -jar messaging-sandbox-*-standalone.jar [--name value]…

              --port                 where to listen; 0 takes any free port        %s
              --bind-address         anything but loopback opens it to the network  %s
              --webhook-url          where webhooks go; none: they wait
              --phone-number-id      of the business number                         %s
              --business-account-id  its WhatsApp Business Account                  %s
              --display-number       the number as people read it                   %s
              --verified-name        the name customers see                         %s
              --access-token         the bearer token to accept                     %s
              --app-secret           signs the webhooks                             %s
              --verify-token         for the webhook's handshake                    %s
              --seed                 the same seed gives the same wamids            (random)
              --help

            Each may also be given in the environment: --webhook-url as SANDBOX_WEBHOOK_URL, and so on.
            The page with the customers' phones is at the root of the port.
            """.formatted(
                        demo.port(),
                        demo.bindAddress(),
                        demo.phoneNumberId(),
                        demo.businessAccountId(),
                        demo.displayPhoneNumber(),
                        demo.verifiedName(),
                        demo.accessToken(),
                        demo.appSecret(),
                        demo.verifyToken());
    }

    private static long number(Map<String, String> given, String name, long otherwise) {
        var value = given.get(name);
        try {
            return value == null ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException notNumber) {
            throw new IllegalArgumentException("The option --" + name + " must be a number", notNumber);
        }
    }
}
