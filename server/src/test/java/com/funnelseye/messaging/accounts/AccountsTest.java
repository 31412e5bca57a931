package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.ServerTest;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;

/// People with known passwords, to come in by the front door.
abstract class AccountsTest extends ServerTest {

    static final String PASSWORD = "correct horse battery";

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
