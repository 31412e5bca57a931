/// Who did what: every admin action and every look at somebody's conversation is a row, append-only, never with a
/// personal value in it.
@NullMarked
@ApplicationModule(
        displayName = "audit",
        allowedDependencies = {"accounts", "work", "http"})
package com.funnelseye.messaging.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
