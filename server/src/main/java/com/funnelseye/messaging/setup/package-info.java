/// What kind of installation this is and what it needs to start: the database, embedded or given; demo or real; the
/// clock.
/// It knows the names of other features' settings, but imports none of them.
@NullMarked
@ApplicationModule(
        displayName = "setup",
        allowedDependencies = {})
package com.funnelseye.messaging.setup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
