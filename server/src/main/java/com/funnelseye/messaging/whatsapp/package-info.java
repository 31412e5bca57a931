/// Meta's Cloud API and nothing else: the client, its JSON and error codes, the webhook, its signature, the raw events.
/// It never decides what a message costs, whose it is or what people see of it.
@NullMarked
@ApplicationModule(
        displayName = "whatsapp",
        allowedDependencies = {"alerts", "audit", "accounts", "http", "setup", "work"})
package com.funnelseye.messaging.whatsapp;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
