package com.funnelseye.sandbox;

import java.nio.charset.StandardCharsets;

/// A webhook that has not been answered with 200: held, waiting for its turn or for another try.
///
/// @param about a status (`sent`, `delivered`, `read`, `failed`) or `inbound`
/// @param attempts how often it was posted in vain
/// @param body exactly the text that is signed and sent; it is all ASCII
public record PendingWebhook(long id, String about, String wamid, int attempts, String body) {

    byte[] bytes() {
        return body.getBytes(StandardCharsets.US_ASCII);
    }
}
