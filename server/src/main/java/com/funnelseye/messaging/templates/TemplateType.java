package com.funnelseye.messaging.templates;

public enum TemplateType {
    WHATSAPP,
    EMAIL,
    UNIVERSAL
}
