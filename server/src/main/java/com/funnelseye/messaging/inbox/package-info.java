/// Reading threads, what customers write, replies, and what is read.
/// It never changes an outbound message and never decides where a message is sent.
@NullMarked
@ApplicationModule(
        displayName = "inbox",
        allowedDependencies = {"messages", "conversations", "contacts", "whatsapp", "audit", "accounts", "work", "http"
        })
package com.funnelseye.messaging.inbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
