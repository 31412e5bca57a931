/// One request, many messages: whom it is for, what became of each, pausing and trying again.
/// It never sends: its messages are ordinary ones, in a lane of their own.
@NullMarked
@ApplicationModule(
        displayName = "bulk",
        allowedDependencies = {"messages", "credits", "contacts", "audit", "accounts", "work", "http"})
package com.funnelseye.messaging.bulk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
