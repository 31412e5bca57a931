package com.funnelseye.messaging.setup;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/// The pool is closed before an embedded server is: Spring destroys what depends on a bean first.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseSetup {

    /// A request that finds no connection for so long is answered 503.
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(2);

    /// A connection on which a statement is not answered for so long is dead. Migrations may take longer: they have a
    /// connection of their own.
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final int WEBHOOK_CONNECTIONS = 3;

    @Bean
    Database database(DatabaseSettings settings, Environment environment) {
        return Database.of(settings, environment.acceptsProfiles(Profiles.of("production")))
                .checked();
    }

    @Bean
    HikariDataSource dataSource(Database database, DatabaseSettings settings) {
        return pool(database, "messaging", settings.connections());
    }

    /// Webhooks are stored through connections of their own: however busy the others are, Meta gets its answer.
    @Bean(defaultCandidate = false)
    HikariDataSource webhookDataSource(Database database) {
        return pool(database, "webhooks", WEBHOOK_CONNECTIONS);
    }

    private static HikariDataSource pool(Database database, String name, int connections) {
        var pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(connections);
        pool.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        // Optional filters and search words decide which index is right: a plan made for any of them suits none.
        // A server that stands still in a transaction holds its locks no longer than a lease lasts; nobody waits for
        // one even that long.
        pool.addDataSourceProperty(
                "options",
                "-c plan_cache_mode=force_custom_plan -c idle_in_transaction_session_timeout=60s -c lock_timeout=10s");
        pool.addDataSourceProperty("socketTimeout", Long.toString(SILENCE.toSeconds()));
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("ApplicationName", "funnelseye-messaging");
        return pool;
    }

    @Bean
    FlywayConfigurationCustomizer connectionForMigrations(Database database) {
        return flyway -> flyway.dataSource(database.url(), database.username(), database.password());
    }
}
