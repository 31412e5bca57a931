package com.funnelseye.messaging.templates;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// A coach sees global templates and uses them, but does not change them.
final class TemplateForbidden extends Refusal {

    TemplateForbidden() {
        super(
                HttpStatus.FORBIDDEN,
                "FORBIDDEN",
                "Global templates can only be changed by an administrator. Duplicate it to make one of your own.",
                "Forbidden");
    }
}
