package com.funnelseye.messaging.setup;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Decides between demo and real once, in the database, and holds every later start to it.
@Configuration(proxyBeanMethods = false)
class InstallationSetup {

    private static final Logger log = LoggerFactory.getLogger(InstallationSetup.class);

    @Bean
    @DependsOnDatabaseInitialization
    Installation installation(JdbcClient jdbc, Environment environment) {
        var wanted = wanted(environment);
        jdbc.sql("INSERT INTO installation (mode) VALUES (:mode::installation_mode) ON CONFLICT DO NOTHING")
                .param("mode", wanted.name())
                .update();
        var kept = jdbc.sql("SELECT mode FROM installation")
                .query(Installation.class)
                .single();
        if (kept != wanted) {
            throw new CannotStart(
                    switch (kept) {
                        case DEMO ->
                            "This database holds a demo, which never talks to WhatsApp: give the real installation a"
                                    + " database of its own (messaging.database.url or messaging.database.folder).";
                        case REAL ->
                            "This database belongs to a real installation, but no WhatsApp account is configured: set"
                                    + " messaging.whatsapp.access-token and its siblings, or use another database.";
                    });
        }
        return kept;
    }

    /// Demo accounts have a known password, so a demo is for this machine alone unless somebody insists.
    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> loopbackForDemo(
            Installation installation, Environment environment) {
        var address = environment.getProperty("server.address");
        return factory -> {
            if (installation.isDemo() && address == null) {
                factory.setAddress(InetAddress.getLoopbackAddress());
            } else if (installation.isDemo()) {
                log.warn("Demo accounts can be reached at {}: everybody knows their password", address);
            }
        };
    }

    private static Installation wanted(Environment environment) {
        var account = environment.getProperty("messaging.whatsapp.access-token");
        return isGiven(account) || environment.acceptsProfiles(Profiles.of("production"))
                ? Installation.REAL
                : Installation.DEMO;
    }

    private static boolean isGiven(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
