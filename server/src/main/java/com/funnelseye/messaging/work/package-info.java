/// Loops that do what is due: one thread each, woken by a bell or a timer. What there is to do is the feature's own
/// affair.
@NullMarked
@ApplicationModule(
        displayName = "work",
        allowedDependencies = {})
package com.funnelseye.messaging.work;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
