/// The thread of one contact as lists show it: last message, unread and total counts; and the 24-hour window of a
/// person.
/// It never reads or writes what a message says.
@NullMarked
@ApplicationModule(
        displayName = "conversations",
        allowedDependencies = {"contacts", "whatsapp", "audit", "accounts", "http"})
package com.funnelseye.messaging.conversations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
