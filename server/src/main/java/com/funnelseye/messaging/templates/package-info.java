/// Words made once and sent often: templates, their versions, the parameters they may use, filling them in, approval.
/// It never sends anything and knows nothing of messages.
@NullMarked
@ApplicationModule(
        displayName = "templates",
        allowedDependencies = {"contacts", "whatsapp", "audit", "accounts", "http"})
package com.funnelseye.messaging.templates;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
