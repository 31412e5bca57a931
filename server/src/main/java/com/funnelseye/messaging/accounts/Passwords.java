package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Refusal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Argon2id with 7 MiB and five passes: of OWASP's equally strong settings the one that needs least memory, so that
/// many logins at once fit a small heap. Unlike bcrypt it reads a password to its end.
/// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
@Component
class Passwords {

    private static final int MIN_LENGTH = 10;
    private static final int MAX_LENGTH = 256;
    private static final int MEMORY_KB = 7 * 1024;
    private static final int PASSES = 5;
    private static final long MAX_WAIT_MS = 5_000;

    /// Without 0/O, 1/l/I: it is read aloud and typed once.
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz";

    private static final int ONE_TIME_LENGTH = 16;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, MEMORY_KB, PASSES);

    /// Random bytes in the shape of a hash: no password leads to it, and to find that out takes as long as ever.
    private final String nobodys = "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
            .formatted(MEMORY_KB, PASSES, randomText(SALT_BYTES), randomText(HASH_BYTES));

    /// Hashing is all CPU: more at once than there are cores would only make everybody wait.
    private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors());

    String hash(String password) {
        return inTurn(() -> argon2.encode(password));
    }

    /// Takes as long for an unknown account as for a known one.
    boolean match(String password, Optional<String> hash) {
        return password.length() <= MAX_LENGTH
                && inTurn(() -> argon2.matches(password, hash.orElse(nobodys)))
                && hash.isPresent();
    }

    /// 93 bits.
    String oneTime() {
        return random.ints(ONE_TIME_LENGTH, 0, ALPHABET.length())
                .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                .collect(Collectors.joining());
    }

    /// A password somebody chose, as it may be stored. Length is all that is asked of it.
    static String chosen(String field, @Nullable String password) {
        var length = password == null ? 0 : password.codePointCount(0, password.length());
        if (password == null || length < MIN_LENGTH || password.length() > MAX_LENGTH) {
            throw Refusal.invalid(
                    field, "The password must have %d to %d characters".formatted(MIN_LENGTH, MAX_LENGTH));
        }
        return password;
    }

    private String randomText(int bytes) {
        var text = new byte[bytes];
        random.nextBytes(text);
        return Base64.getEncoder().withoutPadding().encodeToString(text);
    }

    private <T> T inTurn(Supplier<T> hashing) {
        try {
            if (!cores.tryAcquire(MAX_WAIT_MS, TimeUnit.MILLISECONDS)) {
                throw new Refusal(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "BUSY",
                        "Service temporarily unavailable",
                        "Service Unavailable");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting to hash a password", stopping);
        }
        try {
            return hashing.get();
        } finally {
            cores.release();
        }
    }
}
