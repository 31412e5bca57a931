package com.funnelseye.messaging.accounts;

import org.jspecify.annotations.Nullable;

/// What a coach tells about herself in templates, and her time zone. A new account with a null zone gets UTC.
public record Profile(
        @Nullable String timeZone,
        @Nullable String whatsapp,
        @Nullable String instagram,
        @Nullable String profession) {

    public static final Profile EMPTY = new Profile(null, null, null, null);
}
