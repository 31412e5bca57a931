package com.funnelseye.messaging.templates;

import com.funnelseye.messaging.http.Refusal;
import org.springframework.http.HttpStatus;

/// A step that the template's present status does not allow.
final class NotPending extends Refusal {

    record Standing(TemplateStatus status) {}

    private NotPending(String sentence, TemplateStatus status) {
        super(HttpStatus.CONFLICT, "TEMPLATE_STATUS", sentence, "Conflict", new Standing(status));
    }

    static NotPending toDecide(TemplateStatus status) {
        return new NotPending("Only a pending template can be approved or rejected", status);
    }

    static NotPending toSubmit(TemplateStatus status) {
        return new NotPending("This template has been approved already", status);
    }
}
