package com.funnelseye.messaging.whatsapp;

import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/// Whether a request has begun to go out. It sits between "there is a connection" and the first byte, so that nobody
/// has
/// to guess from the kind of an exception: before it, a failure proves that nothing was sent; after it, on a new or a
/// reused connection alike, nothing is proven.
final class Start {

    static final String ATTRIBUTE = Start.class.getName();

    private final long overAtNanos;
    private boolean made;

    Start(Duration deadline) {
        overAtNanos = System.nanoTime() + deadline.toNanos();
    }

    boolean isMade() {
        return made;
    }

    boolean isOver() {
        return System.nanoTime() - overAtNanos >= 0;
    }

    static ClassicHttpResponse intercept(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.clientContext.getAttribute(ATTRIBUTE) instanceof Start start) {
            start.make();
        }
        return chain.proceed(request, scope);
    }

    /// At most once, whatever the client library may come to think of, and never after the deadline.
    private void make() throws IOException {
        if (made) {
            throw new IOException("a request is never sent twice");
        }
        if (isOver()) {
            throw new IOException("the deadline passed before the request began");
        }
        made = true;
    }
}
