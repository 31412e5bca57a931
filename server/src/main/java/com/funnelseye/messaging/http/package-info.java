/// The shape of every answer and the manners of every request: [Reply], [Refusal], [Page], limits and request ids.
/// It knows nothing of messaging and imports no other feature.
@NullMarked
@ApplicationModule(
        displayName = "http",
        allowedDependencies = {})
package com.funnelseye.messaging.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
