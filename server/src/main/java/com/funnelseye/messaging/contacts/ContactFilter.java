package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.http.FromQuery;
import org.jspecify.annotations.Nullable;

/// Which contacts of a list are wanted; null or empty: all of them.
///
/// @param tag one of the contact's tags
@FromQuery("search")
@FromQuery("status")
@FromQuery("temperature")
@FromQuery("source")
@FromQuery("tag")
@FromQuery(value = "optOut", type = boolean.class)
record ContactFilter(
        Words words,
        @Nullable String status,
        @Nullable String temperature,
        @Nullable String source,
        @Nullable String tag,
        @Nullable Boolean optOut) {

    static ContactFilter of(Words words) {
        return new ContactFilter(words, null, null, null, null, null);
    }

    boolean isEmpty() {
        return words.isEmpty()
                && status == null
                && temperature == null
                && source == null
                && tag == null
                && optOut == null;
    }
}
