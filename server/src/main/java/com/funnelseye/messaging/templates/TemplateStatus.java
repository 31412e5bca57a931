package com.funnelseye.messaging.templates;

/// Whether a coach's template has been offered to everyone. She may send it herself in any of them.
enum TemplateStatus {
    DRAFT,
    PENDING,
    APPROVED,
    REJECTED
}
