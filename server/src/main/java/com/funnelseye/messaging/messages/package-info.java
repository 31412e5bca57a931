/// One message: accepting it, the outbox, the sender, its life and its status.
/// It never sends twice what may have been sent once, and never asks WhatsApp anything inside a transaction.
@NullMarked
@ApplicationModule(
        displayName = "messages",
        allowedDependencies = {
            "conversations",
            "templates",
            "credits",
            "contacts",
            "whatsapp",
            "alerts",
            "audit",
            "accounts",
            "work",
            "http"
        })
package com.funnelseye.messaging.messages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
