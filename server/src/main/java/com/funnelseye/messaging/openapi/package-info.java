/// The description of the API at `/v3/api-docs`, read off the controllers and the types they speak in.
/// It decides nothing that is answered, and nothing of it is made before somebody asks for the document.
@NullMarked
@ApplicationModule(
        displayName = "openapi",
        allowedDependencies = {"http"})
package com.funnelseye.messaging.openapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
