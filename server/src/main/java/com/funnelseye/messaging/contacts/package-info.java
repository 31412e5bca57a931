/// Leads: who they are, under which phone numbers, and whose. [Phone] and [Person] decide when two spellings are one
/// person.
/// It never sends anything and knows nothing of messages.
@NullMarked
@ApplicationModule(
        displayName = "contacts",
        allowedDependencies = {"whatsapp", "audit", "accounts", "work", "http"})
package com.funnelseye.messaging.contacts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
