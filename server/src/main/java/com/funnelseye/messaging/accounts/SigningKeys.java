package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.setup.CannotStart;
import com.funnelseye.messaging.setup.Installation;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The secrets that sign access tokens. A demo without configured ones keeps a random one in the database.
@Component
class SigningKeys {

    static final int MIN_BYTES = 32;

    /// Parts of secrets that were copied from somewhere, in lower case.
    private static final List<String> KNOWN = List.of(
            "changeme",
            "change-me",
            "change_me",
            "your-secret",
            "your_secret",
            "yoursecret",
            "supersecret",
            "super-secret",
            "super_secret",
            "jwt-secret",
            "jwt_secret",
            "jwtsecret",
            "secret-key",
            "secret_key",
            "secretkey",
            "password",
            "0123456789",
            "123456789",
            "abcdefghij",
            "placeholder",
            "example");

    private final JdbcClient jdbc;
    private final Map<String, SecretKey> configured;
    private volatile @Nullable Key ofDemo;

    /// One secret and its name.
    record Key(String kid, SecretKey secret) {}

    SigningKeys(AuthSettings settings, Installation installation, JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.configured = checked(settings.secrets());
        if (configured.isEmpty() && !installation.isDemo()) {
            throw new CannotStart("Set messaging.auth.secrets[0].kid and messaging.auth.secrets[0].secret:"
                    + " a real installation signs its tokens with a random secret of at least 32 bytes"
                    + " (openssl rand -base64 48)");
        }
    }

    Key signing() {
        return configured.entrySet().stream()
                .findFirst()
                .map(first -> new Key(first.getKey(), first.getValue()))
                .orElseGet(this::ofDemo);
    }

    /// A name is only ever compared: it never becomes a path, a query or an address.
    Optional<SecretKey> named(@Nullable String kid) {
        if (kid == null) {
            return Optional.empty();
        }
        if (!configured.isEmpty()) {
            return Optional.ofNullable(configured.get(kid));
        }
        var key = ofDemo();
        return key.kid().equals(kid) ? Optional.of(key.secret()) : Optional.empty();
    }

    /// Read when first needed: at start-up the row that holds it may not be there yet.
    private Key ofDemo() {
        var known = ofDemo;
        if (known != null) {
            return known;
        }
        var fresh = new byte[MIN_BYTES];
        new SecureRandom().nextBytes(fresh);
        var kept = jdbc.sql("""
            UPDATE installation
               SET token_secret = coalesce(token_secret, :fresh)
            RETURNING token_secret
            """)
                .param("fresh", fresh)
                .query((row, n) -> row.getBytes(1))
                .single();
        var key = new Key("demo", key(kept));
        ofDemo = key;
        return key;
    }

    private static Map<String, SecretKey> checked(List<AuthSettings.Secret> secrets) {
        var keys = new LinkedHashMap<String, SecretKey>();
        for (var i = 0; i < secrets.size(); i++) {
            var property = "messaging.auth.secrets[" + i + "]";
            var entry = secrets.get(i);
            if (!entry.kid().matches("[A-Za-z0-9._-]{1,64}")) {
                throw new CannotStart(property + ".kid must be 1 to 64 letters, digits, dots, dashes or underscores");
            }
            if (keys.put(entry.kid(), strong(property + ".secret", entry.secret())) != null) {
                throw new CannotStart(property + ".kid names a secret that was already named");
            }
        }
        return keys;
    }

    /// A configured secret as a key, unless somebody could guess it.
    static SecretKey strong(String property, String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_BYTES) {
            throw new CannotStart(property + " must have at least 32 bytes (openssl rand -base64 48 makes a good one)");
        }
        var lower = secret.toLowerCase(Locale.ROOT);
        if (KNOWN.stream().anyMatch(lower::contains)
                || secret.chars().distinct().count() < 10) {
            throw new CannotStart(
                    property + " is a known or repetitive secret; use a random one" + " (openssl rand -base64 48)");
        }
        return key(bytes);
    }

    private static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
