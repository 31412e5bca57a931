/// A demo's people and their past. Everything is made the way users make it: customers write from their phones, coaches
/// answer through the API. No other feature knows of it.
@NullMarked
@ApplicationModule(
        displayName = "demo",
        allowedDependencies = {"templates", "contacts", "credits", "whatsapp", "accounts", "setup", "http"})
package com.funnelseye.messaging.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
