package com.funnelseye.messaging.work;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Makes workers. A feature declares each of its own as a bean, which starts and stops with the server.
@Component
public class Workers {

    private final boolean enabled;

    Workers(@Value("${messaging.workers.enabled:true}") boolean enabled) {
        this.enabled = enabled;
    }

    /// @param interval how long a worker with nothing to do waits before it looks again
    public Worker every(Duration interval, String name, Worker.Pass pass) {
        return new Worker(name, interval, enabled, pass);
    }
}
