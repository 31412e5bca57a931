package com.funnelseye.messaging.setup;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/// The pools are closed before an embedded server is: Spring destroys what depends on a bean first.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseSetup {

    /// A request that finds no connection for so long is answered 503.
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(2);

    /// A connection on which a statement is not answered for so long is dead. Migrations may take longer: they have a
    /// connection of their own.
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final int WEBHOOK_CONNECTIONS = 3;

    private static final int READING_PERCENT = 40;

    @Bean
    Database database(DatabaseSettings settings, Environment environment) {
        return Database.of(settings, environment.acceptsProfiles(Profiles.of("production")))
                .checked();
    }

    @Bean
    Connections dataSource(Database database, DatabaseSettings settings) {
        var reading = Math.max(1, settings.connections() * READING_PERCENT / 100);
        return new Connections(
                pool(database, "reading", reading, Connections.PLANS_FOR_READING),
                pool(database, "work", Math.max(1, settings.connections() - reading), Connections.PLANS_FOR_WORK));
    }

    @Bean
    Connections.Transactions transactionManager(Connections connections) {
        return new Connections.Transactions(connections);
    }

    /// Webhooks are stored through connections of their own: however busy the others are, Meta gets its answer.
    @Bean(defaultCandidate = false)
    HikariDataSource webhookDataSource(Database database) {
        return pool(database, "webhooks", WEBHOOK_CONNECTIONS, Connections.PLANS_FOR_WORK);
    }

    private static HikariDataSource pool(Database database, String name, int connections, String plans) {
        var pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(connections);
        pool.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        // A server that stands still in a transaction holds its locks no longer than a lease lasts; nobody waits for
        // one even that long.
        pool.addDataSourceProperty(
                "options", plans + " -c idle_in_transaction_session_timeout=60s -c lock_timeout=10s");
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
