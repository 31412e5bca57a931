package com.funnelseye.messaging.templates;

import com.funnelseye.messaging.http.Refusal;
import java.util.List;
import org.springframework.http.HttpStatus;

/// A required variable has no value: the customer would read a sentence with a hole in it.
final class MissingVariables extends Refusal {

    record Missing(List<String> missingVariables) {}

    MissingVariables(List<String> names) {
        super(
                HttpStatus.BAD_REQUEST,
                "MISSING_VARIABLE",
                "Missing required template variables: " + TemplateFields.told(names),
                "Validation failed",
                new Missing(names));
    }
}
