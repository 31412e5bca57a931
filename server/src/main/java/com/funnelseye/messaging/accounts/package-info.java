/// Who is asking and how far they see: login, tokens, coaches and admins, [Scope].
/// It never looks at contacts or messages.
@NullMarked
@ApplicationModule(
        displayName = "accounts",
        allowedDependencies = {"http", "setup"})
package com.funnelseye.messaging.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
