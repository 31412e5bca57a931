/// Counters and their readers: statistics, rankings, failures and the health of it all.
/// It changes nothing but the counters, and never counts messages while somebody waits.
@NullMarked
@ApplicationModule(
        displayName = "stats",
        allowedDependencies = {"messages", "credits", "contacts", "whatsapp", "alerts", "audit", "accounts", "work", "http"})
package com.funnelseye.messaging.stats;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
