package com.funnelseye.messaging.accounts;

import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A running server and people to visit it. Every test has people of its own.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "messaging.workers.enabled=false")
@Import(SettableClock.Setup.class)
abstract class AccountsTest {

    static final String PASSWORD = "correct horse battery";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SettableClock clock;

    @Autowired
    Accounts accounts;

    record Person(UUID id, String email) {}

    Visitor visitor() {
        return Visitor.at(port);
    }

    Person coach() {
        var email = "coach-" + UUID.randomUUID() + "@example.test";
        return new Person(accounts.ensureCoach("Jane", email, PASSWORD, Profile.EMPTY), email);
    }

    Person admin(String... permissions) {
        var email = "admin-" + UUID.randomUUID() + "@example.test";
        return new Person(accounts.ensureAdmin("Ada", email, PASSWORD, Set.of(permissions)), email);
    }

    Visitor as(Person person) {
        return visitor().as(person.email(), PASSWORD);
    }
}
