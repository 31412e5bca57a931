package com.funnelseye.messaging.accounts;

import com.funnelseye.messaging.http.Ids;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// Opaque to whoever holds it: which login it belongs to, and 256 bits nobody can guess. Only its hash is stored, so
/// reading the database lets nobody in.
final class RefreshToken {

    private static final int ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    private final UUID login;
    private final byte[] secret;

    private RefreshToken(UUID login, byte[] secret) {
        this.login = login;
        this.secret = secret;
    }

    static RefreshToken first() {
        var secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new RefreshToken(Ids.next(), secret);
    }

    static Optional<RefreshToken> parse(String text) {
        try {
            var bytes =
                    text.length() > 100 ? new byte[0] : Base64.getUrlDecoder().decode(text);
            if (bytes.length != ID_BYTES + SECRET_BYTES) {
                return Optional.empty();
            }
            var id = ByteBuffer.wrap(bytes);
            return Optional.of(new RefreshToken(
                    new UUID(id.getLong(), id.getLong()), Arrays.copyOfRange(bytes, ID_BYTES, bytes.length)));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /// The same successor however often it is asked for: a client whose answer was lost gets it again.
    RefreshToken successor(byte[] seed) {
        return new RefreshToken(login, Sha256.keyed(seed, secret));
    }

    UUID login() {
        return login;
    }

    byte[] hash() {
        return Sha256.of(secret);
    }

    /// As it is given to the client.
    String text() {
        var bytes = ByteBuffer.allocate(ID_BYTES + SECRET_BYTES)
                .putLong(login.getMostSignificantBits())
                .putLong(login.getLeastSignificantBits())
                .put(secret)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
