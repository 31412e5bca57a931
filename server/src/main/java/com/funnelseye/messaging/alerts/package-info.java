/// What an operator should know of now: raised by whoever finds a fact that worries, cleared when it is over.
/// It never decides what is worrying, and holds no personal value.
@NullMarked
@ApplicationModule(
        displayName = "alerts",
        allowedDependencies = {"accounts", "work", "http"})
package com.funnelseye.messaging.alerts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
