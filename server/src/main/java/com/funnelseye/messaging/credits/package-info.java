/// Prepaid credits: balances and the ledger; reserve, then capture or release; refund after capture.
/// It never decides when: a message's life tells it what to move.
@NullMarked
@ApplicationModule(
        displayName = "credits",
        allowedDependencies = {"audit", "accounts", "http"})
package com.funnelseye.messaging.credits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
